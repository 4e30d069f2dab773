"""What a file is, told by its first bytes and its table of contents, never by its name."""

import mmap
import os
import struct
from pathlib import Path

from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.types import FileKind, Limits

ZIP = b"PK\x03\x04"
ZIP_EMPTY = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END_RECORD = struct.Struct("<4s4H2LH")
WORKBOOK_BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00"
FILEPASS = 0x2F
RECORD = struct.Struct("<2H")
TAIL_BYTES = 65_557
NAME_BYTES = 400

FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"RIFF", "gambar atau suara"),
    (b"{\\rtf", "dokumen RTF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"SQLite format 3", "basis data SQLite"),
)
MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "halaman web (HTML)"),
    (b"<html", "halaman web (HTML)"),
    (b"<table", "halaman web (HTML)"),
    (b"<meta", "halaman web (HTML)"),
    (b"<svg", "gambar SVG"),
    (b"<?xml", "dokumen XML"),
)
ZIP_MARKS: tuple[tuple[bytes, FileKind | str], ...] = (
    (b"xl/workbook.bin", ".xlsb"),
    (b"xl/", FileKind.XLSX),
    (b"[Content_Types].xml", "dokumen Word atau PowerPoint"),
    (b"content.xml", FileKind.ODS),
)
OLE_MARKS: tuple[tuple[str, FileKind | ErrorCode | str], ...] = (
    ("EncryptedPackage", ErrorCode.PASSWORD),
    ("Workbook", FileKind.XLS),
    ("Book", FileKind.XLS),
    ("WordDocument", "dokumen Word lama"),
    ("PowerPoint Document", "presentasi PowerPoint lama"),
)


def inspect_file(path: str | os.PathLike[str], limits: Limits | None = None) -> FileKind:
    """The kind of the file by its content; SpreadsheetError when it is none that can be read. Reads a few kB only."""
    limits = limits or Limits()
    size = Path(path).stat().st_size
    if size == 0:
        raise SpreadsheetError(ErrorCode.EMPTY_FILE)
    if size > limits.file_bytes:
        raise SpreadsheetError(ErrorCode.FILE_TOO_LARGE, found=size // 1_000_000, limit=limits.file_bytes // 1_000_000)
    with Path(path).open("rb") as file:
        head = file.read(4096)
        if head.startswith((ZIP, ZIP_EMPTY)):
            return inspect_zip(read_directory(file.fileno(), size, limits))
        if head.startswith(OLE):
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return inspect_ole(content)
    return inspect_text(head)


def read_directory(descriptor: int, size: int, limits: Limits) -> bytes:
    """The raw table of contents of a zip; refused before it is parsed when it lists too many parts."""
    tail_start = max(0, size - TAIL_BYTES)
    tail = os.pread(descriptor, TAIL_BYTES, tail_start)
    at = tail.rfind(ZIP_EMPTY)
    if at < 0 or len(tail) - at < END_RECORD.size:
        raise SpreadsheetError(ErrorCode.BROKEN)
    _, _, _, _, entries, length, start, _ = END_RECORD.unpack_from(tail, at)
    if entries > limits.entries or length > limits.entries * NAME_BYTES:
        raise SpreadsheetError(ErrorCode.TOO_MANY_PARTS, found=entries, limit=limits.entries)
    if start + length > size:
        raise SpreadsheetError(ErrorCode.BROKEN)
    return os.pread(descriptor, length, start)


def inspect_zip(directory: bytes) -> FileKind:
    """The kind of a zip by the names of its parts."""
    for mark, kind in ZIP_MARKS:
        if mark in directory:
            if isinstance(kind, FileKind):
                return kind
            if kind.startswith("."):
                raise SpreadsheetError(ErrorCode.UNSUPPORTED_FORMAT, found=kind)
            raise SpreadsheetError(ErrorCode.WRONG_KIND, found=kind)
    raise SpreadsheetError(ErrorCode.WRONG_KIND, found="arsip ZIP")


def inspect_ole(content: mmap.mmap) -> FileKind:
    """The kind of an old Office file by the names of its streams (UTF-16 in the directory)."""
    for name, kind in OLE_MARKS:
        if content.find(name.encode("utf-16-le") + b"\0\0") >= 0:
            if isinstance(kind, FileKind):
                if is_locked_xls(content):
                    raise SpreadsheetError(ErrorCode.PASSWORD)
                return kind
            if isinstance(kind, ErrorCode):
                raise SpreadsheetError(kind)
            raise SpreadsheetError(ErrorCode.WRONG_KIND, found=kind)
    raise SpreadsheetError(ErrorCode.BROKEN)


def is_locked_xls(content: mmap.mmap) -> bool:
    """Whether a FILEPASS record stands among the first records after the workbook's BOF ([MS-XLS] 2.4.117)."""
    at = content.find(WORKBOOK_BOF)
    for _ in range(8):
        if at < 0 or at + RECORD.size > len(content):
            return False
        number, length = RECORD.unpack_from(content, at)
        if number == FILEPASS:
            return True
        at += RECORD.size + length
    return False


def inspect_text(head: bytes) -> FileKind:
    """CSV when the first bytes are text and no markup; otherwise the error that names what it is."""
    for magic, found in FOREIGN:
        if head.startswith(magic):
            raise SpreadsheetError(ErrorCode.WRONG_KIND, found=found)
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_like_utf16(head)
    plain = head.replace(b"\0", b"") if is_wide else head
    start = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    for mark, found in MARKUP:
        if start.startswith(mark):
            raise SpreadsheetError(ErrorCode.WRONG_KIND, found=found)
    if any(byte < 32 and byte not in b"\t\r\n\x0b\x0c\x1a" for byte in set(plain)):
        raise SpreadsheetError(ErrorCode.NOT_A_SPREADSHEET)
    return FileKind.CSV


def looks_like_utf16(head: bytes) -> bool:
    """Whether every second byte is mostly zero, as in UTF-16 text without a mark."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    return half > 1 and (even > 0.7 * half > 20 * odd or odd > 0.7 * half > 20 * even)
