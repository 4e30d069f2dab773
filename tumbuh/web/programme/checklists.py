"""The checklist of one kabupaten/kota as its page shows it: steps, what is attached, what could be."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tumbuh.accounts.api import READ_ACTIVITIES, READ_DOCUMENTS
from tumbuh.programme.api import (
    ChecklistEntry,
    ChecklistView,
    Piece,
    StepState,
    StepView,
    SubjectKind,
    find_level,
)
from tumbuh.regions.api import get_code
from tumbuh.web.programme.boards import Said
from tumbuh.web.programme.evidence import name_kind
from tumbuh.web.site.viewer import may

LOOKS = {
    StepState.DONE: ("state-good", "check"),
    StepState.WAITING: ("state-info", "clock"),
    StepState.OPEN: ("state-plain", "calendar"),
}
OFFERED = 60


@dataclass(frozen=True)
class Attached:
    """A piece attached to a step; without title and link for those who may not read it."""

    entry: ChecklistEntry
    title: str
    href: str
    is_verified: bool
    place: str


@dataclass(frozen=True)
class StepLine:
    view: StepView
    said: Said
    pieces: list[Attached]
    offers: list[tuple[str, str]]
    kinds: list[str]


def say_state(state: StepState) -> Said:
    return Said(str(state.label), *LOOKS[state], 1)


def describe_actions(request: HttpRequest, found: ChecklistView, year: int, *, may_plan: bool) -> list[dict[str, Any]]:
    """Actions with their steps, what is attached, and what could be; no query."""
    return [
        {
            "action": view.action,
            "said": say_state(view.state),
            "steps": [
                StepLine(
                    step, say_state(step.state), list_attached(request, found, step),
                    list_offers(found, step, year) if may_plan else [], name_kinds(step),
                )
                for step in view.steps
            ],
        }
        for view in found.actions
    ]  # fmt: skip


def name_kinds(step: StepView) -> list[str]:
    """What usually proves the step, in words."""
    documents = [name_kind(SubjectKind.DOCUMENT, kind) for kind in step.step.documents]
    return [*documents, *(name_kind(SubjectKind.ACTIVITY, kind) for kind in step.step.activities)]


def list_attached(request: HttpRequest, found: ChecklistView, step: StepView) -> list[Attached]:
    verified = {proof.subject_id for proof in step.proofs if proof.is_verified}
    lines = []
    for entry in step.entries:
        piece, source = found.pieces.get(entry.subject_id), SubjectKind(entry.source)
        reading = READ_DOCUMENTS if source == SubjectKind.DOCUMENT else READ_ACTIVITIES
        may_read = piece is not None and may(request, reading, piece.region_id)
        title = _("Bukti yang ditarik")
        if piece is not None:
            title = piece.title if may_read else name_kind(source, piece.kind)
        href = reverse("evidence_piece", args=[source.lower(), entry.subject_id]) if may_read else ""
        lines.append(Attached(entry, title, href, entry.subject_id in verified, name_place(found, piece)))
    return lines


def name_place(found: ChecklistView, piece: Piece | None) -> str:
    """The region's name; the code of one below the levels that the checklist knows."""
    if piece is None:
        return ""
    place = found.places.get(piece.region_id)
    return place.full_name if place else get_code(piece.region_id)


def list_offers(found: ChecklistView, step: StepView, year: int) -> list[tuple[str, str]]:
    """(key, label) of the pieces that fit the step and the year and are not attached to it yet."""
    there = {entry.subject_id for entry in step.entries}
    kinds = {*step.step.documents, *step.step.activities}
    return [
        (f"{one.source}:{one.subject_id}", one.title)
        for one in found.pieces.values()
        if one.kind in kinds and one.subject_id not in there and fits(step, one, year)
    ][:OFFERED]


def fits(step: StepView, piece: Piece, year: int) -> bool:
    """At the step's level; an activity of that very year, a document up to it."""
    in_time = piece.year == year if piece.source == SubjectKind.ACTIVITY else piece.year <= year
    return in_time and find_level(piece.region_id) == step.step.at
