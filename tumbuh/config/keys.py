"""Secret keys: from the environment, else from a file made once with mode 0600."""

import os
import secrets
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
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
