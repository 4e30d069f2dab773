"""Secret keys: from the environment, else from a file made once with mode 0600."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def load_key(name: str, folder: Path) -> str:
    """The key called `name`: the environment variable, else the text of `folder/name`, made when absent.

    Losing the file of TUMBUH_NIK_KEY makes the stored NIK unreadable: back the folder up apart from the database.
    """
    value = os.environ.get(name)
    if value:
        return value
    path = folder / name.lower()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """`path` holds a whole text from the moment it exists, and the first of several writers wins."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink()
