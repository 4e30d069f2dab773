"""Pieces of evidence as the rooms keep them: documents that stand, activities that were held, partnerships.

Only what was put forward is evidence: while it waits for review it is shown as waiting, once verified it counts.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from tumbuh.activities.api import list_held
from tumbuh.documents.api import DocumentFact, list_documents
from tumbuh.partners.api import ResearchForm, list_partnerships
from tumbuh.programme.rules import Proof, SubjectKind
from tumbuh.programme.rules.achievement import find_level
from tumbuh.regions.api import Region, Span
from tumbuh.verification.api import ReviewState, list_states_of

Confirmed = Mapping[UUID, frozenset[str]]


class Wanted(NamedTuple):
    """What to read: in these regions, of these kinds, and whatever a person confirmed."""

    span: Span
    kinds: frozenset[str]
    confirmed: Confirmed


JOINT = "JOINT_"  # before the kind of research that several did together
SHOWN = {ReviewState.SUBMITTED, ReviewState.VERIFIED}


def read_pieces(span: Span, wanted: Mapping[SubjectKind, Wanted]) -> Iterable[Proof]:
    """Documents that stand and activities that were held; a query for each, and one for what became of them."""
    kinds = {source: each.kinds for source, each in wanted.items()}
    confirmed = {source: each.confirmed for source, each in wanted.items()}
    for piece in list_pieces(span, kinds, confirmed, with_number=False).values():
        if (proof := piece.proof) is not None:
            yield proof._replace(confirmed=confirmed[piece.source].get(piece.subject_id, frozenset()))


def read_partnerships(wanted: Wanted) -> Iterable[Proof]:
    """Networks at work, agreements signed, programmes run and studies done; research done together by its own kind."""
    kinds = {kind.removeprefix(JOINT) for kind in wanted.kinds}
    for one in list_partnerships(kinds, spans=[wanted.span], or_ids=wanted.confirmed):
        if one.is_verified or one.is_waiting:
            state = ReviewState.VERIFIED if one.is_verified else ReviewState.SUBMITTED
            kind = f"{JOINT}{one.kind}" if one.variant == ResearchForm.JOINT else one.kind
            yield make(SubjectKind.PARTNER, wanted, one.public_id, kind, one.region_id, one.year, state, one.title)


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


class Piece(NamedTuple):
    """A document that stands or an activity that was held; `state` None: it was never put forward."""

    source: SubjectKind
    subject_id: UUID
    kind: str
    region_id: int
    year: int
    title: str
    state: ReviewState | None

    @property
    def proof(self) -> Proof | None:
        """What it is as evidence; None before it is put forward and after it was sent back."""
        if self.state not in SHOWN:
            return None
        return Proof(
            self.source, self.subject_id, self.kind, self.region_id, find_level(self.region_id), self.year,
            self.state == ReviewState.VERIFIED, title=self.title,
        )  # fmt: skip


def list_pieces(
    span: Span,
    kinds: Mapping[SubjectKind, Collection[str]],
    ids: Mapping[SubjectKind, Collection[UUID]],
    *,
    with_number: bool = True,
) -> dict[UUID, Piece]:
    """Public number → piece, of the span, of these kinds or with these numbers; at most three queries."""
    found: list[tuple[SubjectKind, UUID, str, int, int | None, str]] = []
    source = SubjectKind.DOCUMENT
    if kinds.get(source) or ids.get(source):
        documents = list_documents(kinds=kinds.get(source, ()), spans=[span], or_ids=ids.get(source, ()))
        found += [
            (source, one.public_id, one.kind, one.region_id, find_year(one), name_document(one, with_number))
            for one in documents
            if not one.is_revoked
        ]
    source = SubjectKind.ACTIVITY
    if kinds.get(source) or ids.get(source):
        held = list_held(kinds.get(source, ()), within=span, or_ids=ids.get(source, ()))
        found += [(source, one.public_id, one.kind, one.region_id, one.held_on.year, one.title) for one in held]
    states = list_states_of({each: [row[1] for row in found if row[0] == each] for each in {row[0] for row in found}})
    return {
        key: Piece(source, key, kind, region_id, year, title, states.get(key))
        for source, key, kind, region_id, year, title in found
        if year
    }


def name_document(document: DocumentFact, with_number: bool) -> str:
    """Its title, after its number where that is wanted."""
    return f"{document.number} {document.title}".strip() if with_number else document.title


def find_piece(region: Region, source: SubjectKind, subject_id: UUID) -> Piece | None:
    """One piece of the region or below; None where it does not stand."""
    return list_pieces(region.span, {}, {source: [subject_id]}).get(subject_id)
