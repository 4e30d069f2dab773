"""Taking a file in: stored under a name that says nothing, readable by this user only."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path, PurePath
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import IMPORT, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.intake.actions.formats import GUESS, list_source_names
from tumbuh.intake.actions.spool import get_path, remove_files
from tumbuh.intake.actions.steps import about
from tumbuh.intake.errors import FileRefusedError, NotAllowedError, SourceError
from tumbuh.intake.models import Import
from tumbuh.intake.sources.api import EPPGBM
from tumbuh.lib.spreadsheets.api import Limits

MAX_BYTES = Limits().file_bytes


def create_import(*, by: User, blocks: Iterable[bytes], file_name: str, source: str = EPPGBM) -> Import:
    """A new import of the bytes as a source's; nothing of them is looked at yet. Refuses what is larger than MAX_BYTES.

    `source` GUESS: its headings tell which one it is.
    """
    if not get_scope(by, IMPORT).spans:
        raise NotAllowedError
    if source not in (GUESS, *list_source_names()):
        raise SourceError
    stored_as = f"intake/{uuid4().hex}"
    try:
        digest, size = store(blocks, get_path(stored_as))
        return register(by=by, source=source, stored_as=stored_as, file_name=file_name, digest=digest, size=size)
    except BaseException:
        remove_files(stored_as)
        raise


def store(blocks: Iterable[bytes], path: Path) -> tuple[str, int]:
    """Write the bytes with mode 0600; their SHA-256 and number."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for block in blocks:
            size += len(block)
            if size > MAX_BYTES:
                raise FileRefusedError(
                    "FILE_TOO_LARGE",
                    _("Berkas lebih besar dari %(limit)d MB sehingga tidak diterima. Bagi menjadi beberapa berkas.")
                    % {"limit": MAX_BYTES // 1_000_000},
                )
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


@transaction.atomic
def register(*, by: User, source: str, stored_as: str, file_name: str, digest: str, size: int) -> Import:
    """The import's row and event."""
    taken = Import.objects.create(
        source=source, by=by, file_name=PurePath(file_name).name[-255:], stored_as=stored_as, sha256=digest,
        size_bytes=size,
    )  # fmt: skip
    record_event(by=by, action="intake.import.uploaded", **about(taken), after={"sha256": digest, "size": size})
    return taken


def read_blocks(path: str | os.PathLike[str], size: int = 1 << 20) -> Iterable[bytes]:
    """A file's bytes in blocks."""
    with Path(path).open("rb") as file:
        while block := file.read(size):
            yield block
