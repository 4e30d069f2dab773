"""A look into a PDF: whole, unlocked, and nothing in it that starts, sends, plays or carries other files."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from tumbuh.lib.attachments.errors import AttachmentError, ErrorCode
from tumbuh.lib.attachments.types import Limits

TAIL = 2048
ACTIONS = {
    "/JavaScript": "JavaScript", "/Launch": "perintah program", "/SubmitForm": "pengiriman formulir",
    "/ImportData": "pengambilan data", "/GoToE": "berkas tertanam", "/GoToR": "berkas lain", "/Movie": "film",
    "/Sound": "suara", "/Rendition": "media", "/RichMediaExecute": "media",
}  # fmt: skip
KEYS = {
    "/JS": "JavaScript", "/JavaScript": "JavaScript", "/EmbeddedFiles": "berkas tertanam", "/EF": "berkas tertanam",
    "/XFA": "formulir XFA", "/RichMediaContent": "media",
}  # fmt: skip
SUBTYPES = {"/RichMedia": "media", "/Movie": "film", "/Sound": "suara", "/FileAttachment": "berkas tertanam",
            "/Screen": "media", "/3D": "media"}  # fmt: skip


def examine_pdf(path: Path, limits: Limits) -> int:
    """The number of pages; AttachmentError for a PDF that is broken, locked, active or two files in one."""
    check_ends(path)
    try:
        reader = pypdf.PdfReader(path, strict=False)
        if reader.is_encrypted:
            raise AttachmentError(ErrorCode.LOCKED)
        for thing in iterate_objects(reader, limits):
            check_object(thing)
        pages = len(reader.pages)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise AttachmentError(ErrorCode.BROKEN) from error
    if not 0 < pages <= limits.pages:
        raise AttachmentError(ErrorCode.TOO_MANY_PARTS if pages else ErrorCode.BROKEN, limit=limits.pages)
    return pages


def check_ends(path: Path) -> None:
    """The mark of the end stands at the end, and the file is no archive as well."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        if b"%%EOF" not in file.read():
            raise AttachmentError(ErrorCode.BROKEN)
    if zipfile.is_zipfile(path):
        raise AttachmentError(ErrorCode.TWO_IN_ONE, found="ZIP")


def iterate_objects(reader: pypdf.PdfReader, limits: Limits) -> Iterator[Any]:
    """The trailer and every object that the tables of the file name."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > limits.objects:
        raise AttachmentError(ErrorCode.TOO_MANY_PARTS, limit=limits.objects)
    yield reader.trailer
    for generation, table in reader.xref.items():
        for number in table:
            if number:
                yield reader.get_object(IndirectObject(number, generation, reader))
    for number in reader.xref_objStm:
        yield reader.get_object(IndirectObject(number, 0, reader))


def check_object(thing: Any) -> None:
    """Look at an object and what stands directly in it; other objects come by themselves."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            check_dictionary(one)
            waiting += [value for value in one.values() if isinstance(value, (DictionaryObject, ArrayObject))]
        elif isinstance(one, ArrayObject):
            waiting += [value for value in one if isinstance(value, (DictionaryObject, ArrayObject))]


def check_dictionary(thing: DictionaryObject) -> None:
    """AttachmentError when a key, an action or a kind of remark is active."""
    found = next((word for key, word in KEYS.items() if key in thing), "")
    for key, words in (("/S", ACTIONS), ("/Subtype", SUBTYPES)):
        value = thing.raw_get(key) if key in thing else None
        if isinstance(value, IndirectObject):
            value = value.get_object()
        found = found or words.get(str(value), "")
    if found:
        raise AttachmentError(ErrorCode.ACTIVE_CONTENT, found=found)
