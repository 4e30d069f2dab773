"""The words of a document, page by page or in stretches of a page's length."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from tumbuh.lib.attachments.types import AttachmentKind, Limits, Page

STRETCH = 3_000
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARAGRAPHS = {f"{TEXT}p", f"{TEXT}h"}


def iterate_pages(path: Path, kind: AttachmentKind, limits: Limits) -> Iterator[Page]:
    """The pages that hold words, cleaned, until the limits; for PDF, DOCX and ODT."""
    left = limits.text_characters
    for page in READERS[kind](path):
        text = clean_page(page.text)[: min(limits.page_characters, left)]
        left -= len(text)
        if text:
            yield Page(page.number, text)
        if left <= 0 or page.number >= limits.pages:
            return


def clean_page(text: str) -> str:
    """Without signs that no reader sees; lines kept, blanks single."""
    plain = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def iterate_pdf(path: Path) -> Iterator[Page]:
    """Each page of the PDF; one that cannot be read is left out."""
    import pypdf

    for number, page in enumerate(pypdf.PdfReader(path, strict=False).pages, 1):
        try:
            yield Page(number, page.extract_text())
        except (MemoryError, RecursionError):
            raise
        except Exception:
            yield Page(number, "")


def iterate_docx(path: Path) -> Iterator[Page]:
    """Paragraphs and tables in their order, in stretches."""
    import docx
    from docx.table import Table

    def list_lines() -> Iterator[str]:
        for block in docx.Document(str(path)).iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    yield " ".join(dict.fromkeys(cell.text for cell in row.cells))
            else:
                yield block.text

    return cut(list_lines())


def iterate_odt(path: Path) -> Iterator[Page]:
    """Paragraphs and headings in their order, in stretches."""

    def list_lines() -> Iterator[str]:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as part:
            for _, element in ElementTree.iterparse(part):  # noqa: S314  entities were refused before
                if element.tag in PARAGRAPHS:
                    yield "".join(element.itertext())
                    element.clear()

    return cut(list_lines())


def cut(lines: Iterable[str]) -> Iterator[Page]:
    """The lines put together to stretches."""
    number, held, length = 1, [], 0
    for line in lines:
        held.append(line)
        length += len(line) + 1
        if length >= STRETCH:
            yield Page(number, "\n".join(held))
            number, held, length = number + 1, [], 0
    if held:
        yield Page(number, "\n".join(held))


READERS = {AttachmentKind.PDF: iterate_pdf, AttachmentKind.DOCX: iterate_docx, AttachmentKind.ODT: iterate_odt}
