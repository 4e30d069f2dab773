"""Bulk uploads of somebody, and the table to begin with."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from tumbuh.accounts.api import User
from tumbuh.documents.models import DocumentBatch
from tumbuh.documents.queries.kinds import list_kinds
from tumbuh.documents.rules import Reach
from tumbuh.documents.rules.table import COLUMNS
from tumbuh.lib.spreadsheets.api import create_workbook, write_cell
from tumbuh.regions.api import Level, Region, list_regions

WIDTHS = {"region_name": 32, "kind": 26, "title": 40, "number": 18, "file": 40}


def find_batch(user: User, public_id: UUID) -> DocumentBatch | None:
    """The user's own bulk upload, or None."""
    return list_batches(user).filter(public_id=public_id).first()


def list_batches(user: User) -> QuerySet[DocumentBatch]:
    """The user's own, the newest first."""
    return DocumentBatch.objects.filter(by_id=user.pk)


def list_template_regions(reach: Reach) -> list[Region]:
    """The desa where the user manages documents; where there are none, the regions themselves."""
    inside = list_regions().filter(reach.manage.q("pk"))
    return list(inside.filter(level=Level.DESA)) or list(inside)


def write_template(path: Path, reach: Reach, *, kind: str = "", year: int | None = None) -> None:
    """A workbook with a line for each region of the user, and the kinds on a second sheet."""
    with create_workbook(path) as book:
        bold = book.add_format({"bold": True, "bg_color": "#e4efe9"})
        sheet = book.add_worksheet("Dokumen")
        for column, (field, heading) in enumerate(COLUMNS.items()):
            sheet.set_column(column, column, WIDTHS.get(field, 14))
            write_cell(sheet, 0, column, heading, bold)
        for number, cells in enumerate(iterate_template(reach, kind, year), 1):
            for column, cell in enumerate(cells):
                write_cell(sheet, number, column, cell)
        sheet.freeze_panes(1, 0)
        kinds = book.add_worksheet("Jenis dokumen")
        kinds.set_column(0, 2, 40)
        for number, cells in enumerate([("kode", "jenis", "keterangan"), *iterate_kinds()]):
            for column, cell in enumerate(cells):
                write_cell(kinds, number, column, cell, None if number else bold)


def iterate_template(reach: Reach, kind: str, year: int | None) -> Iterator[tuple[str | int | None, ...]]:
    for region in list_template_regions(reach):
        yield region.code, region.full_name, kind, None, None, None, year


def iterate_kinds() -> Iterator[tuple[str, str, str]]:
    for kind in list_kinds().values():
        yield kind.code, kind.label, kind.description
