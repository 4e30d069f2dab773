"""A look at a zipped workbook before anything parses it: sizes as they really unfold, entities, far cells."""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tumbuh.lib.spreadsheets.cells import CellScan
from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.kinds import ZIP
from tumbuh.lib.spreadsheets.opendocument import OdsScan
from tumbuh.lib.spreadsheets.types import FileKind, Limits

BLOCK = 1 << 20
OVERLAP = 256
ARCHIVES = (".zip", ".gz", ".7z", ".rar", ".xz", ".bz2", ".tar")
XML = (".xml", ".rels", ".vml")
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
LOCAL_HEADER = struct.Struct("<26x2H")


def scan_archive(path: str | os.PathLike[str], kind: FileKind, limits: Limits) -> int:
    """Number of cells that must be held at once; SpreadsheetError for anything that an honest workbook never has."""
    try:
        with zipfile.ZipFile(path) as archive, Path(path).open("rb") as file:
            entries = archive.infolist()
            check_directory(entries, limits)
            return scan_parts(file, entries, kind, limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise SpreadsheetError(ErrorCode.BROKEN) from error


def check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse by what the table of contents claims: number, sizes, ratios, locks, archives inside."""
    if len(entries) > limits.entries:
        raise SpreadsheetError(ErrorCode.TOO_MANY_PARTS, found=len(entries), limit=limits.entries)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise SpreadsheetError(ErrorCode.BROKEN)
    too_large = SpreadsheetError(ErrorCode.UNZIPS_TOO_LARGE, limit=limits.unzipped_bytes // 1_000_000)
    if sum(entry.file_size for entry in entries) > limits.unzipped_bytes:
        raise too_large
    for entry in entries:
        if entry.flag_bits & 1:
            raise SpreadsheetError(ErrorCode.PASSWORD)
        if entry.filename.lower().endswith(ARCHIVES):
            raise SpreadsheetError(ErrorCode.NESTED_ARCHIVE, found=entry.filename.rpartition("/")[2])
        is_big = entry.file_size > limits.ratio_from_bytes
        if is_big and entry.file_size > limits.entry_ratio * max(entry.compress_size, 1):
            raise too_large


def scan_parts(file: IO[bytes], entries: list[zipfile.ZipInfo], kind: FileKind, limits: Limits) -> int:
    """Inflate each part once, counting and looking; the cells to be held at once."""
    left = limits.unzipped_bytes
    sheets: list[int] = []
    for entry in entries:
        is_xml = entry.filename.lower().endswith(XML)
        scan: CellScan | OdsScan | None = None
        if is_xml:
            is_content = kind is FileKind.ODS and entry.filename == "content.xml"
            scan = OdsScan(limits) if is_content else CellScan(entry.filename, limits, kind)
        tail, is_first = b"", True
        for block in inflate(file, entry, left, limits.unzipped_bytes):
            left -= len(block)
            if is_first and block.startswith(ZIP):
                raise SpreadsheetError(ErrorCode.NESTED_ARCHIVE, found=entry.filename.rpartition("/")[2])
            if scan is not None:
                check_markup(tail + block, entry.filename, is_first)
                scan.feed(block)
            tail, is_first = block[-OVERLAP:], False
        if scan is not None:
            sheets.append(scan.close())
    return max(sheets, default=0)


def inflate(file: IO[bytes], entry: zipfile.ZipInfo, left: int, limit: int) -> Iterator[bytes]:
    """The part's bytes as they really unfold, whatever its header claims, never more than `left` of the `limit`."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if not header.startswith(ZIP):
        raise zipfile.BadZipFile(entry.filename)
    name_length, extra_length = LOCAL_HEADER.unpack(header)
    file.seek(name_length + extra_length, os.SEEK_CUR)
    machine = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    if machine is None and entry.compress_type != zipfile.ZIP_STORED:
        raise zipfile.BadZipFile(entry.filename)
    packed, total = entry.compress_size, 0
    while packed > 0:
        data = file.read(min(BLOCK // 4, packed))
        if not data:
            raise zipfile.BadZipFile(entry.filename)
        packed -= len(data)
        while data:
            block = machine.decompress(data, BLOCK) if machine else data
            data = machine.unconsumed_tail if machine else b""
            total += len(block)
            if total > left:
                raise SpreadsheetError(ErrorCode.UNZIPS_TOO_LARGE, limit=limit // 1_000_000)
            if total > entry.file_size:
                raise zipfile.BadZipFile(entry.filename)  # the table of contents lies about the size
            if block:
                yield block
    if machine is not None and (total != entry.file_size or not machine.eof):
        raise zipfile.BadZipFile(entry.filename)


def check_markup(text: bytes, name: str, is_first: bool) -> None:
    """Refuse document type and entity declarations, and encodings that would hide them."""
    if b"<!" in text and DECLARATION.search(text):
        raise SpreadsheetError(ErrorCode.XML_ENTITIES, found=name.rpartition("/")[2])
    if is_first and (b"\0" in text[:64] or text.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise SpreadsheetError(ErrorCode.BROKEN)
