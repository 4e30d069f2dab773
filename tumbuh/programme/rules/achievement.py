"""How far an obligation is met by evidence: the plain version, one obligation and all evidence of its clause."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from tumbuh.programme.rules.evidence import EvidenceRule, SubjectKind
from tumbuh.programme.rules.obligations import Measure, Planned
from tumbuh.programme.rules.words import Per

TENTH = Decimal("0.1")


class Proof(NamedTuple):
    """A piece of evidence: what it is, whose region, the year it serves, and whether the level above has verified it.

    `confirmed`: codes of the outputs and duties that a person said it serves.
    """

    source: SubjectKind
    subject_id: UUID
    kind: str
    region_id: int
    level: Per
    year: int
    is_verified: bool
    confirmed: frozenset[str] = frozenset()
    title: str = ""  # may name people: shown only to those who may read the thing itself


class Achieved(NamedTuple):
    """`quantity` in the obligation's unit (a share in per cent, one decimal), the pieces counted, and those waiting."""

    quantity: Decimal
    proofs: int
    waiting: int


def compute_achieved(
    planned: Planned, rule: EvidenceRule, proofs: Iterable[Proof], regions: Mapping[Per, Sequence[int]]
) -> Achieved:
    """Count, regions or share from the verified evidence that fits; a system or indicator is not counted here."""
    fitting = [proof for proof in proofs if is_fitting(planned, rule, proof)]
    verified = [proof for proof in fitting if proof.is_verified]
    waiting = len(fitting) - len(verified)
    if planned.measure == Measure.COUNT:
        return Achieved(Decimal(len({proof.subject_id for proof in verified})), len(verified), waiting)
    counted = Per(planned.of) if planned.of else Per.PROVINSI
    reached = len({proof.region_id for proof in verified} & set(regions[counted]))
    if planned.measure == Measure.REGIONS:
        return Achieved(Decimal(reached), len(verified), waiting)
    return Achieved(compute_share(reached, len(regions[counted])), len(verified), waiting)


def compute_share(reached: int, regions: int) -> Decimal:
    """Per cent with one decimal, rounded down so that a target is never met by rounding; 0 without regions."""
    return Decimal(reached * 1000 // regions) * TENTH if regions else Decimal(0)


def is_fitting(planned: Planned, rule: EvidenceRule, proof: Proof) -> bool:
    """Whether the piece proves the obligation: kind or confirmation, year, level and region."""
    return (
        serves(planned.code, rule, proof)
        and planned.starts <= proof.year <= planned.year
        and proof.level in list_levels(planned, rule)
        and lies_within(planned, proof)
    )


def serves(code: str, rule: EvidenceRule, proof: Proof) -> bool:
    """By its kind alone, or because a person confirmed that it serves this output or duty."""
    if code in proof.confirmed:
        return True
    return not rule.confirmed and proof.kind in rule.kinds.get(proof.source, frozenset())


def list_levels(planned: Planned, rule: EvidenceRule) -> Collection[Per]:
    """Whose evidence counts: what the rule says, else the tier, the regions counted, or the unit itself."""
    if rule.levels:
        return rule.levels
    return (Per(planned.tier or planned.of or find_level(planned.region_id)),)


def lies_within(planned: Planned, proof: Proof) -> bool:
    """The proof's region is the unit or lies below it."""
    size = SIZES[find_level(planned.region_id)]
    return proof.region_id // size == planned.region_id // size


# How many of the ten digits of a region's number stand below its level: 17 01 01 2001.
SIZES = {Per.PROVINSI: 10**8, Per.KABUPATEN: 10**6, Per.KECAMATAN: 10**4, Per.DESA: 1}


def find_level(region_id: int) -> Per:
    """The level of a region from its number: the first that leaves no digits over."""
    return next(level for level, size in SIZES.items() if region_id % size == 0)
