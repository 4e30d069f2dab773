"""A look into zipped office files: real sizes, locks, macros, embedded programs, declared entities."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from tumbuh.lib.attachments.errors import AttachmentError, ErrorCode
from tumbuh.lib.attachments.types import AttachmentKind, Limits

BLOCK = 1 << 18
OVERLAP = 512
# Parts that are active by their very name.
ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|/activex/|/macrosheets/|customui/|(^|/)basic/|(^|/)scripts/|/oleobject|\.(bin|exe|dll|js|vbs|"
    r"bat|cmd|scr|ps1|lnk|docm|xlsm|pptm|jar|msi|hta)$",
    re.IGNORECASE,
)
HARMLESS = re.compile(r"printersettings\d*\.bin$|/media/[^/]+\.(png|jpe?g|gif|emf|wmf|bmp|tiff?)$", re.IGNORECASE)
ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# What an XML part must not say: macros, fields that start programs, objects and templates fetched from outside.
ACTIVE_WORDS = re.compile(
    rb"macroEnabled|<[\w:]*ddeLink\b|\bDDEAUTO\b|>\s*DDE\s|<script:event-listener\b|<office:script\b"
    rb"|Type=\"[^\"]*/(?:attachedTemplate|oleObject|frame|subDocument|vbaProject)\"[^>]*TargetMode=\"External\""
    rb"|TargetMode=\"External\"[^>]*Type=\"[^\"]*/(?:attachedTemplate|oleObject|frame|subDocument|vbaProject)\"",
    re.IGNORECASE,
)


def examine_zipped(path: Path, kind: AttachmentKind, limits: Limits) -> None:
    """AttachmentError for anything that an honest document of this kind does not hold."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            entries = archive.infolist()
            check_directory(entries, limits)
            if file.read(4) != b"PK\x03\x04" or min(entry.header_offset for entry in entries) != 0:
                raise AttachmentError(ErrorCode.TWO_IN_ONE, found="data di depan arsip")
            for entry in entries:
                examine_part(archive, entry)
            if kind in (AttachmentKind.ODT, AttachmentKind.ODS):
                check_manifest(archive)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise AttachmentError(ErrorCode.BROKEN) from error


def check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the table of contents claims: number, sizes, locks, doubled names, active parts."""
    if len(entries) > limits.entries:
        raise AttachmentError(ErrorCode.TOO_MANY_PARTS, limit=limits.entries)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise AttachmentError(ErrorCode.BROKEN)
    if sum(entry.file_size for entry in entries) > limits.unzipped_bytes:
        raise AttachmentError(ErrorCode.UNFOLDS_TOO_LARGE, limit=limits.unzipped_bytes // 1_000_000)
    for entry in entries:
        if entry.flag_bits & 1:
            raise AttachmentError(ErrorCode.LOCKED)
        if ACTIVE_PARTS.search(entry.filename) and not HARMLESS.search(entry.filename):
            raise AttachmentError(ErrorCode.ACTIVE_CONTENT, found=describe_part(entry.filename))


def describe_part(name: str) -> str:
    """What is active about a part, in a word."""
    low = name.lower()
    if "vba" in low or "macro" in low or "basic/" in low or "scripts/" in low:
        return "makro"
    return "objek tertanam"


def examine_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unfold a part once (zipfile stops at the size that the table of contents claims) and look at its words."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(entry) as part:
        examine_words(part, is_xml)


def examine_words(part: IO[bytes], is_xml: bool) -> None:
    """All blocks of a part; an XML one must be UTF-8, declare nothing and start nothing."""
    tail, is_first = b"", True
    while block := part.read(BLOCK):
        if is_xml:
            if is_first and (block.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in block[:64]):
                raise AttachmentError(ErrorCode.BROKEN)
            text = tail + block
            if ENTITIES.search(text):
                raise AttachmentError(ErrorCode.ACTIVE_CONTENT, found="entitas XML")
            if ACTIVE_WORDS.search(text):
                raise AttachmentError(ErrorCode.ACTIVE_CONTENT, found="makro atau objek dari luar")
            tail, is_first = block[-OVERLAP:], False


def check_manifest(archive: zipfile.ZipFile) -> None:
    """An OpenDocument file says in its manifest when its parts are encrypted."""
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise AttachmentError(ErrorCode.LOCKED)
