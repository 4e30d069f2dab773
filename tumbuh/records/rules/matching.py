"""When two lines speak of the same child: pure decisions, none of which depends on the order of the lines.

Identity is (desa, folded name, birth date, sex). Of several readings of one identity, or of one NIK, the *primary* is
the one with the most lines (then with a NIK, then the smallest by value); the others wait for a person to decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar


class Verdict(StrEnum):
    """What matching says of a row. The first two can be saved, two repeat another row, MONTH_CLOSED is refused.

    The rest wait for a person.
    """

    NEW_CHILD = "new_child"
    KNOWN_CHILD = "known_child"
    NIK_OTHER_IDENTITY = "nik_other_identity"
    NIK_OTHER_DESA = "nik_other_desa"
    NIK_DIFFERS = "nik_differs"
    MOTHER_DIFFERS = "mother_differs"
    SEVERAL_CHILDREN = "several_children"
    NEAR_NAME = "near_name"
    REPEAT_DIFFERS = "repeat_differs"
    REPEAT_SAME = "repeat_same"
    REPEAT_REPLACED = "repeat_replaced"
    MONTH_CLOSED = "month_closed"


SAVED = frozenset({Verdict.NEW_CHILD, Verdict.KNOWN_CHILD})


class Identity(NamedTuple):
    desa_id: int
    name_key: str
    birth_date: date
    sex: str


Key = TypeVar("Key", Identity, bytes, str, bytes | str)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a line says of a child that is not in the register: who it is, with which NIK, of which mother."""

    row_id: int
    identity: Identity
    nik: bytes | None
    mother: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that waits: why, and the row it may belong with."""

    row_id: int
    verdict: Verdict
    same_as: int


def list_doubts(claims: Iterable[Claim]) -> list[Doubt]:
    """Rows among the claims that cannot be saved without a decision: one NIK for several identities, several NIK or
    several mothers for one identity."""
    rows = list(claims)
    doubts = find_shared_niks(rows)
    waiting = {doubt.row_id for doubt in doubts}
    groups: dict[Identity, list[Claim]] = defaultdict(list)
    for claim in rows:
        if claim.row_id not in waiting:
            groups[claim.identity].append(claim)
    for group in groups.values():
        doubts += find_split(group)
    return doubts


def find_shared_niks(claims: list[Claim]) -> list[Doubt]:
    """Rows whose NIK belongs to another identity with more lines."""
    by_nik: dict[bytes, dict[Identity, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.nik is not None:
            by_nik[claim.nik][claim.identity].append(claim)
    doubts = []
    for identities in by_nik.values():
        primary = choose_primary({identity: len(rows) for identity, rows in identities.items()})
        first = min(claim.row_id for claim in identities[primary])
        for identity, rows in identities.items():
            if identity != primary:
                doubts += [Doubt(claim.row_id, Verdict.NIK_OTHER_IDENTITY, first) for claim in rows]
    return doubts


def find_split(group: list[Claim]) -> list[Doubt]:
    """Rows of one identity that have another NIK or another mother than most of its rows.

    Two NIK with two mothers are two children who share a name; only rows without NIK are then in doubt.
    """
    niks = {claim.nik for claim in group if claim.nik is not None}
    mothers = {claim.mother for claim in group if claim.mother}
    if len(niks) <= 1 and len(mothers) <= 1:
        return []
    pairs = {(claim.nik, claim.mother) for claim in group if claim.nik is not None}
    if len(niks) == len(mothers) == len(pairs) and len(niks) > 1 and all(mother for _, mother in pairs):
        first = min(claim.row_id for claim in group if claim.nik is not None)
        return [Doubt(claim.row_id, Verdict.SEVERAL_CHILDREN, first) for claim in group if claim.nik is None]
    return find_minorities(group)


def list_apart(claims: Iterable[Claim]) -> set[int]:
    """Rows of children who share an identity but have their own NIK and mother; call it with the rows left over."""
    niks: dict[Identity, set[bytes | None]] = defaultdict(set)
    rows = list(claims)
    for claim in rows:
        niks[claim.identity].add(claim.nik)
    return {claim.row_id for claim in rows if len(niks[claim.identity] - {None}) > 1}


def find_minorities(group: list[Claim]) -> list[Doubt]:
    """Rows whose NIK, then whose mother, is not the one that most rows have."""
    doubts: dict[int, Doubt] = {}
    for field, verdict in (("nik", Verdict.NIK_DIFFERS), ("mother", Verdict.MOTHER_DIFFERS)):
        remaining = [claim for claim in group if claim.row_id not in doubts]
        counts: dict[bytes | str, int] = defaultdict(int)
        for claim in remaining:
            if value := getattr(claim, field):
                counts[value] += 1
        if len(counts) > 1:
            primary = choose_primary(counts)
            first = min(claim.row_id for claim in remaining if getattr(claim, field) == primary)
            for claim in remaining:
                if getattr(claim, field) not in (None, "", primary):
                    doubts[claim.row_id] = Doubt(claim.row_id, verdict, first)
    return list(doubts.values())


def choose_primary(counts: Mapping[Key, int]) -> Key:
    """The key with the highest count, of several the smallest."""
    return min(counts, key=lambda key: (-counts[key], key))
