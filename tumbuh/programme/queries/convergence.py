"""The convergence checklist of kabupaten/kota: what is attached, where each step and action stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.conf import settings

from tumbuh.programme.models import ChecklistEntry
from tumbuh.programme.queries.pieces import Wanted, read_activities, read_documents
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
from tumbuh.regions.api import Level, Region, Span

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


def list_units(span: Span) -> dict[tuple[int, Per], list[int]]:
    """(kabupaten/kota, level) → the active regions of that level in it; one query."""
    rows = Region.objects.filter(pk__gte=span.low, pk__lte=span.high, level__gte=Level.KABUPATEN, is_active=True)
    found: dict[tuple[int, Per], list[int]] = defaultdict(list)
    levels = {level: per for per, level in LEVELS.items()}
    for number, level in rows.order_by("pk").values_list("pk", "level"):
        found[number // SIZE * SIZE, levels[Level(level)]].append(number)
    return dict(found)


def read_pieces(span: Span, entries: Iterable[ChecklistEntry]) -> dict[UUID, Proof]:
    """Public number → the piece, as far as it stands and was put forward; four queries."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        wanted[entry.source].add(entry.subject_id)
    found: dict[UUID, Proof] = {}
    for source, read in ((SubjectKind.DOCUMENT, read_documents), (SubjectKind.ACTIVITY, read_activities)):
        if ids := wanted[source]:
            asked = Wanted(span, frozenset(), {one: frozenset() for one in ids})
            found |= {proof.subject_id: proof for proof in read(asked)}
    return found


def view_checklist(region: Region, year: int) -> list[ActionView]:
    """The checklist of a kabupaten/kota; at most six queries."""
    entries = list(ChecklistEntry.objects.filter(region=region, year=year).select_related("by"))
    pieces, units = read_pieces(region.span, entries), list_units(region.span)
    return view_actions(get_checklist(year), region.pk, year, entries, pieces, units)


def view_actions(
    checklist: Checklist,
    region_id: int,
    year: int,
    entries: Collection[ChecklistEntry],
    pieces: Mapping[UUID, Proof],
    units: Mapping[tuple[int, Per], Sequence[int]],
) -> list[ActionView]:
    views = []
    for action in checklist.actions:
        steps = []
        for step in action.steps:
            own = [entry for entry in entries if entry.step == step.code]
            proofs = [pieces[entry.subject_id] for entry in own if entry.subject_id in pieces]
            state = judge_step(step, year, proofs, units.get((region_id, step.at), ()))
            steps.append(StepView(step, state, own, proofs))
        views.append(ActionView(action, judge_action([one.state for one in steps]), steps))
    return views


def view_overview(span: Span, year: int) -> dict[int, list[ActionView]]:
    """Kabupaten/kota → its checklist, for all of a province; at most six queries."""
    found = view_all(span, [year])
    return {region_id: views for (region_id, _year), views in found.items()}


def view_all(span: Span, years: Collection[int] | None = None) -> dict[tuple[int, int], list[ActionView]]:
    """(kabupaten/kota, year) → checklist: of these years all kabupaten/kota, else where something is attached."""
    rows = ChecklistEntry.objects.filter(region_id__gte=span.low, region_id__lte=span.high).select_related("by")
    entries: dict[tuple[int, int], list[ChecklistEntry]] = defaultdict(list)
    for entry in rows if years is None else rows.filter(year__in=list(years)):
        entries[entry.region_id, entry.year].append(entry)
    if years is None and not entries:
        return {}
    units = list_units(span)
    pieces = read_pieces(span, (one for several in entries.values() for one in several))
    for year in years or ():
        for region_id, level in units:
            if level == Per.KABUPATEN:
                entries.setdefault((region_id, year), [])
    return {
        (region_id, year): view_actions(get_checklist(year), region_id, year, own, pieces, units)
        for (region_id, year), own in sorted(entries.items())
    }


def read_checklist_proofs(wanted: Wanted) -> Iterable[Proof]:
    """Each action of a kabupaten/kota and year with something attached; verified when all its steps are done."""
    for (region_id, year), views in view_all(wanted.span).items():
        for view in views:
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
