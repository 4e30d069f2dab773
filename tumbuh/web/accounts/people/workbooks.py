"""Workbooks that leave: the template for many accounts, and the list of invitations."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext

from tumbuh.accounts.api import COLUMNS, ROLES, Slip, propose_username
from tumbuh.lib.spreadsheets.api import Cell, create_workbook, write_cell
from tumbuh.regions.api import Region
from tumbuh.web.accounts.people.reach import name_role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (18, 34, 20, 32, 32, 26)


def write_template(regions: Iterable[Region]) -> bytes:
    """A line for each region: code and name, role, the proposed account name; name and address are for the reader."""
    role = ROLES["DESA_OPERATOR"].label
    rows = [
        (region.code, f"{region.full_name}, {region.parent.full_name}", role, None, None, propose_username(region.pk))
        for region in regions
    ]
    return write("Akun", COLUMNS, rows)


def write_slips(slips: Iterable[tuple[Slip, str]]) -> bytes:
    """A line for each invitation, with its link."""
    head = (
        gettext("Nama"), gettext("Nama akun"), gettext("Peran"), gettext("Wilayah"), gettext("Tautan"),
        gettext("Berlaku sampai"),
    )  # fmt: skip
    rows = [
        (slip.name, slip.username, name_role(slip.role), slip.place, link, timezone.localtime(slip.expires_at).date())
        for slip, link in slips
    ]
    return write(gettext("Undangan"), head, rows)


def write(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: a bold header that stays in sight, and the rows; nothing in it is a formula."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        with create_workbook(path) as book:
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            bold = book.add_format({"bold": True, "bottom": 1})
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width)
            for column, text in enumerate(head):
                write_cell(sheet, 0, column, text, bold)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    write_cell(sheet, number, column, value)
        return path.read_bytes()
