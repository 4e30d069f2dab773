"""The checklist of one kabupaten/kota as its page shows it: steps, what is attached, what could be."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tumbuh.accounts.api import READ_ACTIVITIES, READ_DOCUMENTS
from tumbuh.activities.api import list_held
from tumbuh.documents.api import list_documents
from tumbuh.programme.api import (
    ActionView,
    ChecklistEntry,
    Facts,
    StepState,
    StepView,
    SubjectKind,
    find_level,
    list_facts,
)
from tumbuh.regions.api import Region
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


def describe_actions(
    request: HttpRequest, region: Region, year: int, views: list[ActionView], *, may_plan: bool
) -> list[dict[str, Any]]:
    """Actions with their steps, what is attached, and what could be."""
    entries = [entry for view in views for step in view.steps for entry in step.entries]
    facts: dict[UUID, Facts] = {}
    for source in (SubjectKind.DOCUMENT, SubjectKind.ACTIVITY):
        facts |= list_facts(source, [one.subject_id for one in entries if one.source == source])
    offers = list_offers(region, year, views) if may_plan else []
    places = {one.pk: one.full_name for one in Region.objects.filter(pk__in={one.region_id for one in facts.values()})}
    return [
        {
            "action": view.action, "said": say_state(view.state), "steps": [
                StepLine(step, say_state(step.state), list_attached(request, step, facts, places),
                         pick_offers(step, offers), name_kinds(step)) for step in view.steps
            ],
        }
        for view in views
    ]  # fmt: skip


def name_kinds(step: StepView) -> list[str]:
    """What usually proves the step, in words."""
    documents = [name_kind(SubjectKind.DOCUMENT, kind) for kind in step.step.documents]
    return [*documents, *(name_kind(SubjectKind.ACTIVITY, kind) for kind in step.step.activities)]


def list_attached(
    request: HttpRequest, step: StepView, facts: dict[UUID, Facts], places: dict[int, str]
) -> list[Attached]:
    verified = {proof.subject_id for proof in step.proofs if proof.is_verified}
    found = []
    for entry in step.entries:
        fact, source = facts.get(entry.subject_id), SubjectKind(entry.source)
        reading = READ_DOCUMENTS if source == SubjectKind.DOCUMENT else READ_ACTIVITIES
        may_read = fact is not None and may(request, reading, fact.region_id)
        title = fact.title if fact and may_read else name_kind(source, fact.kind) if fact else _("Bukti yang ditarik")
        href = reverse("evidence_piece", args=[source.lower(), entry.subject_id]) if may_read else ""
        place = places.get(fact.region_id, "") if fact else ""
        found.append(Attached(entry, title, href, entry.subject_id in verified, place))
    return found


@dataclass(frozen=True)
class Offer:
    """A piece that could be attached."""

    key: str
    label: str
    kind: str
    region_id: int


def list_offers(region: Region, year: int, views: list[ActionView]) -> list[Offer]:
    """Documents up to the year and activities of it, of the kinds that the steps name; two queries."""
    steps = [step.step for view in views for step in view.steps]
    documents = list_documents(kinds={kind for step in steps for kind in step.documents}, spans=[region.span])
    found = [
        Offer(f"DOCUMENT:{one.public_id}", f"{one.number} {one.title}".strip(), one.kind, one.region_id)
        for one in documents
        if (one.year or (one.issued_on.year if one.issued_on else year + 1)) <= year
    ]
    held = list_held({kind for step in steps for kind in step.activities}, within=region.span)
    found += [
        Offer(f"ACTIVITY:{one.public_id}", one.title, one.kind, one.region_id)
        for one in held
        if one.held_on.year == year
    ]
    return found


def pick_offers(step: StepView, offers: list[Offer]) -> list[tuple[str, str]]:
    """(key, label) of those that fit the step and are not attached yet."""
    there = {f"{entry.source}:{entry.subject_id}" for entry in step.entries}
    kinds, level = {*step.step.documents, *step.step.activities}, step.step.at
    fitting = [one for one in offers if one.kind in kinds and one.key not in there]
    return [(one.key, one.label) for one in fitting if find_level(one.region_id) == level][:OFFERED]
