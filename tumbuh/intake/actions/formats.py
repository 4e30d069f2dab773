"""How the sheets of an upload are read: as e-PPGBM, or as one of the lists."""

from collections.abc import Sequence
from typing import Any

from tumbuh.intake.eppgbm.api import Field, SheetReading, guess_columns, list_fields, load_reading
from tumbuh.intake.sources.api import (
    EPPGBM,
    Learned,
    find_source,
    guess_list,
    guess_source,
    list_sources,
    load_list_reading,
    teach,
)

GUESS = "auto"  # the headings tell which source it is


def list_source_names() -> list[str]:
    """Every source by name, e-PPGBM first."""
    return [EPPGBM, *(source.name for source in list_sources())]


def guess_name(chosen: str, sheets: Sequence[Sequence[Sequence[Any]]], learned: Learned) -> str:
    """The source that was chosen, or the one that the first rows of the sheets fit best."""
    return guess_source(sheets, learned) if chosen == GUESS else chosen


def guess_reading(
    name: str, rows: Sequence[Sequence[Any]], *, sheet: str, first_row: int, learned: Learned
) -> SheetReading:
    source = find_source(name)
    if source is None:
        return guess_columns(rows, sheet=sheet, first_row=first_row)
    return guess_list(rows, teach(source, learned), sheet=sheet, first_row=first_row)


def load_confirmed(name: str, data: dict[str, Any]) -> SheetReading:
    """The reading that a user confirmed."""
    source = find_source(name)
    return load_reading(data) if source is None else load_list_reading(data, source)


def list_source_fields(name: str) -> tuple[Field, ...]:
    """The columns that a source knows."""
    source = find_source(name)
    return list_fields() if source is None else source.fields
