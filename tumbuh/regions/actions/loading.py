"""Taking in a list of regions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.errors import ManyRemovalsError, RegionFileError
from tumbuh.regions.models import Region
from tumbuh.regions.rules import (
    Counts,
    Kind,
    LoadReport,
    RegionRow,
    Stored,
    compare_rows,
    count_rows,
    find_enclosing,
    get_kind,
    get_level,
    get_number,
    get_parent_code,
    get_span,
    list_count_problems,
    list_roots,
    list_row_problems,
)

BATCH = 5000
MOST_REMOVED_SHARE = 0.1
LOCK = 7_306_001  # one list at a time
STORED_FIELDS = ("name", "kind", "postal_code", "legal_basis", "is_active", "is_local")


@transaction.atomic
def load_regions(
    *,
    by: Actor,
    rows: Iterable[RegionRow],
    expected: Mapping[str, Counts] | None = None,
    allow_removals: bool = False,
) -> LoadReport:
    """Make the stored regions equal to a list, and say what changed.

    The list speaks for everything below its topmost rows: what it lacks there is deactivated, never deleted; what it
    has again is reactivated; units that the province added itself stay. `expected` gives counts by province code, or
    by "" for the whole list. RegionFileError names every line that is wrong; ManyRemovalsError stops a list that
    lacks more than a tenth of the stored regions unless `allow_removals`. Nothing is written when an error is raised.
    """
    listed = list(rows)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    check_rows(listed, expected or {})
    wanted = {row.code: row._replace(kind=row.kind or get_kind(row.code)) for row in listed}
    stored = read_stored(list_roots(wanted))
    report = compare_rows(wanted, stored)
    check_removals(report, stored, allow_removals)
    write_rows(wanted, report)
    record_event(
        by=by, action="regions.load", object_kind="Region", object_id="*", after=report.counts,
        region_id=find_enclosing(get_number(code) for code in {*wanted, *stored}),
    )  # fmt: skip
    return report


def read_stored(roots: list[str]) -> dict[str, Stored]:
    """Code → what is stored, for the regions with these codes and all below them."""
    condition = Q(pk__in=[])
    for province in {code[:2] for code in roots}:
        span = get_span(province)
        condition |= Q(pk__range=(span.low, span.high))
    stored = Region.objects.filter(condition).values_list("code", *STORED_FIELDS)
    inside = set(roots)
    return {code: Stored(*values) for code, *values in stored.iterator() if is_below(code, inside)}


def is_below(code: str, roots: set[str]) -> bool:
    """Whether the code or one above it is among the roots."""
    return any(code[:length] in roots for length in (2, 5, 8, 13) if length <= len(code))


def check_rows(rows: list[RegionRow], expected: Mapping[str, Counts]) -> None:
    """RegionFileError when the list itself is wrong."""
    if not rows:
        raise RegionFileError(["Daftar wilayah kosong. Periksa berkas atau kode provinsinya."])
    above = {row.code.rpartition(".")[0] for row in rows} - {row.code for row in rows}
    known = Region.objects.filter(code__in=above, is_active=True).values_list("code", flat=True)
    problems = list_row_problems(rows, set(known))
    for code, counts in expected.items():
        part = [row for row in rows if row.code == code or row.code.startswith(f"{code}.")] if code else rows
        if not problems:
            problems += list_count_problems(
                count_rows(part), counts, f"Provinsi {code}" if code else "Seluruh Indonesia"
            )
    if problems:
        raise RegionFileError(problems)


def check_removals(report: LoadReport, stored: Mapping[str, Stored], allow: bool) -> None:
    """ManyRemovalsError when the list lacks suspiciously much."""
    active = sum(old.is_active for old in stored.values())
    if not allow and len(report.deactivated) > max(1, active * MOST_REMOVED_SHARE):
        raise ManyRemovalsError(
            f"Daftar ini tidak memuat {len(report.deactivated)} dari {active} wilayah yang aktif; mungkin terpotong. "
            "Tidak ada yang diubah. Bila memang benar, ulangi dengan --allow-removals."
        )


def write_rows(wanted: Mapping[str, RegionRow], report: LoadReport) -> None:
    """Write the difference, parents before children."""
    added = [make_region(wanted[code]) for code in sorted(report.added, key=get_number)]
    Region.objects.bulk_create(added, batch_size=BATCH)
    replaced = [code for code, _, _ in report.renamed + report.changed_kind]
    changed = {*replaced, *report.reactivated, *report.updated}
    if changed:
        kept = {region.code: region for region in Region.objects.filter(code__in=changed)}
        for code, region in kept.items():
            apply_row(region, wanted[code])
        Region.objects.bulk_update(kept.values(), STORED_FIELDS, batch_size=1000)
    ids = [get_number(code) for code in report.deactivated]
    Region.objects.filter(pk__in=ids).update(is_active=False)


def make_region(row: RegionRow, **more: Any) -> Region:
    """A new region, not yet saved."""
    parent = get_parent_code(row.code)
    return Region(
        id=get_number(row.code),
        code=row.code,
        name=row.name,
        level=get_level(row.code),
        kind=Kind(row.kind or get_kind(row.code)),
        parent_id=get_number(parent) if parent else None,
        postal_code=row.postal_code,
        legal_basis=row.legal_basis,
        **more,
    )


def apply_row(region: Region, row: RegionRow) -> None:
    """The row's content put into a stored region, which is then one of the list and active."""
    region.name, region.kind = row.name, row.kind
    region.postal_code = row.postal_code or region.postal_code
    region.legal_basis = row.legal_basis or region.legal_basis
    region.is_active, region.is_local = True, False
