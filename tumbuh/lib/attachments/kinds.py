"""What a file is, told by its first bytes and the names of its parts; the name must not say something else."""

import re
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

from tumbuh.lib.attachments.errors import AttachmentError, ErrorCode
from tumbuh.lib.attachments.types import MEDIA_TYPES, AttachmentKind, Limits

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = (
    (b"%PDF-", AttachmentKind.PDF),
    (b"\xff\xd8\xff", AttachmentKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", AttachmentKind.PNG),
)
FOREIGN = (
    (b"GIF8", "GIF"), (b"{\\rtf", "RTF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"),
    (b"MZ", "program"), (b"\x7fELF", "program"), (b"RIFF", "RIFF"), (b"<", "HTML/XML"), (b"#!", "program"),
)  # fmt: skip
PARTS = {"word/document.xml": AttachmentKind.DOCX, "xl/workbook.xml": AttachmentKind.XLSX}
OPEN_DOCUMENT = {
    MEDIA_TYPES[kind].encode(): kind for kind in (AttachmentKind.ODT, AttachmentKind.ODS)
}  # what the part `mimetype` says
LONGEST_NAME = 120
BAD_SIGNS = re.compile(r'[\\/:*?"<>|]+')


def inspect_kind(path: Path, name: str, limits: Limits) -> AttachmentKind:
    """The kind by content; AttachmentError for another one, for a size beyond the limit, and where the name lies."""
    size = path.stat().st_size
    if size == 0:
        raise AttachmentError(ErrorCode.EMPTY_FILE)
    if size > limits.file_bytes:
        raise AttachmentError(ErrorCode.FILE_TOO_LARGE, limit=limits.file_bytes // 1_000_000)
    with path.open("rb") as file:
        head = file.read(1024)
    kind = next((kind for magic, kind in MAGIC if head.startswith(magic)), None)
    if kind is None:
        kind = inspect_zip(path, limits) if head.startswith(ZIP) else refuse(head)
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix and suffix not in kind.suffixes:
        raise AttachmentError(ErrorCode.WRONG_NAME, found=clean_text(suffix)[:12], kind=kind.suffixes[0])
    return kind


def refuse(head: bytes) -> AttachmentKind:
    """Always raises: which foreign kind it looks like."""
    if head.startswith(OLE):
        raise AttachmentError(ErrorCode.OLD_OFFICE)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    found = next((word for magic, word in FOREIGN if start.startswith(magic)), "tidak dikenal")
    raise AttachmentError(ErrorCode.UNKNOWN_KIND, found=found)


def inspect_zip(path: Path, limits: Limits) -> AttachmentKind:
    """The kind of a zipped document by its parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.filename for entry in archive.infolist()[: limits.entries + 1]}
            if len(names) > limits.entries:
                raise AttachmentError(ErrorCode.TOO_MANY_PARTS, limit=limits.entries)
            for part, kind in PARTS.items():
                if part in names and "[Content_Types].xml" in names:
                    return kind
            if {"mimetype", "content.xml"} <= names:
                with archive.open("mimetype") as file:
                    found = OPEN_DOCUMENT.get(file.read(200).strip())
                if found:
                    return found
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError) as error:
        raise AttachmentError(ErrorCode.BROKEN) from error
    raise AttachmentError(ErrorCode.UNKNOWN_KIND, found="ZIP")


def clean_text(text: str) -> str:
    """Without control, format and direction signs."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign)[0] != "C")


def clean_name(name: str, kind: AttachmentKind) -> str:
    """The last part of the name, fit for any disk and any header, ending as its kind does."""
    last = re.split(r"[\\/]", name)[-1]
    stem = PurePosixPath(last).stem if PurePosixPath(last).suffix.lower() in kind.suffixes else last
    plain = " ".join(BAD_SIGNS.sub(" ", clean_text(stem)).split()).strip(". ")
    return f"{plain[:LONGEST_NAME] or 'berkas'}{kind.suffixes[0]}"
