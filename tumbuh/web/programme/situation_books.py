"""The workbook of an analysis of the situation, as it is handed to those who plan."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tumbuh.lib.spreadsheets.api import Cell, create_workbook, write_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterator[list[Cell]]


def write_book(page: dict[str, Any]) -> bytes:
    """Four sheets: summary, gaps, units, barriers; nothing in them is a formula."""
    sheets = [
        (_("Ringkasan"), list_summary(page)), (_("Kesenjangan"), list_gaps(page)),
        (_("Wilayah"), list_units(page)), (_("Hambatan"), list_barriers(page)),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "analisis-situasi.xlsx"
        with create_workbook(path) as book:
            bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
            for name, rows in sheets:
                sheet = book.add_worksheet(name)
                sheet.freeze_panes(1, 0)
                sheet.set_column(0, 12, 22)
                for number, row in enumerate(rows):
                    for column, value in enumerate(row):
                        write_cell(sheet, number, column, value, *([] if number else [bold]))
        return path.read_bytes()


def list_summary(page: dict[str, Any]) -> Rows:
    concluded = page["concluded"]
    yield [_("Hal"), _("Isi")]
    yield [_("Wilayah"), f"{page['region'].full_name} ({page['region'].code})"]
    yield [_("Tahun"), page["year"]]
    yield [_("Bulan angka"), f"{page['month']:%Y-%m}"]
    yield [_("Status angka"), _("resmi") if page["picture"]["is_official"] else _("sementara")]
    yield [_("Disimpulkan"), f"{concluded.concluded_at:%Y-%m-%d}" if concluded else _("belum disimpulkan")]
    yield [_("Ringkasan"), page["sentence"]]
    for row in page["growth"]:
        yield [row["title"], *say_pair(row["now"])]
    for at, number, of, _share in page["trend"]:
        yield [f"{_('Stunting')} {at:%Y-%m}", *say_pair([number, of])]


def say_pair(pair: list[int] | None) -> list[Cell]:
    """Percent, part, whole."""
    return [round(100 * pair[0] / pair[1], 2), *pair] if pair and pair[1] else [_("belum ada data")]


def list_gaps(page: dict[str, Any]) -> Rows:
    yield [
        _("Urutan"), _("Kelompok"), _("Layanan"), _("Seharusnya"), _("Diterima"), _("Belum"), _("Persen"),
        _("Persen wilayah di atas"), _("Persen setahun lalu"), _("Terburuk di"),
    ]  # fmt: skip
    for gap in page["gaps"]:
        shares = [gap["share"], gap["above_share"], gap["before_share"]]
        yield [
            gap["rank"], gap["group"], gap["title"], gap["due"], gap["received"], gap["missing"],
            *(None if one is None else round(float(one), 2) for one in shares),
            "; ".join(f"{one['name']} ({one['missing']})" for one in gap["worst"]),
        ]  # fmt: skip


def list_units(page: dict[str, Any]) -> Rows:
    yield [
        _("Urutan"), _("Kode wilayah"), _("Wilayah"), _("Orang"), _("Lengkap"), _("Belum lengkap"), _("Anak stunting"),
        _("Anak diukur"),
    ]  # fmt: skip
    for one in page["units"]:
        yield [one["rank"], one["code"], one["name"], one["due"], one["received"], one["missing"], *one["stunting"]]


def list_barriers(page: dict[str, Any]) -> Rows:
    yield [
        _("Kelompok"), _("Layanan"), _("Jenis hambatan"), _("Uraian"), _("Sumber atau bukti"), _("Usul tindakan"),
        _("Penanggung jawab"),
    ]  # fmt: skip
    for one in page["barriers"]:
        yield [one[name] for name in
               ("group", "title", "kind_name", "text", "evidence", "proposal", "institution")]  # fmt: skip
