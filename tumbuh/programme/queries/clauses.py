"""Outputs and duties as clauses to be planned and measured, each as an official chose to read it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tumbuh.programme.models import Duty, Output, ReadingChoice, Regulation
from tumbuh.programme.rules import Clause, Frequency, Per, TargetReading, Term, read_rule
from tumbuh.regions.api import Level, get_number, list_regions

LEVELS = {
    Per.PROVINSI: Level.PROVINSI,
    Per.KABUPATEN: Level.KABUPATEN,
    Per.KECAMATAN: Level.KECAMATAN,
    Per.DESA: Level.DESA,
}
PER = {level: per for per, level in LEVELS.items()}


@dataclass(frozen=True)
class Source:
    """Where a clause comes from: an output or a duty, its pillar (0: the articles), and whether it is counted here."""

    clause: Clause
    output_id: int | None
    duty_id: int | None
    pillar: int
    counts: bool


def list_sources(regulation: Regulation, codes: Collection[str] | None = None) -> list[Source]:
    """Every output and duty of a regulation, or those with these codes, in document order; four queries."""
    chosen = list_chosen_targets(regulation)
    outputs = regulation.outputs.select_related("instrument__strategy__pillar").prefetch_related("targets")
    duties = regulation.duties.all()
    if codes is not None:
        outputs, duties = outputs.filter(code__in=list(codes)), duties.filter(code__in=list(codes))
    return [*(read_output(output, chosen) for output in outputs), *map(read_duty, duties)]


def read_output(output: Output, chosen: Mapping[str, list[TargetReading]]) -> Source:
    targets = chosen.get(output.code) or [target.as_read for target in output.targets.all()]
    rules = [read_rule(entry) for entry in output.evidence]
    pillar = output.instrument.strategy.pillar.number
    return Source(Clause(output.code, targets, rules), output.pk, None, pillar, output.counted_with_id is None)


def read_duty(duty: Duty) -> Source:
    return Source(Clause(duty.code, [duty.as_read], [read_rule(duty.evidence)]), None, duty.pk, 0, True)


def list_chosen_targets(regulation: Regulation) -> dict[str, list[TargetReading]]:
    """Output code → the targets of the alternative chosen last, for outputs that are read otherwise than by us."""
    newest: dict[int, ReadingChoice] = {}
    for choice in ReadingChoice.objects.filter(interpretation__regulation=regulation).select_related("interpretation"):
        newest.setdefault(choice.interpretation_id, choice)
    found: dict[str, list[TargetReading]] = {}
    for choice in newest.values():
        for other in choice.interpretation.alternatives:
            if other["id"] == choice.alternative:
                found |= {code: [read_target(one) for one in targets] for code, targets in other["targets"].items()}
    return found


def read_target(entry: Mapping[str, Any]) -> TargetReading:
    """A target of an alternative, kept in the words of the folder."""
    per = next((per for per in Per if per.label == entry["per"]), None)
    frequency = next(one for one in Frequency if one.label == entry["frequency"])
    quantity = entry["quantity"]
    return TargetReading(
        tuple(entry["years"]), None if quantity is None else Decimal(quantity), entry["unit"], per, frequency,
        entry["at_least"], entry["cumulative"],
    )  # fmt: skip


def get_term(regulation: Regulation) -> Term:
    """The regulation's years, the active regions of its province by level, and its prevalence targets; two queries."""
    province = get_number(regulation.province_code)
    regions: dict[Per, list[int]] = {per: [] for per in LEVELS}
    active = list_regions(within=regulation.province_code).filter(is_active=True).order_by("pk")
    for number, level in active.values_list("pk", "level"):
        regions[PER[Level(level)]].append(number)
    regions[Per.PROVINSI] = [province]
    ceilings = {target.year: target.percent for target in regulation.prevalence_targets.all()}
    return Term(regulation.first_year, regulation.last_year, regions, ceilings)
