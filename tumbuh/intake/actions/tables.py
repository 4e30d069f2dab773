"""The sheets of an upload as lines: one sheet, months side by side, or children and visits on two sheets."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from tumbuh.intake.actions.lines import Line
from tumbuh.intake.eppgbm.api import (
    Kind,
    Layout,
    ParsedRow,
    SheetReading,
    join_base,
    load_reading,
    read_row,
    split_visits,
)
from tumbuh.lib.spreadsheets.api import Chunk

Bases = dict[tuple[str, ...], ParsedRow]


def read_lines(
    sheets: list[dict[str, Any]], chunks: Callable[[], Iterable[Chunk]], today: date, skipped: dict[str, int]
) -> Iterator[tuple[list[Line], int]]:
    """Batches of lines with the number of rows read for them. `skipped` counts lines that hold no data, by kind."""
    readings = {sheet["reading"]["sheet"]: load_reading(sheet["reading"]) for sheet in sheets if sheet["use"]}
    bases: Bases = {}
    if any(reading.layout is Layout.BASE for reading in readings.values()):
        bases = read_bases(readings, chunks(), today)
    parts = {name: split_visits(reading) for name, reading in readings.items() if reading.layout is not Layout.BASE}
    for chunk in chunks():
        if chunk.sheet in parts:
            lines = read_chunk(chunk, parts[chunk.sheet], today, skipped)
            for line in lines:
                if readings[chunk.sheet].layout is Layout.VISITS:
                    line.parsed = join_child(bases, line.parsed)
            yield lines, len(chunk.rows)
        elif chunk.sheet in readings:
            yield [], len(chunk.rows)


def read_chunk(chunk: Chunk, parts: tuple[SheetReading, ...], today: date, skipped: dict[str, int]) -> list[Line]:
    """The lines of a chunk; in the monthly layout one for each month that has values."""
    lines = []
    is_monthly = len(parts) > 1
    for number, cells in enumerate(chunk.rows, chunk.first_row):
        for visit, reading in enumerate(parts, 1):
            if number < reading.first_data_row:
                continue
            parsed = read_row(cells, reading, today=today)
            if parsed.kind is Kind.DATA:
                lines.append(Line(chunk.sheet, number, visit if is_monthly else 0, parsed))
            elif visit == 1:
                skipped[parsed.kind.value] = skipped.get(parsed.kind.value, 0) + 1
    return lines


def read_bases(readings: dict[str, SheetReading], chunks: Iterable[Chunk], today: date) -> Bases:
    """The children of the base sheets, found by NIK and by name with birth date."""
    bases: Bases = {}
    for chunk in chunks:
        reading = readings.get(chunk.sheet)
        if reading is not None and reading.layout is Layout.BASE:
            for line in read_chunk(chunk, (reading,), today, {}):
                for key in list_keys(line.parsed):
                    bases.setdefault(key, line.parsed)
    return bases


def list_keys(parsed: ParsedRow) -> list[tuple[str, ...]]:
    """By what a child of the base sheet is found, the surest first."""
    keys: list[tuple[str, ...]] = [("nik", parsed.nik)] if parsed.nik else []
    return [*keys, ("name", parsed.name_key)] if parsed.name_key else keys


def join_child(bases: Bases, visit: ParsedRow) -> ParsedRow:
    """The visit with its child; without one it stays as it is, and its gaps refuse it."""
    for key in list_keys(visit):
        if key in bases:
            return join_base(bases[key], visit)
    return join_base(ParsedRow(), visit)
