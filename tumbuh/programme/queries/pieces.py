"""Pieces of evidence as the rooms keep them: documents that stand, activities that were held.

Only what was put forward is evidence: while it waits for review it is shown as waiting, once verified it counts.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from tumbuh.activities.api import ITEM as ACTIVITY_ITEM
from tumbuh.activities.api import list_held
from tumbuh.documents.api import DocumentFact, list_documents
from tumbuh.programme.rules import Proof, SubjectKind
from tumbuh.programme.rules.achievement import find_level
from tumbuh.regions.api import Span
from tumbuh.verification.api import ReviewState, list_states

Confirmed = Mapping[UUID, frozenset[str]]


class Wanted(NamedTuple):
    """What to read: in these regions, of these kinds, and whatever a person confirmed."""

    span: Span
    kinds: frozenset[str]
    confirmed: Confirmed


SHOWN = {ReviewState.SUBMITTED, ReviewState.VERIFIED}


def read_documents(wanted: Wanted) -> Iterable[Proof]:
    """Documents that stand; the year is the one that they serve, else that of their date."""
    found = list_documents(kinds=wanted.kinds, spans=[wanted.span], or_ids=wanted.confirmed)
    documents = [one for one in found if not one.is_revoked]
    states = list_states(SubjectKind.DOCUMENT, (one.public_id for one in documents))
    for one in documents:
        year = find_year(one)
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


def find_year(document: DocumentFact) -> int | None:
    """The year that it serves, else that of its date."""
    return document.year or (document.issued_on.year if document.issued_on else None)


class Facts(NamedTuple):
    """Where and when a piece is from, and what it is."""

    region_id: int
    year: int
    kind: str
    title: str


def list_facts(source: SubjectKind, ids: Iterable[UUID]) -> dict[UUID, Facts]:
    """Public number → what is known of the standing documents or held activities, put forward or not; one query."""
    asked = list(ids)
    if not asked:
        return {}
    if source == SubjectKind.ACTIVITY:
        held = list_held(or_ids=asked)
        return {one.public_id: Facts(one.region_id, one.held_on.year, one.kind, one.title) for one in held}
    found = list_documents(kinds=(), or_ids=asked) if source == SubjectKind.DOCUMENT else []
    dated = [(one, find_year(one)) for one in found if not one.is_revoked]
    return {one.public_id: Facts(one.region_id, year, one.kind, one.title) for one, year in dated if year}


def find_facts(source: SubjectKind, subject_id: UUID) -> Facts | None:
    """What is known of one piece; None where it does not stand."""
    return list_facts(source, [subject_id]).get(subject_id)
