"""The upload itself on disk, and what the reader gave kept in the database, so that the file is opened only once."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from tumbuh.intake.models import Import, KeptChunk
from tumbuh.lib.spreadsheets.api import Chunk, Packed, unpack_chunk
from tumbuh.records.api import decrypt_bytes, encrypt_bytes

FAST = 1  # the level of zlib: four fifths of the saving for a quarter of the time
KEPT = ("sheet", "is_hidden", "first_row", "count", "sheet_rows", "content")


def get_path(stored_as: str) -> Path:
    """Where the upload itself lies."""
    return Path(settings.MEDIA_ROOT) / stored_as


def keep_chunks(job: Import, chunks: Iterable[Packed]) -> Iterator[Packed]:
    """Pass the chunks on and keep each, encrypted."""
    for chunk in chunks:
        content = encrypt_bytes(zlib.compress(chunk.content, FAST))
        KeptChunk.objects.create(
            owner=job, sheet=chunk.sheet, is_hidden=chunk.is_hidden, first_row=chunk.first_row, count=chunk.count,
            sheet_rows=chunk.sheet_rows, content=content,
        )  # fmt: skip
        yield chunk


def open_kept(job: Import) -> Callable[[], Iterator[Chunk]] | None:
    """The kept chunks, to be gone through as often as needed without the database; None when none are kept."""
    kept = list(job.chunks.order_by("id").values_list(*KEPT))
    return (lambda: map(unpack, kept)) if kept else None


def unpack(kept: tuple[Any, ...]) -> Chunk:
    """The chunk of a row of KEPT."""
    *place, content = kept
    return unpack_chunk(Packed(*place, zlib.decompress(decrypt_bytes(content))))


def remove_files(stored_as: str) -> None:
    """Delete the upload."""
    get_path(stored_as).unlink(missing_ok=True)
