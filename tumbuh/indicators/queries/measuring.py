"""Grades of measurement quality, added up from the kept counts: posyandu, whoever recorded, whole regions."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tumbuh.engines.anthropometry.api import get_parameters
from tumbuh.engines.measuring.api import PLACES, WIDTH, Grade, grade_counts
from tumbuh.indicators.models import MeasuringCount
from tumbuh.indicators.queries.values import list_months
from tumbuh.regions.api import Level, Region, get_span

FIELDS = (
    "month", "counts", "desa_id", "desa__code", "desa__name", "desa__parent_id", "posyandu_id", "posyandu__name",
    "recorder_id", "recorder__first_name", "recorder__last_name", "recorder__username",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Graded:
    """Somebody or something with its grade of the months up to this one, and that of the month before.

    `key` is None where it is not known who or which posyandu it was. `visits`: of the month itself.
    """

    key: int | None
    name: str
    desa_code: str
    desa_name: str
    visits: int
    now: Grade
    before: Grade


@dataclass(frozen=True)
class Measuring:
    """The grades of a region and month; `parts` are the regions below, empty for a desa."""

    whole: Graded
    posyandu: list[Graded]
    recorders: list[Graded]
    parts: list[Graded]
    rules: dict[str, Any]


def read_measuring(region: Region, month: date) -> Measuring:
    """The grades of a region and its posyandu and recorders in a month; one query.

    Above a kecamatan the posyandu are left out: the regions below stand for them.
    """
    rules = get_parameters("measurement-quality", month)
    span = get_span(region.code)
    months = list_months(shift(month, -rules["months"]), month)
    found = MeasuringCount.objects.filter(desa_id__gte=span.low, desa_id__lte=span.high, month__in=months)
    rows = list(found.values(*FIELDS))

    def grade(key_of: Callable[[Row], Hashable], name_of: Callable[[Row], str] = lambda row: "") -> list[Graded]:
        return grade_rows(rows, months, rules, key_of, name_of)

    is_small = region.level >= Level.KECAMATAN
    whole = grade(lambda row: region.pk, lambda row: region.full_name)
    below = {Level.KABUPATEN: "desa__parent_id", Level.KECAMATAN: "desa_id"}.get(Level(region.level))
    return Measuring(
        whole[0] if whole else make_empty(region, rules),
        grade(lambda row: (row["desa_id"], row["posyandu_id"]), lambda row: row["posyandu__name"] or "")
        if is_small
        else [],
        grade(lambda row: row["recorder_id"], name_recorder) if is_small else [],
        grade(lambda row: row[below]) if below else [],
        rules,
    )


def grade_rows(
    rows: list[Row],
    months: list[date],
    rules: dict[str, Any],
    key_of: Callable[[Row], Hashable],
    name_of: Callable[[Row], str],
) -> list[Graded]:
    """One entry for each key, the worst first and those without a grade last; `months` begins one month earlier."""
    firsts: dict[Hashable, Row] = {}
    places: list[int] = []
    numbers: dict[Hashable, int] = {}
    for row in rows:
        key = key_of(row)
        firsts.setdefault(key, row)
        numbers.setdefault(key, len(numbers))
        places.append(numbers[key])
    sums = np.zeros((len(months), len(numbers), WIDTH), np.int64)
    if rows:
        np.add.at(
            sums, ([months.index(row["month"]) for row in rows], places), np.array([row["counts"] for row in rows])
        )
    now, before = sums[1:].sum(axis=0), sums[:-1].sum(axis=0)
    found = [
        Graded(
            key[-1] if isinstance(key, tuple) else key,
            name_of(row),
            row["desa__code"],
            row["desa__name"],
            int(sums[-1, place, PLACES["rows"]].sum()),
            grade_counts(now[place], rules),
            grade_counts(before[place], rules),
        )
        for place, (key, row) in enumerate(firsts.items())
    ]
    return sorted(found, key=lambda one: (one.now.points is None, one.now.points or 0, one.desa_code, one.name))


def name_recorder(row: Row) -> str:
    """As accounts show themselves: the full name, else the account's; "" where it is not known."""
    full = f"{row['recorder__first_name'] or ''} {row['recorder__last_name'] or ''}".strip()
    return full or row["recorder__username"] or ""


def make_empty(region: Region, rules: dict[str, Any]) -> Graded:
    nothing = grade_counts(np.zeros(WIDTH, np.int64), rules)
    return Graded(region.pk, region.full_name, region.code, region.name, 0, nothing, nothing)


def shift(month: date, by: int) -> date:
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)
