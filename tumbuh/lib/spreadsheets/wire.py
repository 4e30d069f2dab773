"""The frames between the reading child and its parent: a length, then JSON. Nothing in them can run code.

A frame is one line of JSON, for a chunk followed by its content: the rows, and the places of dates, which travel as
ISO texts. The content can be kept as it is and unpacked later.
"""

import json
import struct
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.types import Cell, Chunk, Packed, Row

LENGTH = struct.Struct("<I")
FRAME_BYTES = 64_000_000
EXACT = 10.0**15
MIDNIGHT = time()


encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def pack(message: dict[str, Any], content: Any = None) -> bytes:
    """One frame."""
    text = encode(message) if content is None else f"{encode(message)}\n{encode(content)}"
    body = text.encode("ascii")
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


def read_frame(message: dict[str, Any], content: bytes) -> Packed:
    """The chunk of a frame, its content still packed."""
    return Packed(
        message["sheet"], message["hidden"], message["first"], message["count"], message["total"], bytes(content)
    )


def unpack_chunk(packed: Packed) -> Chunk:
    """The chunk, dates put back in; SpreadsheetError for a content that no reader wrote."""
    try:
        rows: list[Row]
        rows, places = json.loads(packed.content)
        for row, column in places:
            rows[row][column] = read_date(rows[row][column])
        if len(rows) != packed.count:
            raise ValueError(packed.count)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise SpreadsheetError(ErrorCode.READER_DIED) from error
    return Chunk(packed.sheet, packed.is_hidden, packed.first_row, rows, packed.sheet_rows)


def read_date(text: Cell) -> Cell:
    """The date or datetime of an ISO text."""
    if not isinstance(text, str):
        raise ValueError(text)
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
