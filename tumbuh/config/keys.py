"""Secret keys: from the environment, else from a file made once with mode 0600."""

import os
import secrets
from pathlib import Path

from tumbuh.lib.files import write_once


def load_key(name: str, folder: Path) -> str:
    """The key called `name`: the environment variable, else the text of `folder/name`, made when absent.

    Losing the file of TUMBUH_NIK_KEY makes the stored NIK unreadable: back the folder up apart from the database.
    """
    value = os.environ.get(name)
    if value:
        return value
    path = folder / name.lower()
    if not path.exists():
        write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()
