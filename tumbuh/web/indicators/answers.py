"""What `tumbuh indicators` answers about scorecards, services and sets, as plain values for JSON."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from tumbuh.engines.scorecard.api import Count, Tables, make_tables, read_content, round_percent
from tumbuh.indicators.api import (
    IndicatorNotFound,
    ServiceValue,
    SetValue,
    find_rule,
    get_set,
    list_service_values,
    read_scorecard,
    read_set,
)
from tumbuh.regions.api import Region


def write_percent(value: Decimal | None) -> float | None:
    """With two decimals."""
    rounded = round_percent(value)
    return None if rounded is None else float(rounded)


def describe_scorecard(region: Region, first: date, reading: str) -> dict[str, Any]:
    """The five tables of a region and quarter."""
    kept = read_scorecard(region, first)
    tables = make_tables(read_content(), kept.counts, reading)
    return {
        "region": region.code,
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "read_on": kept.read_on and kept.read_on.isoformat(),
        "reading": reading,
        **describe_tables(tables),
    }


def describe_tables(tables: Tables) -> dict[str, Any]:
    return {
        "targets": {tally.code: people for tally, people in tables.targets},
        "mat": {tally.code: people for tally, people in tables.mat},
        "lines": [{"line": line.code, **describe_count(line.count)} for line in tables.lines],
        "totals": [
            {"group": total.group.code if total.group else "*", **describe_count(total.count)}
            for total in tables.totals
        ],
        "funds": [asdict(fund) for fund in tables.funds],
    }


def describe_count(count: Count) -> dict[str, Any]:
    return {**asdict(count), "percent": write_percent(count.percent)}


def describe_service(value: ServiceValue) -> dict[str, Any]:
    """A row of `values`, its indicator written KELOMPOK/LAYANAN."""
    return {
        "indicator": f"{value.target_group}/{value.service}",
        "region": value.region.code,
        "period": f"{value.month:%Y-%m}",
        "numerator": value.received,
        "denominator": value.due,
        "value": write_percent(value.percent),
        "only_missing": value.only_missing,
    }


def describe_item(chosen: str, value: SetValue) -> dict[str, Any]:
    """A row of `values`, its indicator written HIMPUNAN:NOMOR."""
    target = value.target
    return {
        "indicator": f"{chosen}:{value.item.number}",
        "region": value.region.code,
        "period": f"{value.month:%Y-%m}",
        "numerator": value.numerator,
        "denominator": value.denominator,
        "value": write_percent(value.percent),
        "target": str(target.value) if target else None,
        "gap": write_percent(value.gap),
    }


def describe_strata(strata: tuple[tuple[str, str, int, int], ...]) -> list[dict[str, Any]]:
    keys = ("sex", "poverty", "numerator", "denominator")
    return [dict(zip(keys, row, strict=True)) for row in strata]


def explain_service(code: str, region: Region, month: date) -> dict[str, Any]:
    """One service with its rule in force, its strata and its sources."""
    group, _, service = code.partition("/")
    rule = find_rule(group, service)
    value = list_service_values(group, service, [region], month)[0]
    return {
        **describe_service(value),
        "strata": describe_strata(value.strata),
        "versions": [asdict(version) for version in rule.versions] if rule else [],
        "sources": [asdict(source) for source in rule.service.sources] if rule else [],
    }


def explain_item(code: str, region: Region, month: date) -> dict[str, Any]:
    """One indicator of a set: what it is computed from, or why it is not."""
    chosen, _, number = code.partition(":")
    found = get_set(chosen)
    values = {str(one.item.number): one for one in read_set(found, [region], month)}
    if number not in values:
        raise IndicatorNotFound(f"Himpunan “{chosen}” tidak punya nomor “{number}”. Ada 1 sampai {len(values)}.")
    value = values[number]
    return {
        **describe_item(chosen, value),
        "name": value.item.name.id,
        "services": ["/".join(pair) for pair in value.item.services],
        "missing": asdict(value.item.missing) if value.item.missing else None,
        "strata": describe_strata(value.strata),
        "notes": [asdict(note) for note in value.item.notes],
        "sources": [asdict(source) for source in found.sources],
    }
