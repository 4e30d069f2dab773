"""Keeping the cells current: the desa that changed, then everything above them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction

from tumbuh.accounts.api import whole_country
from tumbuh.indicators.actions.copied import Engine, prepare_rollups
from tumbuh.indicators.actions.growth_cells import GROWTH
from tumbuh.indicators.actions.measuring import recount
from tumbuh.indicators.actions.rollups import RollUp
from tumbuh.indicators.actions.service_cells import SERVICES
from tumbuh.indicators.actions.statements import write_merge, write_replacement
from tumbuh.indicators.errors import IsolationError
from tumbuh.regions.api import Level, Region, get_span

ROLLUPS = (GROWTH, SERVICES)
FEW = 3  # desa and months up to which cells are compared one by one
MANY = 100  # desa beyond which months are computed one after the other
LOCK = 0x7C311  # our class of advisory locks: one lock per month
WITH_CELLS = (
    "SELECT m FROM unnest(%s::date[]) m WHERE EXISTS (SELECT 1 FROM {cell} c WHERE c.level = 1 AND c.month = m)"
)
RAISE_VERSIONS = """
INSERT INTO indicators_monthversion AS v (month, version)
SELECT month, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint FROM unnest(%s::date[]) AS u(month)
ON CONFLICT (month) DO UPDATE SET version = greatest(v.version + 1, excluded.version)
"""
TAKE_LOCKS = "SELECT pg_advisory_xact_lock(%s, k) FROM (SELECT unnest(%s::int[]) AS k ORDER BY 1 OFFSET 0) s"


def refresh_cells(desa_months: Iterable[tuple[int, date]]) -> list[date]:
    """Recompute the cells of these desa (region ids) and months, then of everything above, in the caller's transaction.

    It waits for other writers of the same months.
    The first measurement of a month brings the whole register of that month in, the last one's removal takes it out.
    Returns the months of which `fill_month` has yet to bring in the register where nothing was written.
    """
    wanted: dict[date, set[int]] = defaultdict(set)
    for desa, month in desa_months:
        wanted[month.replace(day=1)].add(desa)
    if not wanted:
        return []
    with whole_country("roll-up"), transaction.atomic():
        lock_months(wanted)
        late = {month for roll in ROLLUPS if roll.opens_late for month in list_opening(roll, wanted)}
        for roll in ROLLUPS:
            merge_months(roll, wanted)
        recount(wanted)
        raise_versions(wanted)
    return sorted(late)


def fill_month(month: date) -> int:
    """The register of a month where nothing was written yet, kabupaten by kabupaten; how many cells were written."""
    written = 0
    for kabupaten in Region.objects.filter(level=Level.KABUPATEN).order_by("pk"):
        with whole_country("roll-up"), transaction.atomic():
            lock_months([month])
            desas = list_desas(kabupaten.code)
            written += sum(merge_regions(roll, desas, [month]) for roll in ROLLUPS if roll.opens_late and desas)
            raise_versions([month])
    return written


def list_opening(roll: RollUp, wanted: Iterable[date]) -> set[date]:
    """Months that count from now on: they have no cells yet."""
    return set(wanted) & set(roll.list_open_months()) - list_known_months(roll, "", wanted)


def rebuild_cells(*, within: str | None = None, engine: Engine | None = None) -> int:
    """All cells anew from the records (of one region and everything above it: `within`); how many were written.

    `engine`: who counts; where it is not given the faster one, which is PostgreSQL for a part and a small register.
    """
    with whole_country("roll-up"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64MB'")  # sorts stay in memory
        months = list_all_months()
        lock_months(months)
        months |= list_all_months()
        lock_months(months)
        is_opening = any(list_opening(roll, months) for roll in ROLLUPS)
        desas = set(list_desas(None if is_opening else within))
        wanted = dict.fromkeys(sorted(months), desas)
        chosen = engine or (Engine.POSTGRESQL if within and not is_opening else None)
        written = sum(merge_months(roll, wanted) for roll in prepare_rollups(ROLLUPS, months, chosen))
        recount(wanted)
        raise_versions(months)
        return written


def list_all_months() -> set[date]:
    """Months that count or have cells."""
    return {month for roll in ROLLUPS for month in (*list_known_months(roll), *roll.list_open_months())}


def list_known_months(roll: RollUp, cell: str = "", among: Iterable[date] | None = None) -> set[date]:
    """Months that have cells; of `among`, where given."""
    with connection.cursor() as cursor:
        if among is None:
            cursor.execute(f"SELECT DISTINCT month FROM {cell or roll.table} WHERE level = 1")
        else:
            cursor.execute(WITH_CELLS.format(cell=cell or roll.table), [list(among)])
        return {month for (month,) in cursor.fetchall()}


def list_desas(within: str | None = None) -> list[int]:
    """Ids of all desa, the inactive too: children may still be registered there."""
    desas = Region.objects.filter(level=Level.DESA)
    if within is not None:
        desas = desas.filter(pk__range=tuple(get_span(within)))
    return list(desas.values_list("pk", flat=True))


def lock_months(months: Iterable[date]) -> None:
    """Wait until no other transaction writes cells of these months; held to the end of the transaction.

    Always taken in the order of time, so that two writers never wait for each other. The statements that follow see
    what the others committed, which needs PostgreSQL's default isolation level.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")  # the statements are long and touch little: compiling takes longer
        cursor.execute(TAKE_LOCKS, [LOCK, [month.year * 12 + month.month for month in months]])
        cursor.execute("SELECT current_setting('transaction_isolation')")
        if cursor.fetchone()[0] != "read committed":
            raise IsolationError("Angka hanya dapat dihitung pada isolasi “read committed”; ubah setelan basis data.")


def raise_versions(months: Iterable[date]) -> None:
    """Tell every reader, with this transaction's commit, that the months' cells may have changed. Months are locked."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE_VERSIONS, [sorted(months)])


def merge_months(roll: RollUp, wanted: Mapping[date, set[int]], cell: str = "") -> int:
    """Bring the cells in line, months with the same desa together; how many cells were written. Months are locked."""
    known, counting = list_known_months(roll, cell, wanted), set(roll.list_open_months())
    here = counting & set(wanted) if roll.opens_late else counting & known
    everywhere = [month for month in wanted if month not in here and month in known | counting]
    together: dict[frozenset[int], list[date]] = defaultdict(list)
    for month in sorted(here):
        together[frozenset(wanted[month])].append(month)
    if everywhere:
        together[frozenset(list_desas())] = sorted(everywhere)
    return sum(merge_regions(roll, sorted(desas), months, cell) for desas, months in together.items() if desas)


def merge_regions(roll: RollUp, desas: list[int], months: list[date], cell: str = "") -> int:
    """Recompute desa cells, then kecamatan, kabupaten and province above them; how many cells were written."""
    few = len(desas) * len(months) <= FEW
    regions, written = desas, 0
    for level in (Level.DESA, Level.KECAMATAN, Level.KABUPATEN, Level.PROVINSI):
        for chunk in [months] if len(desas) <= MANY else [[month] for month in months]:
            parameters = {"regions": regions, "months": chunk, "level": int(level)}
            written += merge_level(roll, parameters, few=few, cell=cell or roll.table)
        parents = Region.objects.filter(pk__in=regions).values_list("parent_id", flat=True)
        regions = sorted(set(parents) - {None})
    return written


def merge_level(roll: RollUp, parameters: dict[str, Any], *, few: bool, cell: str) -> int:
    """One level's cells; how many were written."""
    from_records = parameters["level"] == Level.DESA
    with connection.cursor() as cursor:
        if few:
            cursor.execute(write_merge(roll, from_records=from_records, cell=cell), parameters)
            return cursor.fetchone()[0]
        delete, insert = write_replacement(roll, from_records=from_records, cell=cell)
        cursor.execute(delete, parameters)
        cursor.execute(insert, parameters)
        return cursor.rowcount
