"""Reading CSV files as people really save them: with BOM, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DELIMITERS = ",;\t|"
LARGEST_BYTES = 64 * 1024 * 1024


class DelimitedError(ValueError):
    """The file is no usable CSV; the message says why and what to do."""


@dataclass(frozen=True)
class Table:
    """The header's words in small letters and every other line as (line number, {header word: text})."""

    header: list[str]
    rows: list[tuple[int, dict[str, str]]]


def decode(data: bytes) -> str:
    """The text of the bytes: by BOM, else UTF-8, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_table(path: Path) -> Table:
    """The table in a file; DelimitedError when it is missing, too large, binary or has no lines below its header."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise DelimitedError(
                f"Berkas {path.name} terlalu besar: paling besar {LARGEST_BYTES >> 20} MB. Pecah dahulu."
            )
        data = path.read_bytes()
    except OSError as error:
        raise DelimitedError(
            f"Berkas {path} tidak dapat dibaca: {error.strerror}. Periksa nama dan tempatnya."
        ) from error
    return parse_table(data, path.name)


def parse_table(data: bytes, name: str) -> Table:
    """The table in the bytes; `name` is only for messages."""
    text = decode(data)
    if "\0" in text:
        raise DelimitedError(f"Berkas {name} bukan CSV. Simpan sebagai CSV (UTF-8), lalu coba lagi.")
    lines = list(read_lines(text, name))
    if len(lines) < 2:
        raise DelimitedError(f"Berkas {name} tidak berisi baris data. Baris pertama harus judul kolom.")
    header = [" ".join(word.split()).lower() for word in lines[0][1]]
    double = {word for word in header if word and header.count(word) > 1}
    if double:
        raise DelimitedError(f"Judul kolom berulang di {name}: {', '.join(sorted(double))}. Beri nama yang berbeda.")
    rows = [(line, dict(zip(header, (cell.strip() for cell in cells), strict=False))) for line, cells in lines[1:]]
    return Table(header, rows)


def read_lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Non-empty lines with their number in the file; the delimiter is the sign most frequent in the first one."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise DelimitedError(f"Berkas {name} rusak pada baris {reader.line_num}: {error}.") from error
