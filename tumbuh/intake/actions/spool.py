"""What the reader gave, kept beside the upload so that the file is opened only once. Only this user can read it."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from tumbuh.lib.spreadsheets.api import Chunk


def get_path(stored_as: str) -> Path:
    """Where the upload itself lies."""
    return Path(settings.MEDIA_ROOT) / stored_as


def get_spool(stored_as: str) -> Path:
    return get_path(stored_as).with_suffix(".rows")


def write_spool(path: Path, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Pass the chunks on and write each down; the file appears only when all are there."""
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        for chunk in chunks:
            line = [chunk.sheet, chunk.is_hidden, chunk.first_row, chunk.sheet_rows, chunk.rows]
            file.write(json.dumps(line, separators=(",", ":"), default=encode_date, check_circular=False))
            file.write("\n")
            yield chunk
    partial.replace(path)


def read_spool(path: Path) -> Iterator[Chunk]:
    """The chunks again."""
    with path.open(encoding="ascii") as file:
        for line in file:
            sheet, is_hidden, first_row, sheet_rows, rows = json.loads(line, object_hook=decode_date)
            yield Chunk(sheet, is_hidden, first_row, rows, sheet_rows)


def encode_date(value: Any) -> dict[str, str]:
    """A date as {"d": …}, a moment as {"t": …}."""
    return {"t" if isinstance(value, datetime) else "d": value.isoformat()}


def decode_date(value: dict[str, str]) -> Any:
    """The reverse of encode_date."""
    if "d" in value:
        return date.fromisoformat(value["d"])
    return datetime.fromisoformat(value["t"]) if "t" in value else value


def remove_files(stored_as: str, *, only_spool: bool = False) -> None:
    """Delete the spool, and the upload itself unless told otherwise."""
    get_spool(stored_as).unlink(missing_ok=True)
    get_spool(stored_as).with_suffix(".partial").unlink(missing_ok=True)
    if not only_spool:
        get_path(stored_as).unlink(missing_ok=True)
