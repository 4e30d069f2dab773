"""Opening and writing CSV and Parquet, a batch at a time, keeping every column as it stands."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from tumbuh.engines.growth_files import errors
from tumbuh.engines.growth_files.columns import is_text
from tumbuh.engines.growth_files.errors import GrowthFileError

CSV_ENDINGS = {".csv": ",", ".tsv": "\t", ".txt": ","}
PARQUET_ENDINGS = {".parquet", ".pq"}
BATCH_ROWS = 1 << 17
BLOCK_BYTES = 16 << 20
HEAD_BYTES = 1 << 16
DELIMITERS = ",;\t|"


class Source:
    """An opened file: its column names, its batches, and for CSV the delimiter."""

    def __init__(self, schema: Any, batches: Iterator[Any], delimiter: str = ",") -> None:
        self.schema, self.batches, self.delimiter = schema, batches, delimiter
        self.names: list[str] = list(schema.names)


def open_source(path: Path) -> Source:
    """Raises GrowthFileError with a plain sentence when the file is absent, of another kind or damaged."""
    if not path.is_file():
        raise GrowthFileError(errors.ABSENT, path=path)
    check_ending(path)
    try:
        return open_parquet(path) if path.suffix.lower() in PARQUET_ENDINGS else open_csv(path)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise explain_unreadable(path, error) from error


def check_ending(path: Path) -> None:
    if path.suffix.lower() not in CSV_ENDINGS | dict.fromkeys(PARQUET_ENDINGS, ""):
        raise GrowthFileError(errors.ENDING, path=path)


def explain_unreadable(path: Path, error: Exception) -> GrowthFileError:
    """The error to raise."""
    text = str(error)
    if re.search(r"Expected (\d+) columns, got (\d+)", text):  # never show the row itself
        return find_ragged_line(path)
    reason = text.splitlines()[0].strip().rstrip(".") if text else "?"
    return GrowthFileError(errors.UNREADABLE, path=path, format=path.suffix.lower().lstrip("."), reason=reason)


def find_ragged_line(path: Path) -> GrowthFileError:
    """An error that says where a CSV's first row of another width stands."""
    encoding, delimiter = find_dialect(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        width = len(next(rows))
        for row in rows:
            if row and len(row) != width:
                return GrowthFileError(errors.RAGGED, path=path, line=rows.line_num, cells=len(row), width=width)
    return GrowthFileError(errors.RAGGED_SOMEWHERE, path=path)


def open_parquet(path: Path) -> Source:
    file = pyarrow.parquet.ParquetFile(path)
    return Source(file.schema_arrow, file.iter_batches(batch_size=BATCH_ROWS))


def open_csv(path: Path) -> Source:
    """Everything is read as text: a column that we do not know is written again exactly as it was."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip():
        raise GrowthFileError(errors.EMPTY, path=path)
    if b"\x00" in head:
        raise GrowthFileError(errors.NO_TEXT, path=path, ending=path.suffix)
    encoding, delimiter = find_dialect(path)
    reader = pyarrow.csv.open_csv(
        path,
        pyarrow.csv.ReadOptions(block_size=BLOCK_BYTES, encoding=encoding),
        pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        pyarrow.csv.ConvertOptions(default_column_type=pa.string(), strings_can_be_null=True, null_values=[""]),
    )
    return Source(reader.schema, iter(reader), delimiter)


def find_dialect(path: Path) -> tuple[str, str]:
    """(encoding, delimiter) as the beginning of a CSV shows them."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    encoding = find_encoding(head)
    first_line = head.decode(encoding, errors="replace").lstrip("\ufeff").splitlines()[0]
    return encoding, max(DELIMITERS, key=first_line.count)


def find_encoding(head: bytes) -> str:
    """UTF-8, or Windows' Western code page when the first bytes are not UTF-8."""
    for cut in range(4):  # the last character may be cut in the middle
        try:
            head[: len(head) - cut].decode("utf-8")
            return "utf-8"
        except UnicodeDecodeError:
            continue
    return "cp1252"


@contextmanager
def open_target(path: Path, delimiter: str) -> Iterator["Target"]:
    """A place to write batches to. The file appears under its name only when all went well."""
    check_ending(path)
    part = path.with_name(f".{path.name}.part")
    try:
        target = ParquetTarget(part) if path.suffix.lower() in PARQUET_ENDINGS else CsvTarget(part, delimiter)
        try:
            yield target
        finally:
            target.close()
        part.replace(path)
    except OSError as error:
        raise GrowthFileError(errors.CANNOT_WRITE, path=path, reason=error.strerror or error) from error
    finally:
        part.unlink(missing_ok=True)


class Target:
    """What both writers can do."""

    is_text = False

    def write(self, batch: Any) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


class ParquetTarget(Target):
    """Parquet, with the columns' own types."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer: Any = None
        self.path.touch()

    def write(self, batch: Any) -> None:
        if self.writer is None:
            self.writer = pyarrow.parquet.ParquetWriter(self.path, batch.schema)
        self.writer.write_batch(batch)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()


class CsvTarget(Target):
    """CSV in UTF-8, with quotes only around cells that need them."""

    is_text = True

    def __init__(self, path: Path, delimiter: str) -> None:
        self.file, self.delimiter, self.has_header = path.open("wb"), delimiter, False

    def write(self, batch: Any) -> None:
        if not self.has_header:
            names = self.quote(pa.array(batch.schema.names)).to_pylist()
            self.file.write((self.delimiter.join(names) + "\n").encode())
            self.has_header = True
        cells = [self.quote(column) for column in batch.columns]
        cells[-1] = pc.binary_join_element_wise(cells[-1], "\n", "")
        lines = pc.binary_join_element_wise(*cells, self.delimiter, null_handling="replace", null_replacement="")
        offsets, text = np.frombuffer(lines.buffers()[1], np.int32), lines.buffers()[2]
        first, last = int(offsets[lines.offset]), int(offsets[lines.offset + len(lines)])
        self.file.write(memoryview(text)[first:last] if text else b"")

    def quote(self, column: Any) -> Any:
        """The column as text, nulls left, with quotes where a cell needs them."""
        if not is_text(column):
            return column.cast(pa.string())
        texts = column.cast(pa.string())
        needs = pc.match_substring_regex(texts, f'[{self.delimiter}"\r\n]')
        if pc.any(needs).as_py():
            quoted = pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
            texts = pc.if_else(needs, quoted, texts)
        return texts

    def close(self) -> None:
        self.file.close()
