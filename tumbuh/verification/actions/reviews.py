"""Putting single things forward and reviewing them: each move one transaction with one audit event."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.regions.api import Level, Region
from tumbuh.verification.actions.moving import check_right
from tumbuh.verification.actions.telling import tell_review
from tumbuh.verification.errors import StaleError
from tumbuh.verification.models import Review, ReviewStep
from tumbuh.verification.rules import REVIEWER, ReviewMove, ReviewState, check_review


@transaction.atomic
def submit_item(
    *, by: User, kind: str, subject_id: UUID, region: Region, makers: Collection[int] = (), role: str = ""
) -> Review:
    """The thing put forward to the level above; again without effect while it waits or is verified.

    Whether `by` may put it forward is for the caller to check. `makers`: numbers of those who worked on it.
    """
    tier = REVIEWER[Level(region.level)]
    start = {"region": region, "tier": tier, "state": ReviewState.WITHDRAWN}
    Review.objects.get_or_create(subject_kind=kind, subject_id=subject_id, defaults=start)
    review = lock_review(kind, subject_id)
    if review.state in {ReviewState.SUBMITTED, ReviewState.VERIFIED}:
        return review
    review.makers = sorted({*review.makers, *makers, by.pk})
    return take_move(by, review, ReviewMove.SUBMIT, role=role)


@transaction.atomic
def withdraw_item(*, by: User, kind: str, subject_id: UUID, reason: str = "") -> Review:
    """The thing taken back by those who put it forward; whether `by` is one of them is for the caller to check."""
    return take_move(by, lock_review(kind, subject_id), ReviewMove.WITHDRAW, reason)


@transaction.atomic
def review_item(
    *, by: User, kind: str, subject_id: UUID, move: ReviewMove, reason: str = "", version: int | None = None
) -> Review:
    """VERIFY, RETURN or UNAPPROVE by the reviewing tier.

    Raises NotYoursError, StaleError when `version` is not the newest, or what `check_review` raises;
    Review.DoesNotExist when the thing was never put forward.
    """
    review = lock_review(kind, subject_id)
    signer = check_right(by, review.tier, review.region_id)
    if version is not None and version != review.version:
        raise StaleError(_("Orang lain baru saja memeriksanya. Muat ulang halaman, lalu putuskan lagi."))
    return take_move(by, review, move, reason, role=signer.role)


def lock_review(kind: str, subject_id: UUID) -> Review:
    return Review.objects.select_for_update(of=("self",)).get(subject_kind=kind, subject_id=subject_id)


def take_move(by: User, review: Review, move: ReviewMove, reason: str = "", role: str = "") -> Review:
    """The checked move, its step and its event."""
    before = ReviewState(review.state)
    review.state = check_review(before, move, by=by.pk, makers=review.makers, reason=reason)
    review.version += 1
    review.save()
    tell_review(by=by, review=review)
    ReviewStep.objects.create(review=review, move=move, target=review.state, by=by, role=role, reason=reason.strip())
    record_event(
        by=by, action=f"verification.item.{move.lower()}", object_kind=review.subject_kind.lower(),
        object_id=review.subject_id, before={"state": before}, after={"state": review.state},
        reason=reason.strip(), region_id=review.region_id,
    )  # fmt: skip
    return review
