"""The frames between the reading child and its parent: a length, then JSON. Nothing in them can run code.

Dates travel as ISO texts, with a list of their places beside the rows.
"""

import json
import struct
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from tumbuh.lib.spreadsheets.types import Cell, Chunk, Row

LENGTH = struct.Struct("<I")
FRAME_BYTES = 64_000_000
EXACT = 10.0**15
MIDNIGHT = time()


def pack(message: dict[str, Any]) -> bytes:
    """One frame."""
    body = json.dumps(message, separators=(",", ":"), check_circular=False).encode("ascii")
    return LENGTH.pack(len(body)) + body


def clean_rows(rows: Iterable[list[Any]], longest: int) -> tuple[list[list[Any]], list[list[int]]]:
    """Rows of JSON values and the places [row, column] of dates. ValueError for a text longer than `longest`."""
    result: list[list[Any]] = []
    places: list[list[int]] = []
    for row in rows:
        line: list[Any] = []
        add = line.append
        for value in row:
            kind = type(value)
            if kind is str:
                if len(value) > longest:
                    raise ValueError(longest)
                add(value or None)
            elif kind is float:
                add(int(value) if value.is_integer() and -EXACT < value < EXACT else value)
            elif value is None or kind is int or kind is bool:
                add(value)
            else:
                text = clean_date(value)
                if isinstance(value, date):
                    places.append([len(result), len(line)])
                add(text)
        result.append(line)
    return result, places


def clean_date(value: date | datetime | time | timedelta) -> str:
    """ISO text; a moment at midnight is a date. Times and durations become plain texts."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.replace(tzinfo=None).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def unpack_chunk(message: dict[str, Any]) -> Chunk:
    """The chunk of a frame's message, dates put back in."""
    rows: list[Row] = message["rows"]
    for row, column in message["dates"]:
        rows[row][column] = read_date(rows[row][column])
    return Chunk(message["sheet"], message["hidden"], message["first"], rows, message["total"])


def read_date(text: Cell) -> Cell:
    """The date or datetime of an ISO text."""
    if not isinstance(text, str):
        raise ValueError(text)
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
