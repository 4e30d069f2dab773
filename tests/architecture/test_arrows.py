"""The contracts of pyproject.toml: rooms, engines and shelves point one way; forbidden shelf names."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.house import PACKAGE, ROOT, list_rooms, list_sources, room_of

FORBIDDEN = {"utils", "helpers", "services", "managers", "signals", "base", "misc", "common"}
DJANGO_LOOKS_THERE = {"config/postgresql/base.py"}


def test_import_contracts():
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]


def test_every_folder_is_a_room():
    rooms = {room_of(path) for path in list_sources(PACKAGE)} - {"__init__", "__main__"}
    assert rooms <= set(list_rooms())


def test_each_room_introduces_itself():
    silent = [
        room for room in list_rooms() if (PACKAGE / room).is_dir() and not (PACKAGE / room / "README.md").exists()
    ]
    assert silent == []


def test_no_shelf_without_a_meaning():
    sources = [path for path in list_sources(PACKAGE) if path.relative_to(PACKAGE).as_posix() not in DJANGO_LOOKS_THERE]
    names = {path.stem for path in sources} | {path.parent.name for path in sources}
    assert names & FORBIDDEN == set()
