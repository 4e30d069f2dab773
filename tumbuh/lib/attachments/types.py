"""What the examiner hands out: kinds of file, the outcome of a look, pages of text, and the limits it keeps."""

from dataclasses import dataclass
from enum import StrEnum


class AttachmentKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    JPEG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings that a name of this kind may have; the first is ours."""
        return (".jpg", ".jpeg") if self is AttachmentKind.JPEG else (f".{self.value}",)


OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    AttachmentKind.PDF: "application/pdf",
    AttachmentKind.DOCX: f"{OFFICE}.wordprocessingml.document",
    AttachmentKind.XLSX: f"{OFFICE}.spreadsheetml.sheet",
    AttachmentKind.ODT: "application/vnd.oasis.opendocument.text",
    AttachmentKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    AttachmentKind.JPEG: "image/jpeg",
    AttachmentKind.PNG: "image/png",
}
PICTURES = frozenset({AttachmentKind.JPEG, AttachmentKind.PNG})
ZIPPED = frozenset({AttachmentKind.DOCX, AttachmentKind.XLSX, AttachmentKind.ODT, AttachmentKind.ODS})


@dataclass(frozen=True, slots=True)
class Examined:
    """An accepted file: `content` is what to keep, for a picture the one drawn anew."""

    kind: AttachmentKind
    content: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF, or a stretch of another file, as text; numbered from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for before it is refused. Sizes in bytes, times in seconds."""

    file_bytes: int = 25_000_000
    unzipped_bytes: int = 200_000_000
    entries: int = 3_000
    pixels: int = 50_000_000
    objects: int = 300_000
    pages: int = 3_000
    page_characters: int = 20_000
    text_characters: int = 5_000_000
    memory_bytes: int = 900_000_000
    cpu_seconds: int = 40
    wall_seconds: float = 60.0
