"""Workbooks that leave: the template for many accounts, and the list of invitations."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tumbuh.accounts.api import COLUMNS, ROLES, Serving, Slip, propose_username
from tumbuh.lib.spreadsheets.api import Cell, create_workbook, write_cell
from tumbuh.regions.api import Region
from tumbuh.web.accounts.people.reach import name_role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFERED = "Daftar instansi"
WIDTHS = (18, 34, 24, 34, 32, 32, 26)


def write_template(desa: Iterable[Region], kecamatan: Sequence[Region], suited: Mapping[int, list[Serving]]) -> bytes:
    """Sheets of desa without an operator and of kecamatan without a verifier: code, name, role, proposed account name.

    Where a kecamatan has one institution that suits it is written down, where it has several the cell offers them; a
    last sheet lists them all. `suited`: by the number of the kecamatan.
    """
    with open_book() as (content, book):
        sheet = add_sheet(book, "Akun", COLUMNS)
        write_rows(sheet, (describe_open("DESA_OPERATOR", region) for region in desa))
        if kecamatan:
            sheet = add_sheet(book, "Kecamatan", COLUMNS)
            write_rows(sheet, (describe_open("KECAMATAN_VERIFIER", one, suited[one.pk]) for one in kecamatan))
            offer(sheet, [len(suited[one.pk]) for one in kecamatan])
            listed = add_sheet(book, OFFERED, (COLUMNS[0], COLUMNS[1], COLUMNS[-1]))
            write_rows(
                listed, ((one.code, one.full_name, each.names[0]) for one in kecamatan for each in suited[one.pk])
            )
    return content.getvalue()


def describe_open(role: str, region: Region, suited: Sequence[Serving] = ()) -> Sequence[Cell]:
    """A line that waits for a name."""
    place = f"{region.full_name}, {region.parent.full_name}" if region.parent else region.full_name
    only = suited[0].names[0] if len(suited) == 1 else None
    return region.code, place, ROLES[role].label, None, None, propose_username(region.pk), only


def offer(sheet: Worksheet, counts: Sequence[int]) -> None:
    """Each line offers its institutions, which follow each other on the sheet of institutions."""
    start = 2
    for row, count in enumerate(counts, 1):
        if count > 1:
            source = f"='{OFFERED}'!$C${start}:$C${start + count - 1}"
            sheet.data_validation(row, 6, row, 6, {"validate": "list", "source": source, "error_type": "warning"})
        start += count


def write_slips(slips: Iterable[tuple[Slip, str, bool]]) -> bytes:
    """A line for each invitation, with its link, and whether it went by e-mail."""
    head = (
        gettext("Nama"), gettext("Nama akun"), gettext("Peran"), gettext("Wilayah"), gettext("Tautan"),
        gettext("Berlaku sampai"), gettext("Cara"),
    )  # fmt: skip
    ways = {True: gettext("lewat surel"), False: gettext("harus dicetak")}
    rows = [
        (
            slip.name, slip.username, name_role(slip.role), slip.place, link,
            timezone.localtime(slip.expires_at).date(), ways[is_mailed],
        )
        for slip, link, is_mailed in slips
    ]  # fmt: skip
    with open_book() as (content, book):
        write_rows(add_sheet(book, gettext("Undangan"), head), rows)
    return content.getvalue()


@contextmanager
def open_book() -> Iterator[tuple[BytesIO, Workbook]]:
    """A workbook, whose bytes are there when the block has ended; nothing in it is a formula."""
    content = BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        with create_workbook(path) as book:
            yield content, book
        content.write(path.read_bytes())


def add_sheet(book: Workbook, title: str, head: Sequence[str]) -> Worksheet:
    """A sheet with a bold header that stays in sight."""
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for column, text in enumerate(head):
        write_cell(sheet, 0, column, text, bold)
    return sheet


def write_rows(sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> None:
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            write_cell(sheet, number, column, value)
