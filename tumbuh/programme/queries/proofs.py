"""All evidence that may serve outputs and duties, from the rooms that keep it, with what a person confirmed.

Only what was put forward is evidence: while it waits for review it is shown as waiting, once verified it counts.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from uuid import UUID

from tumbuh.programme.models import EvidenceLink, Regulation
from tumbuh.programme.queries.clauses import list_sources
from tumbuh.programme.queries.convergence import list_checklist_kinds, read_checklist_proofs
from tumbuh.programme.queries.pieces import JOINT, Confirmed, Wanted, read_partnerships, read_pieces
from tumbuh.programme.rules import Clause, EvidenceRule, Proof, SubjectKind
from tumbuh.regions.api import Region, Span, get_span


def list_proofs(
    regulation: Regulation, clauses: Collection[Clause], *, within: Span | None = None
) -> dict[str, list[Proof]]:
    """Code → the evidence whose kind proves it, or that a person confirmed for it, in the province or `within`.

    A query for the confirmations, and two or a few more for each source that the clauses need.
    """
    span = within or get_span(regulation.province_code)
    found: dict[str, list[Proof]] = {clause.code: [] for clause in clauses}
    confirmations = list_confirmed(regulation, found)
    by_kind = {source: sort_by_kind(clauses, source) for source in SubjectKind}
    wanted = {
        source: Wanted(span, frozenset(by_kind[source]), confirmations.get(source, {}))
        for source in SubjectKind if by_kind[source] or confirmations.get(source)
    }  # fmt: skip
    for proof in read_proofs(span, wanted):
        for code in by_kind[proof.source].get(proof.kind, frozenset()) | proof.confirmed:
            found[code].append(proof)
    return found


def read_proofs(span: Span, wanted: Mapping[SubjectKind, Wanted]) -> Iterator[Proof]:
    """What is wanted of each source: documents and activities together, the others by themselves."""
    yield from read_pieces(span, {source: each for source, each in wanted.items() if source not in READERS})
    for source, read in READERS.items():
        if source in wanted:
            yield from read(wanted[source])


def list_clause_proofs(
    regulation: Regulation, code: str, rules: Collection[EvidenceRule], region: Region
) -> list[Proof]:
    """The evidence of one output or duty, with its rules, in a region and below; unsorted."""
    return list_proofs(regulation, [Clause(code, (), tuple(rules))], within=region.span)[code]


def list_touched(regulation: Regulation, source: SubjectKind, kind: str, subject_id: UUID) -> set[str]:
    """Codes of what a thing of this kind can serve, by its kind, by a checklist or because it was confirmed."""
    clauses = [one.clause for one in list_sources(regulation)]
    by_kind, by_step = sort_by_kind(clauses, source), sort_by_kind(clauses, SubjectKind.CHECKLIST)
    steps = {code for action in list_checklist_kinds(source, subject_id) for code in by_step.get(action, ())}
    links = EvidenceLink.objects.filter(regulation=regulation, source=source, subject_id=subject_id)
    together = by_kind.get(f"{JOINT}{kind}", ())
    return {*by_kind.get(kind, ()), *together, *steps, *links.values_list("code", flat=True)}


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


READERS: dict[SubjectKind, Callable[[Wanted], Iterable[Proof]]] = {
    SubjectKind.PARTNER: read_partnerships,
    SubjectKind.CHECKLIST: read_checklist_proofs,
}
