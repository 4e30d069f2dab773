"""What an analysis of the situation rests on: gaps in services, units below, children's growth, all of one month.

A picture holds only counts, codes and names of regions, so that it can be kept as it is when an analysis is concluded.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tumbuh.engines.convergence.api import EVERYBODY, read_content
from tumbuh.indicators.api import ServiceCount, Value, list_cells, list_complete_trend, list_counts, list_values
from tumbuh.programme.rules.situation import Need, Ranked, rank_needs
from tumbuh.regions.api import Level, Region
from tumbuh.verification.api import GROWTH as GROWTH_DATA
from tumbuh.verification.api import SERVICES, list_official

LEVELS = (Level.KABUPATEN, Level.KECAMATAN)
GROWTH = ("stunting", "wasting", "underweight")
DATA_SETS = (GROWTH_DATA, SERVICES)
MOST_WORST = 3
Picture = dict[str, Any]
Counts = dict[tuple[int, date], dict[str, ServiceCount]]


def list_years(region: Region) -> dict[int, date]:
    """Year → its newest month with figures of services, the newest year first; one query."""
    return {one.month.year: one.month for one in list_complete_trend(region)} if region.level in LEVELS else {}


def read_picture(region: Region, month: date) -> Picture:
    """The region's situation in that month, beside the level above and the month a year before; five queries."""
    before = month.replace(year=month.year - 1)
    units = list_units(region, month)
    ids = [region.pk, region.parent_id or region.pk, *(unit.region_id for unit in units)]
    counts = sort_counts(list_counts(ids, [month, before]))
    return {
        "month": month.isoformat(),
        "before": before.isoformat(),
        "is_official": bool(list_official([region.pk], [month], data_sets=DATA_SETS)),
        "gaps": list_gaps(region, month, before, counts, units),
        "units": rank_units(units, counts, month),
        **read_growth(region, month, before),
    }


def count_missing(region: Region, month: date) -> dict[str, int]:
    """GROUP/service → the people who miss it now; one query."""
    rows = list_counts([region.pk], [month])
    return {f"{row.target_group}/{row.service}": row.due - row.received for row in rows}


def list_units(region: Region, month: date) -> list[Value]:
    """The active regions right below in code order, with the stunting of their children."""
    return list_values(
        indicator="stunting", month=month, level=region.level + 1, within=region.code, official=frozenset()
    )


def sort_counts(rows: Sequence[ServiceCount]) -> Counts:
    """(region, month) → group/service → its counts."""
    found: Counts = {}
    for row in rows:
        found.setdefault((row.region_id, row.month), {})[f"{row.target_group}/{row.service}"] = row
    return found


def list_keys() -> list[str]:
    """Every group and service of its package in the order of the definitions, the complete packages last.

    What is counted beside the package says the same of the same people in another way: no gap of its own.
    """
    content = read_content()
    keys = ["/".join(rule.key) for rule in content.rules if rule.service.in_package]
    return keys + [f"{group.code}/{EVERYBODY}" for group in content.groups] + [f"{EVERYBODY}/{EVERYBODY}"]


def make_need(key: str, counts: Mapping[str, ServiceCount], name: str | None = None) -> Need:
    """Nothing at all of a month is not known; nobody of a known month is nobody."""
    row = counts.get(key)
    nobody = 0 if counts else None
    return Need(name or key, row.due if row else nobody, row.received if row else nobody)


def list_gaps(
    region: Region, month: date, before: date, counts: Counts, units: Sequence[Value]
) -> list[dict[str, Any]]:
    """Every service in the order of its gap, then the complete packages in theirs; those due to nobody left out."""
    own = counts.get((region.pk, month), {})
    above = counts.get((region.parent_id or 0, month), {})
    earlier = counts.get((region.pk, before), {})
    needs = [make_need(key, own) for key in list_keys()]
    services = rank_needs(need for need in needs if need.due and not need.key.endswith(EVERYBODY))
    packages = rank_needs(need for need in needs if need.due and need.key.endswith(EVERYBODY))
    return [
        {
            "key": one.need.key, **describe(one),
            "above": pair(above.get(one.need.key)), "before": pair(earlier.get(one.need.key)),
            "worst": list_worst(one.need.key, units, counts, month),
        }
        for one in [*services, *packages]
    ]  # fmt: skip


def describe(one: Ranked) -> dict[str, Any]:
    return {"rank": one.rank, "due": one.need.due, "received": one.need.received, "missing": one.need.missing}


def pair(row: ServiceCount | None) -> list[int] | None:
    return [row.received, row.due] if row else None


def list_worst(key: str, units: Sequence[Value], counts: Counts, month: date) -> list[dict[str, Any]]:
    """Up to three regions below in which most people miss the service."""
    names = {str(unit.region_id): unit for unit in units}
    needs = [make_need(key, counts.get((unit.region_id, month), {}), str(unit.region_id)) for unit in units]
    worst = [one for one in rank_needs(needs) if one.rank is not None][:MOST_WORST]
    return [
        {"code": names[one.need.key].region_code, "name": names[one.need.key].region_name, **describe(one)}
        for one in worst
    ]


def rank_units(units: Sequence[Value], counts: Counts, month: date) -> list[dict[str, Any]]:
    """The regions below by the people without the complete package, with the stunting of their children."""
    names = {str(unit.region_id): unit for unit in units}
    whole = f"{EVERYBODY}/{EVERYBODY}"
    needs = [make_need(whole, counts.get((unit.region_id, month), {}), str(unit.region_id)) for unit in units]
    rows = []
    for one in rank_needs(needs):
        unit = names[one.need.key]
        stunting = [unit.numerator, unit.denominator]
        rows.append({"code": unit.region_code, "name": unit.region_name, "stunting": stunting, **describe(one)})
    return rows


def read_growth(region: Region, month: date, before: date) -> dict[str, Any]:
    """Stunted, wasted and underweight children now and a year before, and stunting month by month; one query."""
    cells = [cell for cell in list_cells(region, before, month) if cell.indicator in GROWTH]
    found = {(cell.indicator, cell.month): [cell.numerator, cell.denominator] for cell in cells}
    months = sorted({cell.month for cell in cells})
    return {
        "growth": [
            {"indicator": name, "now": found.get((name, month)), "before": found.get((name, before))}
            for name in GROWTH
        ],
        "trend": [[at.isoformat(), *found.get(("stunting", at), [0, 0])] for at in months],
    }  # fmt: skip
