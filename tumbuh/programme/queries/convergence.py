"""The convergence checklist of kabupaten/kota: what is attached, where each step and action stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.conf import settings

from tumbuh.programme.models import ChecklistEntry
from tumbuh.programme.queries.pieces import Piece, Wanted, list_pieces
from tumbuh.programme.rules import Per, Proof, SubjectKind
from tumbuh.programme.rules.achievement import SIZES
from tumbuh.programme.rules.convergence import (
    Checklist,
    ChecklistStep,
    ConvergenceAction,
    StepState,
    find_checklist,
    judge_action,
    judge_step,
    parse_checklists,
)
from tumbuh.regions.api import Level, Region, Span, get_span

LEVELS = {Per.KABUPATEN: Level.KABUPATEN, Per.KECAMATAN: Level.KECAMATAN, Per.DESA: Level.DESA}
SIZE = SIZES[Per.KABUPATEN]


@dataclass(frozen=True)
class StepView:
    """A step with its state and what is attached to it (the pieces that stand)."""

    step: ChecklistStep
    state: StepState
    entries: list[ChecklistEntry]
    proofs: list[Proof]


@dataclass(frozen=True)
class ActionView:
    action: ConvergenceAction
    state: StepState
    steps: list[StepView]


@cache
def read_checklists() -> list[Checklist]:
    """The versions of definitions/programme/convergence.yaml, the newest first."""
    path = settings.DEFINITIONS / "programme/convergence.yaml"
    return parse_checklists(yaml.safe_load(path.read_text(encoding="utf-8")))


def get_checklist(year: int) -> Checklist:
    return find_checklist(read_checklists(), year)


def list_places(span: Span) -> list[Region]:
    """The active regions in the span down to the level of the steps, by number; one query."""
    steps = [step for checklist in read_checklists() for action in checklist.actions for step in action.steps]
    deepest = max(LEVELS[step.at] for step in steps)
    found = Region.objects.filter(pk__gte=span.low, pk__lte=span.high, level__lte=deepest, is_active=True)
    return list(found.order_by("pk"))


def sort_units(places: Iterable[Region]) -> dict[tuple[int, Per], list[int]]:
    """(kabupaten/kota, level) → the regions of that level in it."""
    found: dict[tuple[int, Per], list[int]] = defaultdict(list)
    levels = {level: per for per, level in LEVELS.items()}
    for place in places:
        if place.level >= Level.KABUPATEN:
            found[place.pk // SIZE * SIZE, levels[Level(place.level)]].append(place.pk)
    return dict(found)


def sort_ids(entries: Iterable[ChecklistEntry]) -> dict[SubjectKind, set[UUID]]:
    """Source → public numbers of what is attached."""
    found: dict[SubjectKind, set[UUID]] = defaultdict(set)
    for entry in entries:
        found[SubjectKind(entry.source)].add(entry.subject_id)
    return found


@dataclass(frozen=True)
class ChecklistView:
    """The checklist of a kabupaten/kota, and the pieces there that are attached or could be."""

    region: Region
    places: dict[int, Region]
    actions: list[ActionView]
    pieces: dict[UUID, Piece]


def find_checklist_view(code: str, year: int) -> ChecklistView | None:
    """For the kabupaten/kota with this code; None where there is none. At most six queries."""
    span, checklist = get_span(code), get_checklist(year)
    places = {place.pk: place for place in list_places(span)}
    region = places.get(span.low)
    if region is None or region.level != Level.KABUPATEN:
        return None
    steps = [step for action in checklist.actions for step in action.steps]
    kinds = {
        SubjectKind.DOCUMENT: {kind for step in steps for kind in step.documents},
        SubjectKind.ACTIVITY: {kind for step in steps for kind in step.activities},
    }
    entries = list(ChecklistEntry.objects.filter(region=region, year=year))
    pieces = list_pieces(span, kinds, sort_ids(entries))
    units = sort_units(places.values())
    return ChecklistView(region, places, view_actions(checklist, region.pk, year, entries, pieces, units), pieces)


def view_actions(
    checklist: Checklist,
    region_id: int,
    year: int,
    entries: Collection[ChecklistEntry],
    pieces: Mapping[UUID, Piece],
    units: Mapping[tuple[int, Per], Sequence[int]],
) -> list[ActionView]:
    views = []
    for action in checklist.actions:
        steps = []
        for step in action.steps:
            own = [entry for entry in entries if entry.step == step.code]
            found = [pieces[entry.subject_id].proof for entry in own if entry.subject_id in pieces]
            proofs = [proof for proof in found if proof is not None]
            state = judge_step(step, year, proofs, units.get((region_id, step.at), ()))
            steps.append(StepView(step, state, own, proofs))
        views.append(ActionView(action, judge_action([one.state for one in steps]), steps))
    return views


def view_overview(span: Span, year: int) -> tuple[list[Region], dict[int, list[ActionView]]]:
    """The places of a province, and kabupaten/kota → its checklist; at most six queries."""
    places, entries = list_places(span), list_entries(span, year)
    pieces, units = list_pieces(span, {}, sort_ids(entries)), sort_units(places)
    views = {}
    for place in places:
        if place.level == Level.KABUPATEN:
            own = [entry for entry in entries if entry.region_id == place.pk]
            views[place.pk] = view_actions(get_checklist(year), place.pk, year, own, pieces, units)
    return places, views


def list_entries(span: Span, year: int | None = None) -> list[ChecklistEntry]:
    """What is attached in the kabupaten/kota of the span, in one year or all; one query."""
    rows = ChecklistEntry.objects.filter(region_id__gte=span.low, region_id__lte=span.high)
    return list(rows if year is None else rows.filter(year=year))


def read_checklist_proofs(wanted: Wanted) -> Iterator[Proof]:
    """Each action of a kabupaten/kota and year with something attached; verified when all its steps are done."""
    entries = list_entries(wanted.span)
    if not entries:
        return
    pieces, units = list_pieces(wanted.span, {}, sort_ids(entries)), sort_units(list_places(wanted.span))
    for region_id, year in sorted({(entry.region_id, entry.year) for entry in entries}):
        own = [entry for entry in entries if (entry.region_id, entry.year) == (region_id, year)]
        for view in view_actions(get_checklist(year), region_id, year, own, pieces, units):
            code = view.action.code
            if code in wanted.kinds and view.state != StepState.OPEN:
                key = uuid5(NAMESPACE_URL, f"tumbuh/convergence/{region_id}/{year}/{code}")
                is_done = view.state == StepState.DONE
                yield Proof(
                    SubjectKind.CHECKLIST, key, code, region_id, Per.KABUPATEN, year, is_done, title=view.action.name
                )


def list_checklist_kinds(source: SubjectKind, subject_id: UUID) -> set[str]:
    """The actions to whose steps the piece is attached, in any kabupaten/kota and year; one query."""
    rows = ChecklistEntry.objects.filter(source=source, subject_id=subject_id).values_list("year", "step")
    actions = (get_checklist(year).find_action(step) for year, step in rows)
    return {action.code for action in actions if action is not None}
