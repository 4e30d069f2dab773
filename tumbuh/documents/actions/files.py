"""Taking a file in: looked into, kept under its digest, its words read at once when it is small."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tumbuh.documents.errors import FileError
from tumbuh.documents.rules import TextState
from tumbuh.lib.attachments.api import (
    PICTURES,
    AttachmentError,
    AttachmentKind,
    ErrorCode,
    Examiner,
    Limits,
    Page,
    clean_name,
)
from tumbuh.lib.files import keep_content

MAX_BYTES = Limits().file_bytes
READ_AT_ONCE_BYTES = 1_000_000


@dataclass(frozen=True)
class Taken:
    """A file that was accepted and is kept; `pages` is what was read of it so far."""

    kind: AttachmentKind
    name: str
    sha256: str
    sent_sha256: str
    size_bytes: int
    text_state: TextState
    pages: tuple[Page, ...] = ()


def take_file(blocks: Iterable[bytes], name: str) -> Taken:
    """The file accepted and kept; FileError with a sentence when it is not taken."""
    folder = Path(settings.DOCUMENTS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=folder, prefix=".incoming-")
    path = Path(draft)
    try:
        with os.fdopen(descriptor, "wb") as file:
            write_blocks(file, blocks)
        with Examiner() as examiner:
            taken = examine_file(examiner, path, name)
            if taken.text_state is TextState.WAITING and taken.size_bytes <= READ_AT_ONCE_BYTES:
                pages, state = read_words(examiner, path, taken.kind)
                taken = Taken(**{**taken.__dict__, "pages": tuple(pages), "text_state": state})
        return taken
    finally:
        path.unlink()


def write_blocks(file: object, blocks: Iterable[bytes]) -> None:
    """All blocks, no more than a file may have."""
    size = 0
    for block in blocks:
        size += len(block)
        if size > MAX_BYTES:
            raise FileError.tell(AttachmentError(ErrorCode.FILE_TOO_LARGE, limit=MAX_BYTES // 1_000_000))
        file.write(block)


def examine_file(examiner: Examiner, path: Path, name: str) -> Taken:
    """The file looked into and kept, its words not read yet."""
    try:
        found = examiner.examine(path, name)
    except AttachmentError as error:
        raise FileError.tell(error) from error
    with path.open("rb") as file:
        sent = hashlib.file_digest(file, "sha256").hexdigest()
    return Taken(
        kind=found.kind,
        name=clean_name(name, found.kind),
        sha256=keep_content(Path(settings.DOCUMENTS), found.content),
        sent_sha256=sent,
        size_bytes=len(found.content),
        text_state=TextState.EMPTY if found.kind in PICTURES else TextState.WAITING,
    )


def read_words(examiner: Examiner, path: Path, kind: AttachmentKind) -> tuple[list[Page], TextState]:
    """The pages with words, and how far the reading came."""
    pages, error = examiner.read_pages(path, kind)
    if error is not None:
        return pages, TextState.PARTIAL if pages else TextState.FAILED
    return pages, TextState.READ if pages else TextState.EMPTY
