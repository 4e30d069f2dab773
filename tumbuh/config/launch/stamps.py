"""Skips what is already done: a step's inputs as one digest, kept beside its result."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def compute_digest(files: Iterable[Path], *facts: str, quick: bool = False) -> str:
    """SHA-256 over the facts and the files' paths and contents (`quick`: sizes and times instead of contents)."""
    digest = hashlib.sha256("\0".join(facts).encode())
    for file in sorted(files):
        digest.update(f"\0{file}\0".encode())
        if quick:
            status = file.stat()
            digest.update(f"{status.st_size} {status.st_mtime_ns}".encode())
        else:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def list_files(*folders: Path, skip: frozenset[str] = frozenset()) -> list[Path]:
    """All files below the folders, without folders named in `skip`."""
    found = []
    for folder in folders:
        for place, names, files in os.walk(folder):
            names[:] = [name for name in names if name not in skip]
            found.extend(Path(place) / file for file in files)
    return found


def is_current(stamp: Path, digest: str) -> bool:
    """Whether the stamp was written for this digest."""
    return stamp.is_file() and stamp.read_text().strip() == digest


def write_stamp(stamp: Path, digest: str) -> None:
    """Marks the step as done for this digest."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest + "\n")
