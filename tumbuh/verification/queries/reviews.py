"""Where single things stand, and which wait for whom."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from tumbuh.accounts.api import User, get_scopes
from tumbuh.verification.models import Review
from tumbuh.verification.rules import LOCKED, PERMISSION, ReviewState, Tier


def find_review(kind: str, subject_id: UUID) -> Review | None:
    """The thing's review with its region; None when it was never put forward."""
    return Review.objects.select_related("region").filter(subject_kind=kind, subject_id=subject_id).first()


def list_states(kind: str, subject_ids: Iterable[UUID]) -> dict[UUID, ReviewState]:
    """The state of each thing that was ever put forward."""
    rows = Review.objects.filter(subject_kind=kind, subject_id__in=list(subject_ids))
    return {subject: ReviewState(state) for subject, state in rows.values_list("subject_id", "state")}


def list_states_of(asked: Mapping[str, Collection[UUID]]) -> dict[UUID, ReviewState]:
    """As `list_states`, of things of several kinds; one query, none when nothing is asked."""
    where = Q()
    for kind, subject_ids in asked.items():
        if subject_ids:
            where |= Q(subject_kind=kind, subject_id__in=list(subject_ids))
    rows = Review.objects.filter(where) if where else Review.objects.none()
    return {subject: ReviewState(state) for subject, state in rows.values_list("subject_id", "state")}


def is_locked(kind: str, subject_id: UUID) -> bool:
    """Whether the thing waits for review or is verified, and so must not change."""
    return Review.objects.filter(subject_kind=kind, subject_id=subject_id, state__in=LOCKED).exists()


def list_verified(kind: str) -> QuerySet[Review, UUID]:
    """The public numbers of all verified things of a kind, to be used inside another query."""
    return Review.objects.filter(subject_kind=kind, state=ReviewState.VERIFIED).values_list("subject_id", flat=True)


def list_waiting_reviews(user: User) -> QuerySet[Review]:
    """What waits for the user's review, oldest first; things that the user made are left out."""
    return Review.objects.filter(waits_for(user)).exclude(makers__contains=[user.pk]).select_related("region")


def count_waiting_reviews(user: User) -> int:
    """How many wait for the user."""
    return list_waiting_reviews(user).count()


def may_review(user: User, review: Review) -> bool:
    """Whether a role of the user gives the reviewing tier's moves in the thing's region."""
    return get_scopes(user, [PERMISSION[Tier(review.tier)]])[PERMISSION[Tier(review.tier)]].contains(review.region_id)


def waits_for(user: User) -> Q:
    """Reviews in state SUBMITTED at a tier that the user holds, in the regions for which they hold it."""
    tiers: Collection[Tier] = [tier for tier in Tier if tier != Tier.DESA]
    scopes = get_scopes(user, [PERMISSION[tier] for tier in tiers])
    held = Q(pk__in=[])
    for tier in tiers:
        held |= Q(tier=tier) & scopes[PERMISSION[tier]].q("region_id")
    return Q(state=ReviewState.SUBMITTED) & held
