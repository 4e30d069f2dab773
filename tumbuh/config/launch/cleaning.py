"""`make clean`: removes what can be made again, and never the database, keys or uploads."""

import shutil
from pathlib import Path

from tumbuh.config.launch.console import say
from tumbuh.config.launch.errors import LaunchError
from tumbuh.config.launch.locks import open_lock, try_lock
from tumbuh.config.launch.places import BUILD, FRONTEND, ROOT, VENV, get_var

CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")


def clean() -> int:
    """Environment, built assets, caches and the test server are gone."""
    var = get_var()
    notes = var / "run.lock"
    if notes.exists() and not try_lock(open_lock(notes)):
        raise LaunchError("Tumbuh is running in this folder. Stop it first with Ctrl-C.")
    made = [BUILD, FRONTEND / "node_modules", *(ROOT / name for name in CACHES)]
    made += [var / name for name in ("static", "pg-test", "pg-bench", "lock-env")]
    made += [*(ROOT / "tumbuh").glob("**/*.mo"), *(ROOT / "tumbuh").glob("**/__pycache__"), VENV]
    for path in made:
        _remove(path)
    say(f"Clean. The database, keys and uploads in {var} are untouched; remove them by hand if you mean it.")
    return 0


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)
