"""Keeping the scorecards of quarters current: the desa that changed, then everything above them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from tumbuh.accounts.api import whole_country
from tumbuh.engines.scorecard.api import count_people, first_of_quarter, read_content
from tumbuh.indicators.actions.refresh import FEW, TAKE_LOCKS, list_desas, merge_level
from tumbuh.indicators.actions.rollups import RollUp
from tumbuh.indicators.models import ScorecardQuarter
from tumbuh.indicators.queries.check import Difference, list_differences
from tumbuh.indicators.queries.lives import list_lives
from tumbuh.records.api import list_open_quarters
from tumbuh.regions.api import Level, Region

CHUNK = 50  # desa whose people are in memory together
LOCK = 0x7C312  # our class of advisory locks: one lock per quarter; always taken after those of months
# What plain Python counted goes to the database as one value; %(rows)s.
FRESH = """
SELECT region_id, month, reading, line, counts FROM jsonb_to_recordset(%(rows)s::jsonb)
    AS f(region_id bigint, month date, reading text, line text, counts integer[])
"""
SCORECARD = RollUp(
    table="indicators_scorecardcell",
    keys=("reading", "line"),
    arrays=("counts",),
    length=3,
    write_desa_query=lambda: FRESH,
    list_open_months=lambda: list(list_open_quarters()),
)


def refresh_scorecards(desa_months: Iterable[tuple[int, date]]) -> None:
    """Recount the quarters of these desa (region ids) and months, and everything above, in the caller's transaction.

    Where the quarter began to count or is read on another day than before, all desa are counted anew.
    """
    wanted: dict[date, set[int]] = defaultdict(set)
    for desa, month in desa_months:
        wanted[first_of_quarter(month)].add(desa)
    if not wanted:
        return
    with whole_country("roll-up"), transaction.atomic():
        lock_quarters(wanted)
        days, kept = list_open_quarters(), read_quarters()
        for first in sorted(wanted):
            is_everywhere = days.get(first) != kept.get(first)
            merge_quarter(first, days.get(first), list_desas() if is_everywhere else sorted(wanted[first]))
            keep_quarter(first, days.get(first))


def rebuild_scorecards(*, within: str | None = None) -> int:
    """All scorecards anew (of one region and everything above it: `within`); how many lines were written."""
    with whole_country("roll-up"), transaction.atomic():
        days = list_open_quarters()
        quarters = sorted({*days, *read_quarters()})
        lock_quarters(quarters)
        days, kept, written = list_open_quarters(), read_quarters(), 0
        for first in quarters:
            part = within if days.get(first) == kept.get(first) else None
            written += merge_quarter(first, days.get(first), list_desas(part))
            keep_quarter(first, days.get(first))
        return written


def check_scorecards() -> list[Difference]:
    """The lines that differ from a full rebuild: none, if all is well. Nothing is changed; writers wait meanwhile.

    Quarters that the worker has not counted yet are left out; run it when the queue is empty, or waiting jobs differ.
    """
    beside = f"{SCORECARD.table}_rebuilt"
    with whole_country("roll-up"), transaction.atomic(), connection.cursor() as cursor:
        lock_quarters({*list_open_quarters(), *read_quarters()})
        cursor.execute(f"CREATE TEMPORARY TABLE {beside} (LIKE {SCORECARD.table} INCLUDING ALL) ON COMMIT DROP")
        for first, read_on in read_quarters().items():
            merge_quarter(first, read_on, list_desas(), beside)
        differences = list_differences(SCORECARD.table, beside, keys=SCORECARD.keys, arrays=SCORECARD.arrays)
        cursor.execute(f"DROP TABLE {beside}")
        return differences


def lock_quarters(quarters: Iterable[date]) -> None:
    """Wait until no other transaction writes these quarters, in the order of time; held to the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_LOCKS, [LOCK, [first.year * 12 + first.month for first in quarters]])


def read_quarters() -> dict[date, date]:
    """Each quarter that is kept → the day on which it was read."""
    return dict(ScorecardQuarter.objects.values_list("first", "read_on"))


def keep_quarter(first: date, read_on: date | None) -> None:
    if read_on is None:
        ScorecardQuarter.objects.filter(first=first).delete()
    else:
        ScorecardQuarter.objects.update_or_create(first=first, defaults={"read_on": read_on})


def merge_quarter(first: date, read_on: date | None, desas: list[int], cell: str = SCORECARD.table) -> int:
    """Bring one quarter in line; how many lines were written. It is locked; `read_on` None: nothing counts in it."""
    few, written = len(desas) <= FEW, 0
    for start in range(0, len(desas), CHUNK):
        chunk = desas[start : start + CHUNK]
        rows = count_desas(chunk, first, read_on) if read_on else []
        parameters = {"regions": chunk, "months": [first], "level": int(Level.DESA), "rows": json.dumps(rows)}
        written += merge_level(SCORECARD, parameters, few=few, cell=cell)
    regions = desas
    for level in (Level.KECAMATAN, Level.KABUPATEN, Level.PROVINSI):
        regions = sorted(set(Region.objects.filter(pk__in=regions).values_list("parent_id", flat=True)) - {None})
        parameters = {"regions": regions, "months": [first], "level": int(level)}
        written += merge_level(SCORECARD, parameters, few=few, cell=cell)
    return written


def count_desas(desas: list[int], first: date, read_on: date) -> list[dict[str, object]]:
    """The lines of these desa as rows for the database."""
    by_desa = defaultdict(list)
    for life in list_lives(desas, first, read_on):
        by_desa[life.desa_id].append(life)
    return [
        {"region_id": desa, "month": first.isoformat(), "reading": reading, "line": line,
         "counts": [count.people, count.due, count.received]}
        for desa, lives in by_desa.items()
        for (reading, line), count in count_people(read_content(), lives).items()
    ]  # fmt: skip
