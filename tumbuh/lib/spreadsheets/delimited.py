"""Delimited text: which encoding, which separator, then rows of texts."""

import codecs
import csv
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.kinds import looks_like_utf16
from tumbuh.lib.spreadsheets.types import Cell, Limits

SEPARATORS = ";\t,|"
SAMPLE = 1 << 16
BLOCK = 1 << 20
# Defused by `inert` on the way out, given back on the way in.
DEFUSED = re.compile(r"'(?=[=+\-@\t\r])")


def iter_delimited(path: str | os.PathLike[str], limits: Limits) -> Iterator[list[Cell]]:
    """Rows of texts ("" is None), blank lines as empty rows."""
    csv.field_size_limit(limits.cell_characters)
    with Path(path).open(encoding=find_encoding(path), errors="replace", newline="") as file:
        separator = find_separator(file)
        reader = csv.reader((line.replace("\0", "") for line in file), delimiter=separator)
        try:
            for number, row in enumerate(reader, 1):
                if number > limits.rows:
                    raise SpreadsheetError(ErrorCode.TOO_MANY_ROWS, found=f"> {limits.rows}", limit=limits.rows)
                if len(row) > limits.columns:
                    raise SpreadsheetError(ErrorCode.TOO_MANY_COLUMNS, found=len(row), limit=limits.columns)
                yield [DEFUSED.sub("", text, count=1) if text[:1] == "'" else text or None for text in row]
        except csv.Error as error:
            place = f"baris {reader.line_num}"
            raise SpreadsheetError(ErrorCode.CELL_TOO_LONG, found=place, limit=limits.cell_characters) from error


def find_encoding(path: str | os.PathLike[str]) -> str:
    """utf-8-sig, utf-16 (with or without mark), utf-8 when the whole file is valid, else cp1252."""
    with Path(path).open("rb") as file:
        head = file.read(4096)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if looks_like_utf16(head):
            return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def find_separator(file: IO[str]) -> str:
    """The separator that cuts the first lines most evenly; leaves the file after a `sep=` line, else at its start."""
    first = file.readline(64)
    if first.lower().startswith("sep=") and len(first.rstrip("\r\n")) == 5:
        return first[4]
    file.seek(0)
    sample = file.read(SAMPLE).splitlines(keepends=True)[:40]
    file.seek(0)
    return max(SEPARATORS, key=lambda separator: score_separator(sample, separator))


def score_separator(lines: list[str], separator: str) -> tuple[float, int]:
    """How evenly the separator cuts the lines: share of rows of the commonest width times that width."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(row)]
    except csv.Error:
        return (0.0, 0)
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return (0.0, 0)
    width, rows = counts.most_common(1)[0]
    return (rows / len(widths) * width, width)
