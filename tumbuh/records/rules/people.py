"""Whether somebody in a list is somebody in the register: pure decisions for people who come without a measurement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tumbuh.records.rules.nearness import is_near


class Match(StrEnum):
    """What a line's person is: known, new, or somebody whom only a person can tell."""

    KNOWN = "known"
    NEW = "new"
    NIK_OTHER_IDENTITY = "nik_other_identity"
    NIK_OTHER_DESA = "nik_other_desa"
    NIK_DIFFERS = "nik_differs"
    SEVERAL = "several"
    NEAR_NAME = "near_name"


CERTAIN = frozenset({Match.KNOWN, Match.NEW})


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who a line says it is about."""

    desa_id: int
    name_key: str
    birth_date: date
    sex: str
    nik: bytes | None


@dataclass(frozen=True, slots=True)
class Known(Claimed):
    """Somebody in the register, or met earlier in the same list (then `person_id` is negative: minus the line)."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Finding:
    """The decision, and whom it speaks of (None for somebody new)."""

    match: Match
    person_id: int | None


def match_person(claim: Claimed, known: Collection[Known]) -> Finding:
    """Who the claim is among `known` (anybody with the NIK, and the same birth date and sex in the desa).

    A NIK decides where name, birth date or desa agree with it; where they contradict, a person decides. Without one,
    the same name, birth date and sex in a desa is the same person, and a name nearly the same waits.
    """
    by_nik = [one for one in known if claim.nik is not None and one.nik == claim.nik]
    if by_nik:
        return check_nik_owner(claim, by_nik[0])
    alike = [one for one in known if is_same_birth(one, claim)]
    same = [one for one in alike if one.name_key == claim.name_key]
    if claim.nik is not None and any(one.nik is not None for one in same):
        same = [one for one in same if one.nik is None]
        if not same:
            return Finding(Match.NIK_DIFFERS, next(one.person_id for one in alike if one.name_key == claim.name_key))
    if len(same) > 1:
        return Finding(Match.SEVERAL, same[0].person_id)
    if same:
        return Finding(Match.KNOWN, same[0].person_id)
    near = [one for one in alike if is_near(one.name_key, claim.name_key) and (one.nik is None or claim.nik is None)]
    return Finding(Match.NEAR_NAME, near[0].person_id) if near else Finding(Match.NEW, None)


def check_nik_owner(claim: Claimed, owner: Known) -> Finding:
    """The owner of the NIK, unless name and birth date both tell of somebody else or the desa is another one."""
    is_name = owner.name_key == claim.name_key or is_near(owner.name_key, claim.name_key)
    if not is_name and owner.birth_date != claim.birth_date:
        return Finding(Match.NIK_OTHER_IDENTITY, owner.person_id)
    if owner.sex != claim.sex:
        return Finding(Match.NIK_OTHER_IDENTITY, owner.person_id)
    match = Match.KNOWN if owner.desa_id == claim.desa_id else Match.NIK_OTHER_DESA
    return Finding(match, owner.person_id)


def is_same_birth(one: Known, claim: Claimed) -> bool:
    return (one.desa_id, one.birth_date, one.sex) == (claim.desa_id, claim.birth_date, claim.sex)
