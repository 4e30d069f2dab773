"""Which list a sheet is, where its header row is and what each column means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tumbuh.intake.eppgbm.fields import fold_heading, get_labels, match_heading
from tumbuh.intake.eppgbm.headings import SEARCHED_ROWS, find_header, guess_columns, list_headings
from tumbuh.intake.eppgbm.texts import clean_text
from tumbuh.intake.eppgbm.types import Column, Layout, SheetReading
from tumbuh.intake.sources.books import EPPGBM, Source, list_sources
from tumbuh.lib.spreadsheets.api import Cell

LEAST_FIELDS = 2
OWN_WORDS = 0.05  # of two lists that know a heading, the one that writes it so itself
Rows = Sequence[Sequence[Cell]]
Learned = Mapping[str, Mapping[str, str]]  # source → folded heading → field


def guess_list(rows: Rows, source: Source, *, sheet: str = "", first_row: int = 1) -> SheetReading:
    """The best reading of a sheet as this list; Layout.NONE when no row looks like its header."""
    score, number, height, columns = find_header(rows, lambda headings: name_columns(headings, source), get_confidence)
    if source.figures and not score:
        number, height, columns = find_widest(rows, source)
    if not columns or (score < LEAST_FIELDS and not source.figures):
        return SheetReading(Layout.NONE, sheet)
    after = number + height
    columns = repair_shift(columns, rows[after:], source)
    return settle(SheetReading(Layout.LIST, sheet, first_row + number, first_row + after, columns), source)


def find_widest(rows: Rows, source: Source) -> tuple[int, int, tuple[Column, ...]]:
    """Where no heading is known: the row with the most texts, for an official to say what they mean."""
    texts = [sum(isinstance(cell, str) and bool(clean_text(cell)) for cell in row) for row in rows[:SEARCHED_ROWS]]
    if max(texts, default=0) < LEAST_FIELDS:
        return 0, 1, ()
    number = texts.index(max(texts))
    return number, 1, name_columns(list_headings(rows[number]), source)


def get_confidence(columns: Sequence[Column]) -> float:
    return sum(column.confidence for column in columns)


def name_columns(headings: list[str], source: Source) -> tuple[Column, ...]:
    """A field for each heading; of several columns that claim one field the surest, then the leftmost, keeps it."""
    columns = [Column(index, text, *match_heading(text, source.spellings)) for index, text in enumerate(headings)]
    if source.figures:  # one digit makes another age of it: a heading that is only alike means nothing
        columns = [
            column if column.confidence == 1 else column._replace(field="", confidence=0.0) for column in columns
        ]
    owners: dict[str, Column] = {}
    for column in sorted(columns, key=lambda column: (-column.confidence, column.index)):
        owners.setdefault(column.field, column)
    return tuple(
        column if owners[column.field] is column else column._replace(field="", confidence=0.0) for column in columns
    )


def repair_shift(columns: tuple[Column, ...], rows: Rows, source: Source) -> tuple[Column, ...]:
    """Put back a heading that the program leaves out: seen where values stand beyond the last heading."""
    places = {column.field: column.index for column in columns}
    shift = source.shift
    if shift is None or shift.missing in places or shift.before not in places:
        return columns
    width = max(column.index for column in columns if column.heading) + 1
    if not any(clean_text(cell) for row in rows for cell in row[width : width + 1]):
        return columns
    start = places[shift.before]
    kept = [column for column in columns if column.index < width]
    moved = [column._replace(index=column.index + (column.index >= start)) for column in kept]
    return tuple(
        sorted(
            [*moved, Column(start, source.labels[shift.missing], shift.missing, 0.9)], key=lambda column: column.index
        )
    )


def settle(reading: SheetReading, source: Source) -> SheetReading:
    """The reading with what is missing worked out; unknown fields are extra columns."""
    columns: list[Column] = []
    taken: set[str] = set()
    for column in reading.columns:
        is_good = column.field in source.labels and column.field not in taken
        columns.append(column if is_good else column._replace(field="", confidence=0.0, visit=0))
        taken |= {column.field}
    fields = {column.field for column in columns} - {""}
    missing = tuple(choice[0] for choice in source.needs if not fields & set(choice))
    kept = tuple(column for column in columns if column.heading or column.field)
    return replace(reading, columns=kept, missing=missing, doubled=())


def load_list_reading(data: dict[str, Any], source: Source) -> SheetReading:
    """The reading that a user confirmed."""
    columns = tuple(Column(**column) for column in data["columns"])
    layout = Layout.LIST if columns else Layout.NONE
    reading = SheetReading(layout, data["sheet"], int(data["header_row"]), int(data["first_data_row"]), columns)
    return settle(reading, source)


def guess_source(sheets: Sequence[Rows], learned: Learned | None = None) -> str:
    """The name of the list that the sheets fit best; e-PPGBM where nothing fits better."""
    best = (max((rate(guess_columns(rows), get_labels()) for rows in sheets), default=0.0), EPPGBM)
    for source in list_sources():
        source = teach(source, learned)
        score = max((rate(guess_list(rows, source), source.labels) for rows in sheets), default=0.0)
        if score > best[0]:
            best = (score, source.name)
    return best[1]


def teach(source: Source, learned: Learned | None) -> Source:
    """The source with what officials explained of its headings."""
    known = (learned or {}).get(source.name)
    return replace(source, learned=known) if known else source


def rate(reading: SheetReading, labels: Mapping[str, str]) -> float:
    """How sure a reading is: the sum of its columns' confidence; 0 when something needed is missing."""
    if not reading.is_usable:
        return 0.0
    own = sum(fold_heading(column.heading) == fold_heading(labels.get(column.field, "")) for column in reading.columns)
    return sum(column.confidence for column in reading.columns) + OWN_WORDS * own
