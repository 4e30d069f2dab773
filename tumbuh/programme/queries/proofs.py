"""All evidence that may serve outputs and duties, from the rooms that keep it, with what a person confirmed.

Only what was put forward is evidence: while it waits for review it is shown as waiting, once verified it counts.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from tumbuh.activities.api import ITEM as ACTIVITY_ITEM
from tumbuh.activities.api import list_held
from tumbuh.documents.api import ITEM as DOCUMENT_ITEM
from tumbuh.documents.api import list_documents
from tumbuh.partners.api import ITEM as PARTNER_ITEM
from tumbuh.partners.api import list_partnerships
from tumbuh.programme.models import EvidenceLink, Regulation
from tumbuh.programme.rules import Clause, Proof, SubjectKind
from tumbuh.programme.rules.achievement import find_level
from tumbuh.regions.api import Span, get_span
from tumbuh.verification.api import ReviewState, list_states

Confirmed = Mapping[UUID, frozenset[str]]
SHOWN = {ReviewState.SUBMITTED, ReviewState.VERIFIED}


def list_proofs(regulation: Regulation, clauses: Collection[Clause]) -> dict[str, list[Proof]]:
    """Code → the evidence whose kind proves it, or that a person confirmed for it; a handful of queries."""
    span = get_span(regulation.province_code)
    found: dict[str, list[Proof]] = {clause.code: [] for clause in clauses}
    for source, read in READERS.items():
        confirmed = list_confirmed(regulation, source, found)
        by_kind = sort_by_kind(clauses, source)
        if not by_kind and not confirmed:
            continue
        for proof in read(span, confirmed):
            for code in by_kind.get(proof.kind, frozenset()) | proof.confirmed:
                found[code].append(proof)
    return found


def sort_by_kind(clauses: Iterable[Clause], source: SubjectKind) -> dict[str, frozenset[str]]:
    """Kind → codes of the clauses that it proves by itself."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for clause in clauses:
        for rule in clause.rules:
            for kind in () if rule.confirmed else rule.kinds.get(source, ()):
                by_kind[kind].add(clause.code)
    return {kind: frozenset(codes) for kind, codes in by_kind.items()}


def list_confirmed(regulation: Regulation, source: SubjectKind, codes: Collection[str]) -> Confirmed:
    """Public number → codes that a person confirmed it for."""
    links = EvidenceLink.objects.filter(regulation=regulation, source=source, code__in=list(codes))
    found: dict[UUID, set[str]] = defaultdict(set)
    for subject_id, code in links.values_list("subject_id", "code"):
        found[subject_id].add(code)
    return {subject_id: frozenset(several) for subject_id, several in found.items()}


def read_documents(span: Span, confirmed: Confirmed) -> Iterable[Proof]:
    """Documents that stand; the year is the one that they serve, else that of their date."""
    documents = [one for one in list_documents(spans=[span]) if not one.is_revoked]
    states = list_states(DOCUMENT_ITEM, (one.public_id for one in documents))
    for one in documents:
        year = one.year or (one.issued_on.year if one.issued_on else None)
        state = states.get(one.public_id)
        if state in SHOWN and year:
            yield make(SubjectKind.DOCUMENT, one.public_id, one.kind, one.region_id, year, state, confirmed)


def read_activities(span: Span, confirmed: Confirmed) -> Iterable[Proof]:
    """Activities that were held."""
    held = list_held(within=span)
    states = list_states(ACTIVITY_ITEM, (one.public_id for one in held))
    for one in held:
        state = states.get(one.public_id)
        if state in SHOWN:
            yield make(SubjectKind.ACTIVITY, one.public_id, one.kind, one.region_id, one.held_on.year, state, confirmed)


def read_partnerships(span: Span, confirmed: Confirmed) -> Iterable[Proof]:
    """Networks at work, agreements signed, programmes run and studies done."""
    done = list_partnerships(spans=[span])
    states = list_states(PARTNER_ITEM, (one.public_id for one in done))
    for one in done:
        state = states.get(one.public_id)
        if state in SHOWN:
            yield make(SubjectKind.PARTNER, one.public_id, one.kind, one.region_id, one.year, state, confirmed)


def make(
    source: SubjectKind,
    subject_id: UUID,
    kind: str,
    region_id: int,
    year: int,
    state: ReviewState,
    confirmed: Confirmed,
) -> Proof:
    codes = confirmed.get(subject_id, frozenset())
    is_verified = state == ReviewState.VERIFIED
    return Proof(source, subject_id, kind, region_id, find_level(region_id), year, is_verified, codes)


READERS: dict[SubjectKind, Callable[[Span, Confirmed], Iterable[Proof]]] = {
    SubjectKind.DOCUMENT: read_documents,
    SubjectKind.ACTIVITY: read_activities,
    SubjectKind.PARTNER: read_partnerships,
}
