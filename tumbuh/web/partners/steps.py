"""What may be done with a record as it stands: put forward, take back, void; and for the level above, decide."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tumbuh.partners.api import (
    ITEM,
    Kind,
    NotYoursError,
    PartnerError,
    may_write,
    submit_entry,
    void_entry,
    withdraw_entry,
)
from tumbuh.programme.api import SubjectKind, refresh_evidence, review_evidence
from tumbuh.verification.api import (
    Review,
    ReviewMove,
    ReviewState,
    VerificationError,
    can_review,
    find_review,
    may_review,
)
from tumbuh.web.partners.gates import get_reach, with_entry
from tumbuh.web.partners.shelves import SHELVES, get_address
from tumbuh.web.partners.words import describe_state

CLOSED = {ReviewState.SUBMITTED, ReviewState.VERIFIED}
REVIEWS = (ReviewMove.VERIFY, ReviewMove.RETURN, ReviewMove.UNAPPROVE)


@dataclass(frozen=True)
class Step:
    """One button: `needs_reason` asks why; `take` does it with that reason."""

    name: str
    label: str
    done: str
    take: Callable[[str], Any]
    needs_reason: bool = False
    look: str = ""


def is_closed(review: Review | None) -> bool:
    """Whether the record waits or is verified."""
    return review is not None and review.state in CLOSED


def describe_review(review: Review | None) -> dict[str, str]:
    """The review's state with a look and an icon."""
    return describe_state(ReviewState(review.state) if review else None)


def list_steps(request: HttpRequest, kind: Kind, entry: Any, review: Review | None) -> list[Step]:
    """The steps that the viewer may take now, those of the writer before those of the reviewer."""
    steps = list_writer_steps(request, kind, entry, review) if may_write(get_reach(request), entry) else []
    return [*steps, *list_reviewer_steps(request, kind, entry, review)]


def list_writer_steps(request: HttpRequest, kind: Kind, entry: Any, review: Review | None) -> list[Step]:
    about: dict[str, Any] = {"by": request.user, "kind": kind, "public_id": entry.public_id}
    if is_closed(review):
        back = Step(
            "tarik", gettext("Tarik kembali"), gettext("Ditarik kembali dan dapat diubah lagi."),
            lambda reason: withdraw_entry(**about, reason=reason),
        )  # fmt: skip
        return [back] if review and review.state == ReviewState.SUBMITTED else []
    label = gettext("Kirim laporan") if kind == Kind.REPORT else gettext("Ajukan untuk diperiksa")
    return [
        Step(
            "ajukan", label, gettext("Diajukan kepada tingkat di atas."), lambda _: submit_entry(**about),
            look="primary",
        ),
        Step(
            "hapus", gettext("Hapus dari daftar"), gettext("Dihapus dari daftar."),
            lambda reason: void_entry(**about, reason=reason), needs_reason=True, look="danger",
        ),
    ]  # fmt: skip


def list_reviewer_steps(request: HttpRequest, kind: Kind, entry: Any, review: Review | None) -> list[Step]:
    if review is None or not request.user.is_authenticated or not may_review(request.user, review):
        return []
    about: dict[str, Any] = {"by": request.user, "kind": get_evidence_kind(kind), "subject_id": entry.public_id}
    state, done = ReviewState(review.state), gettext("Keputusan disimpan.")
    return [
        Step(
            move.lower(), str(move.label), done, partial(decide, about, move), move != ReviewMove.VERIFY,
            "primary" if move == ReviewMove.VERIFY else "",
        )
        for move in REVIEWS
        if can_review(state, move, by=request.user.pk, makers=review.makers)
    ]  # fmt: skip


def decide(about: dict[str, Any], move: ReviewMove, reason: str) -> None:
    """The reviewer's move; what the record is evidence for is computed anew."""
    review_evidence(**about, source=SubjectKind.PARTNER, move=move, reason=reason)


def get_evidence_kind(kind: Kind) -> Kind:
    """As which kind the record is evidence: a report shows that a network is at work."""
    return Kind.NETWORK if kind == Kind.REPORT else kind


def refresh(kind: Kind, entry: Any) -> None:
    """What the record is evidence for, after its writer put it forward, took it back or dropped it."""
    refresh_evidence(source=SubjectKind.PARTNER, kind=get_evidence_kind(kind), subject_id=entry.public_id)


@login_required
@require_POST
@with_entry
def take_step(request: HttpRequest, kind: Kind, entry: Any) -> HttpResponse:
    """One step, by its name; then the record again, or the list where it is gone."""
    steps = {one.name: one for one in list_steps(request, kind, entry, find_review(ITEM, entry.public_id))}
    if not steps and not may_write(get_reach(request), entry):
        raise Http404
    step = steps.get(request.POST.get("langkah", ""))
    if step is None:
        messages.error(request, gettext("Langkah itu tidak dapat dilakukan lagi. Lihat statusnya sekarang."))
        return redirect(get_address(kind, entry.public_id))
    try:
        step.take(request.POST.get("alasan", "")[:300])
        refresh(kind, entry)
    except NotYoursError as error:
        raise Http404 from error
    except (PartnerError, VerificationError) as error:
        messages.error(request, str(error))
        return redirect(get_address(kind, entry.public_id))
    messages.success(request, step.done)
    if step.name == "hapus":
        return redirect(f"/mitra/{SHELVES[kind].slug}")
    return redirect(get_address(kind, entry.public_id))
