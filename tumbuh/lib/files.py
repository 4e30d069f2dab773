"""Files that are whole or not there."""

import contextlib
import os
import tempfile
from pathlib import Path


def write_once(path: Path, text: str, mode: int = 0o600) -> None:
    """`path` holds the whole text from the moment it exists, on the disk too; the first of several writers wins.

    Its folder is made when absent, for this user alone.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink()
