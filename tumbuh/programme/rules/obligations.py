"""From targets to obligations: who owes what by when.

| target | becomes |
| --- | --- |
| without a level | one obligation of the province |
| per provinsi, kabupaten/kota, kecamatan, desa/kelurahan | one for each region of that level |
| per tingkat | one for each of the four tiers, shown with the province |
| a share (%) | one of the province, measured over all regions of that level |
| counted in regions (300 desa/kelurahan) | one of the province; never more than there are regions |

Each year of a target is an obligation of its own, due on its last day. See `targets.py` for the years.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from tumbuh.programme.rules.evidence import EvidenceRule, find_rule
from tumbuh.programme.rules.targets import TargetReading, YearTarget, list_year_targets
from tumbuh.programme.rules.words import Frequency, Per

TIERS = (Per.PROVINSI, Per.KABUPATEN, Per.KECAMATAN, Per.DESA)
COUNTED_REGIONS = {str(per.label): per for per in TIERS}


class Measure(models.TextChoices):
    """How achievement is computed; never typed."""

    COUNT = "COUNT", _("jumlah bukti")
    REGIONS = "REGIONS", _("jumlah wilayah yang mempunyai bukti")
    SHARE = "SHARE", _("persen wilayah yang mempunyai bukti")
    SYSTEM = "SYSTEM", _("sistem yang berjalan")
    CEILING = "CEILING", _("angka indikator, paling tinggi")


class Clause(NamedTuple):
    """An output or duty: its code, the parts of its target, and what proves each."""

    code: str
    targets: Sequence[TargetReading]
    rules: Sequence[EvidenceRule]


class Term(NamedTuple):
    """The years for which a regulation sets targets, and the regions of its province by level (numbers, ascending)."""

    first_year: int
    last_year: int
    regions: Mapping[Per, Sequence[int]]
    ceilings: Mapping[int, Decimal]  # of the prevalence, by year


class Planned(NamedTuple):
    """An obligation as the regulation has it. `starts`: the first year whose evidence counts.

    `tier`: set when a whole tier owes it together. `of`: the level of the regions counted by REGIONS and SHARE.
    """

    code: str
    part: int
    year: int
    starts: int
    due_on: date
    region_id: int
    tier: str
    measure: Measure
    quantity: Decimal
    unit: str
    of: str

    @property
    def key(self) -> str:
        """Stable across expansions: P1.S3.I2.K1/1/2029/1701012001, or …/DESA for a tier."""
        return f"{self.code}/{self.part}/{self.year}/{self.tier or self.region_id}"


def plan_obligations(clause: Clause, term: Term) -> Iterator[Planned]:
    """Every obligation that follows from an output or a duty."""
    for part, target in enumerate(clause.targets, 1):
        rule = find_rule(clause.rules, part)
        if rule is None:
            continue
        measure = find_measure(target, rule)
        for due in list_year_targets(target, term.first_year, term.last_year):
            for region_id, tier in list_units(target, measure, term):
                yield Planned(
                    code=clause.code,
                    part=part,
                    year=due.year,
                    starts=find_start(clause, target, due, rule, term),
                    due_on=date(due.year, 12, 31),
                    region_id=region_id,
                    tier=tier,
                    measure=measure,
                    quantity=find_quantity(due, measure, target, term),
                    unit=target.unit,
                    of=find_counted_level(target, measure),
                )


def find_measure(target: TargetReading, rule: EvidenceRule) -> Measure:
    """How the target is measured."""
    if rule.indicator:
        return Measure.CEILING
    if rule.system and not rule.kinds:
        return Measure.SYSTEM
    if target.unit == "%":
        return Measure.SHARE
    return Measure.REGIONS if target.per is None and target.unit in COUNTED_REGIONS else Measure.COUNT


def list_units(target: TargetReading, measure: Measure, term: Term) -> Iterator[tuple[int, str]]:
    """(region, tier) of each unit that owes the target; nobody here owes what is due from the nation."""
    [province] = term.regions[Per.PROVINSI]
    if target.per == Per.PUSAT:
        return
    if target.per == Per.TIER:
        yield from ((province, tier.value) for tier in TIERS)
    elif target.per is None or measure == Measure.SHARE:
        yield province, ""
    else:
        yield from ((region_id, "") for region_id in term.regions[target.per])


def find_start(clause: Clause, target: TargetReading, due: YearTarget, rule: EvidenceRule, term: Term) -> int:
    """The first year whose evidence counts: running totals reach back to the first year of their series."""
    if target.cumulative:
        series = [one for one in clause.targets if one.cumulative and (one.unit, one.per) == (target.unit, target.per)]
        return min(year for one in series for year in (*one.years, due.starts))
    if target.frequency == Frequency.ONCE and rule.counts_earlier:
        return term.first_year
    return due.starts


def find_quantity(due: YearTarget, measure: Measure, target: TargetReading, term: Term) -> Decimal:
    """What is needed; without a quantity any proof is enough, and no more regions than there are."""
    if measure == Measure.CEILING:
        return term.ceilings[due.year]
    quantity = Decimal(1) if due.quantity is None else due.quantity
    if measure == Measure.REGIONS:
        return min(quantity, Decimal(len(term.regions[COUNTED_REGIONS[target.unit]])))
    return quantity


def find_counted_level(target: TargetReading, measure: Measure) -> str:
    """The level of the regions that REGIONS and SHARE count; empty for the others."""
    if measure == Measure.REGIONS:
        return COUNTED_REGIONS[target.unit].value
    return target.per.value if measure == Measure.SHARE and target.per else ""
