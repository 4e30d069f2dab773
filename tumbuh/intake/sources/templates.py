"""An empty list to fill in: the headings and one example line, which reading skips."""

import os

from tumbuh.intake.sources.books import Source
from tumbuh.lib.spreadsheets.api import create_workbook, write_cell

EXAMPLE = "contoh"
HEAD = {"bold": True, "bg_color": "#0f5c4d", "font_color": "#ffffff", "text_wrap": True, "valign": "top"}


def write_template(source: Source, path: str | os.PathLike[str]) -> None:
    """The workbook of a list. All cells are text, so that no NIK loses digits."""
    with create_workbook(path) as book:
        head, text = book.add_format(HEAD), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Daftar")
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(source.fields):
            sheet.set_column(column, column, 18, text)
            write_cell(sheet, 0, column, field.label, head)
        for column, field in enumerate(source.fields):  # row by row: the writer keeps no earlier row
            write_cell(sheet, 1, column, str(source.example.get(field.name, "")), text)
        notes = book.add_worksheet("Petunjuk")
        notes.set_column(0, 0, 100)
        for row, line in enumerate(list_notes(source)):
            write_cell(notes, row, 0, line, None)


def list_notes(source: Source) -> list[str]:
    return [
        source.title,
        source.note,
        "Baris CONTOH dilewati saat dibaca; boleh dihapus. Kolom tambahan boleh ada.",
        "Satu baris untuk satu desa. Tulis jumlah, bukan persen; kosong berarti tidak dilaporkan, bukan nol."
        if source.figures
        else "Tanggal: hari/bulan/tahun. Ya/tidak: v atau x. NIK dan nomor KK ditulis sebagai teks 16 digit.",
        "Tanpa kolom desa, pilih desanya saat mengunggah. Tanpa kolom tanggal, pilih bulan laporannya.",
    ]
