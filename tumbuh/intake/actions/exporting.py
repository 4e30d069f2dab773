"""Sheets that leave: each reading of people is an event with its purpose."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.accounts.api import READ_PEOPLE, Scope, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.intake.errors import IntakeError, NotAllowedError
from tumbuh.intake.queries.sheets import (
    Table,
    list_action_sheet,
    list_children_sheet,
    list_pregnant_sheet,
    list_targets_sheet,
)
from tumbuh.lib.spreadsheets.api import create_workbook, write_cell
from tumbuh.regions.api import Level, Region


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet; `level` is the highest level of region that it is made for."""

    name: str
    title: str
    level: Level
    rows: Callable[[Scope, Region, date], Table]


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet("eppgbm", gettext_lazy("e-PPGBM: pengukuran sebulan sebuah desa"), Level.DESA, list_children_sheet),
        Sheet(
            "kpm-2a", gettext_lazy("KPM formulir 2A: ibu hamil sebulan sebuah desa"), Level.DESA, list_pregnant_sheet
        ),
        Sheet("kpm-1", gettext_lazy("KPM formulir 1: rekap sasaran sebuah desa"), Level.DESA, list_targets_sheet),
        Sheet(
            "aksi-bangda", gettext_lazy("Web Aksi Bangda: data sasaran per desa"), Level.KABUPATEN, list_action_sheet
        ),
    )
}


class SheetError(IntakeError):
    """A sheet that is not made for that region, or without a purpose."""

    code = "SHEET"


def list_sheets(region: Region) -> list[Sheet]:
    """The sheets that are made for a region of this level."""
    return [sheet for sheet in SHEETS.values() if region.level >= sheet.level]


@transaction.atomic
def export_sheet(
    *, by: User, name: str, region: Region, month: date, purpose: str, path: str | os.PathLike[str]
) -> int:
    """Write the workbook of a region and month to the path; how many lines it has below the headings."""
    scope, sheet = get_scope(by, READ_PEOPLE), SHEETS.get(name)
    if not all(scope.contains(end) for end in (region.pk, *region.span)):
        raise NotAllowedError
    if sheet is None or sheet not in list_sheets(region):
        raise SheetError(_("Lembar itu tidak dibuat untuk wilayah ini. Pilih lembar lain, atau wilayah di bawahnya."))
    if not purpose.strip():
        raise SheetError(_("Keperluannya belum ditulis. Tulis untuk apa lembar ini dibuat."))
    lines = write_table(sheet, sheet.rows(scope, region, month.replace(day=1)), path)
    record_event(
        by=by, action="intake.sheet.exported", object_kind="region", object_id=region.code, region_id=region.pk,
        reason=purpose.strip(), after={"sheet": name, "month": month.strftime("%Y-%m"), "lines": lines},
    )  # fmt: skip
    return lines


def write_table(sheet: Sheet, rows: Table, path: str | os.PathLike[str]) -> int:
    with create_workbook(path) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        number = 0
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                style = head if number == 0 else days if isinstance(value, date) else None
                write_cell(page, number, column, value, style)
    return number
