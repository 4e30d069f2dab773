"""All evidence that may serve outputs and duties, from the rooms that keep it, with what a person confirmed.

Only what was put forward is evidence: while it waits for review it is shown as waiting, once verified it counts.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from tumbuh.activities.api import ITEM as ACTIVITY_ITEM
from tumbuh.activities.api import list_held
from tumbuh.documents.api import list_documents
from tumbuh.programme.models import EvidenceLink, Regulation
from tumbuh.programme.queries.clauses import list_sources
from tumbuh.programme.rules import Clause, EvidenceRule, Proof, SubjectKind
from tumbuh.programme.rules.achievement import find_level
from tumbuh.regions.api import Region, Span, get_span
from tumbuh.verification.api import ReviewState, list_states

Confirmed = Mapping[UUID, frozenset[str]]


class Wanted(NamedTuple):
    """What to read: in these regions, of these kinds, and whatever a person confirmed."""

    span: Span
    kinds: frozenset[str]
    confirmed: Confirmed


SHOWN = {ReviewState.SUBMITTED, ReviewState.VERIFIED}


def list_proofs(
    regulation: Regulation, clauses: Collection[Clause], *, within: Span | None = None
) -> dict[str, list[Proof]]:
    """Code → the evidence whose kind proves it, or that a person confirmed for it, in the province or `within`.

    A query for the confirmations, and two or a few more for each source that the clauses need.
    """
    span = within or get_span(regulation.province_code)
    found: dict[str, list[Proof]] = {clause.code: [] for clause in clauses}
    confirmations = list_confirmed(regulation, found)
    for source, read in READERS.items():
        confirmed, by_kind = confirmations.get(source, {}), sort_by_kind(clauses, source)
        if not by_kind and not confirmed:
            continue
        for proof in read(Wanted(span, frozenset(by_kind), confirmed)):
            for code in by_kind.get(proof.kind, frozenset()) | proof.confirmed:
                found[code].append(proof)
    return found


def list_clause_proofs(
    regulation: Regulation, code: str, rules: Collection[EvidenceRule], region: Region
) -> list[Proof]:
    """The evidence of one output or duty, with its rules, in a region and below; unsorted."""
    return list_proofs(regulation, [Clause(code, (), tuple(rules))], within=region.span)[code]


def list_touched(regulation: Regulation, source: SubjectKind, kind: str, subject_id: UUID) -> set[str]:
    """Codes of the outputs and duties that a thing of this kind can serve, by its kind or because it was confirmed."""
    by_kind = sort_by_kind([one.clause for one in list_sources(regulation)], source)
    links = EvidenceLink.objects.filter(regulation=regulation, source=source, subject_id=subject_id)
    return {*by_kind.get(kind, ()), *links.values_list("code", flat=True)}


def sort_by_kind(clauses: Iterable[Clause], source: SubjectKind) -> dict[str, frozenset[str]]:
    """Kind → codes of the clauses that it proves by itself."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for clause in clauses:
        for rule in clause.rules:
            for kind in () if rule.confirmed else rule.kinds.get(source, ()):
                by_kind[kind].add(clause.code)
    return {kind: frozenset(codes) for kind, codes in by_kind.items()}


def list_confirmed(regulation: Regulation, codes: Collection[str]) -> dict[SubjectKind, Confirmed]:
    """Source → public number → codes that a person confirmed it for; one query."""
    links = EvidenceLink.objects.filter(regulation=regulation, code__in=list(codes))
    found: dict[SubjectKind, dict[UUID, frozenset[str]]] = defaultdict(lambda: defaultdict(frozenset))
    for source, subject_id, code in links.values_list("source", "subject_id", "code"):
        found[SubjectKind(source)][subject_id] |= {code}
    return dict(found)


def read_documents(wanted: Wanted) -> Iterable[Proof]:
    """Documents that stand; the year is the one that they serve, else that of their date."""
    found = list_documents(kinds=wanted.kinds, spans=[wanted.span], or_ids=wanted.confirmed)
    documents = [one for one in found if not one.is_revoked]
    states = list_states(SubjectKind.DOCUMENT, (one.public_id for one in documents))
    for one in documents:
        year = one.year or (one.issued_on.year if one.issued_on else None)
        if year and (state := states.get(one.public_id)) in SHOWN:
            yield make(SubjectKind.DOCUMENT, wanted, one.public_id, one.kind, one.region_id, year, state, one.title)


def read_activities(wanted: Wanted) -> Iterable[Proof]:
    """Activities that were held."""
    held = list_held(wanted.kinds, within=wanted.span, or_ids=wanted.confirmed)
    states = list_states(ACTIVITY_ITEM, (one.public_id for one in held))
    for one in held:
        if (state := states.get(one.public_id)) in SHOWN:
            year = one.held_on.year
            yield make(SubjectKind.ACTIVITY, wanted, one.public_id, one.kind, one.region_id, year, state, one.title)


def make(
    source: SubjectKind,
    wanted: Wanted,
    subject_id: UUID,
    kind: str,
    region_id: int,
    year: int,
    state: ReviewState | None,
    title: str,
) -> Proof:
    codes = wanted.confirmed.get(subject_id, frozenset())
    is_verified = state == ReviewState.VERIFIED
    return Proof(source, subject_id, kind, region_id, find_level(region_id), year, is_verified, codes, title)


READERS: dict[SubjectKind, Callable[[Wanted], Iterable[Proof]]] = {
    SubjectKind.DOCUMENT: read_documents,
    SubjectKind.ACTIVITY: read_activities,
}
