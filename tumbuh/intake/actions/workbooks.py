"""The workbook to correct: refused and waiting rows as they came, the faults noted in the cells, to be sent again."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tumbuh.intake.actions.formats import list_source_fields
from tumbuh.intake.actions.lines import SHEET_LENGTH
from tumbuh.intake.actions.reading import get_opener
from tumbuh.intake.models import Import, Row
from tumbuh.intake.rules import Outcome
from tumbuh.lib.spreadsheets.api import create_workbook, write_cell

STYLES = {
    "head": {"bold": True, "bg_color": "#0f5c4d", "font_color": "#ffffff", "text_wrap": True, "valign": "top"},
    "refuse": {"bg_color": "#f8d7d2"},
    "review": {"bg_color": "#fbe9bf"},
    "note": {"text_wrap": True, "valign": "top"},
}
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


def write_correction(job: Import, path: str | os.PathLike[str]) -> int:
    """Write the workbook to the path; how many rows it holds. Reading it again gives the same cells."""
    waiting = job.rows.filter(Q(outcome=Outcome.REFUSED) | Q(outcome=Outcome.NEEDS_REVIEW)).order_by("id")
    readings = {sheet["reading"]["sheet"]: sheet["reading"] for sheet in job.columns.get("sheets", [])}
    labels = {field.name: field.label for field in list_source_fields(job.source)}
    written = 0
    with create_workbook(path) as book:
        styles = {name: book.add_format(values) for name, values in STYLES.items()}
        for number, (name, reading) in enumerate(readings.items(), 1):
            rows = waiting.filter(sheet=name[:SHEET_LENGTH])
            if rows.exists():
                sheet = book.add_worksheet(f"{number} {name}".translate(FORBIDDEN_IN_NAMES)[:31])
                written += fill_sheet(sheet, reading, pair_cells(job, reading["sheet"], rows), styles, labels)
        if not written:
            book.add_worksheet(_("Tidak ada baris"))
    return written


def pair_cells(job: Import, sheet: str, rows: QuerySet[Row]) -> Iterator[tuple[Row, list[Any]]]:
    """The rows with their cells as the file had them, months of one line together."""
    waiting = merge_visits(rows.iterator(chunk_size=2000))
    row = next(waiting, None)
    for chunk in get_opener(job)():
        while row is not None and chunk.sheet == sheet and row.row < chunk.first_row + len(chunk.rows):
            yield row, chunk.rows[row.row - chunk.first_row]
            row = next(waiting, None)
        if row is None:
            return


def fill_sheet(
    sheet: Any,
    reading: dict[str, Any],
    rows: Iterable[tuple[Row, list[Any]]],
    styles: dict[str, Any],
    labels: dict[str, str],
) -> int:
    """Headings, rows and the column Catatan; how many rows."""
    columns = reading["columns"]
    width = max((column["index"] for column in columns), default=-1) + 1
    for column in columns:
        write_cell(sheet, 0, column["index"], column["heading"], styles["head"])
    write_cell(sheet, 0, width, "Catatan", styles["head"])
    sheet.freeze_panes(1, 0)
    sheet.set_column(width, width, 80)
    places = find_places(columns, labels)
    last = 0
    for line, (row, cells) in enumerate(rows, 1):
        fill_row(sheet, line, row, cells[:width], places, styles)
        write_notes(sheet, line, width, row, styles)
        last = line
    return last


def merge_visits(rows: Iterable[Row]) -> Iterator[Row]:
    """One line for each line of the sheet: months of one line are told together."""
    current: Row | None = None
    for row in rows:
        if current is not None and (current.sheet, current.row) == (row.sheet, row.row):
            current.reasons = [*current.reasons, *row.reasons]
            continue
        if current is not None:
            yield current
        current = row
    if current is not None:
        yield current


def find_places(columns: list[dict[str, Any]], labels: dict[str, str]) -> dict[str, int]:
    """Where a remark's column stands: by our label and by the heading as written."""
    places = {column["heading"]: column["index"] for column in reversed(columns)}
    places.update(
        {labels[column["field"]]: column["index"] for column in reversed(columns) if column["field"] in labels}
    )
    return places


def fill_row(sheet: Any, line: int, row: Row, cells: list[Any], places: dict[str, int], styles: dict[str, Any]) -> None:
    """The cells as they were, coloured where a remark stands, the remark beside them."""
    marked: dict[int, list[dict[str, Any]]] = {}
    for reason in row.reasons:
        if reason["column"] in places:
            marked.setdefault(places[reason["column"]], []).append(reason)
    for position, value in enumerate(cells):
        style = choose_style(marked.get(position, []), styles)
        write_cell(sheet, line, position, value, style)
    for position, reasons in marked.items():
        sheet.write_comment(line, position, "\n".join(reason["message"] for reason in reasons), {"x_scale": 2})


def write_notes(sheet: Any, line: int, width: int, row: Row, styles: dict[str, Any]) -> None:
    """All remarks in the last column."""
    notes = "\n".join(f"{reason['column']}: {reason['message']}" for reason in row.reasons)
    write_cell(sheet, line, width, notes, styles["note"])


def choose_style(reasons: list[dict[str, Any]], styles: dict[str, Any]) -> Any:
    levels = {reason["severity"] for reason in reasons}
    return styles["refuse"] if "refuse" in levels else styles["review"] if levels else None
