"""Files that are whole or not there."""

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

DIGEST = re.compile(r"[0-9a-f]{64}")


def write_once(path: Path, content: str | bytes, mode: int = 0o600) -> None:
    """`path` holds the whole content from the moment it exists, on the disk too; the first of several writers wins.

    Its folder is made when absent, for this user alone.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink()


def get_kept_path(folder: Path, digest: str) -> Path:
    """Where the content with this SHA-256 is kept in the folder; ValueError for anything that is no digest."""
    if not DIGEST.fullmatch(digest):
        raise ValueError("no SHA-256 in hexadecimal")
    return folder / digest[:2] / digest


def keep_content(folder: Path, content: bytes) -> str:
    """Keep the content under its SHA-256, once however often it comes; the digest. Its time begins anew each time."""
    digest = hashlib.sha256(content).hexdigest()
    path = get_kept_path(folder, digest)
    try:
        os.utime(path)
    except FileNotFoundError:
        write_once(path, content)
    return digest
