"""Builds what the browser gets: style sheet and script, English texts, the folder of static files."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tumbuh.config.launch.bootstrap import install_locked
from tumbuh.config.launch.console import step
from tumbuh.config.launch.errors import AssetsError
from tumbuh.config.launch.places import BUILD, FRONTEND, PYTHON, ROOT, VENV, get_var
from tumbuh.config.launch.shell import run_quietly
from tumbuh.config.launch.stamps import compute_digest, is_current, list_files, write_stamp

LOWEST_NODE = (20, 19)
MADE = {".mo", ".pyc"}
SKIPPED = frozenset({"node_modules", "build", "__pycache__", "migrations"})


def ensure_assets() -> None:
    """Everything under `static` is built from what lies in the checkout now; AssetsError says what failed."""
    _build_frontend()
    compile_texts()
    _collect_static()


def _build_frontend() -> None:
    """The style sheet keeps only what the templates use, so these are among its inputs."""
    stamp = BUILD / ".stamp"
    files = list_files(FRONTEND, ROOT / "tumbuh" / "web", skip=SKIPPED)
    digest = compute_digest(file for file in files if file.suffix not in MADE)
    if is_current(stamp, digest):
        return
    folder = _find_node()
    environment = {"PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin"}
    _install_frontend(folder, environment)
    with step("Style sheet and scripts"):
        run_quietly(
            [folder / "npm", "run", "build"],
            "frontend/ could not be built:",
            AssetsError,
            cwd=FRONTEND,
            env=environment,
        )
    write_stamp(stamp, digest)


def _install_frontend(folder: Path, environment: dict[str, str]) -> None:
    stamp = FRONTEND / "node_modules" / ".tumbuh-stamp"
    digest = compute_digest([FRONTEND / "package-lock.json"], str(ROOT))
    if is_current(stamp, digest):
        return
    with step("Frontend packages (frontend/package-lock.json)"):
        run_quietly(
            [folder / "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            "The packages of frontend/package-lock.json could not be installed. "
            "Check that the npm registry can be reached, then run the same command again.",
            AssetsError,
            cwd=FRONTEND,
            env=environment,
        )
    write_stamp(stamp, digest)


def _find_node() -> Path:
    """The folder of a fit `node` and `npm`: the system's, else the wheel's in our environment."""
    for program in (shutil.which("node"), VENV / "bin" / "node"):
        if program and _is_fit(Path(program)):
            return Path(program).parent
    with step("Node.js for the build (this machine has none, or an old one)"):
        install_locked(ROOT / "requirements" / "node.txt")
    return VENV / "bin"


def _is_fit(node: Path) -> bool:
    if not (node.parent / "npm").exists():
        return False
    try:
        found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    match = re.match(r"v(\d+)\.(\d+)", found)
    return bool(match) and tuple(map(int, match.groups())) >= LOWEST_NODE


def compile_texts() -> None:
    """Each .po file has a .mo beside it that is no older."""
    stale = [file for file in (ROOT / "tumbuh").glob("**/locale/*/LC_MESSAGES/*.po") if _is_stale(file)]
    if not stale:
        return
    with step("English texts"):
        for file in stale:
            part = file.with_suffix(f".mo-{os.getpid()}")
            with file.open("rb") as source, part.open("wb") as target:
                write_mo(target, read_po(source, locale=file.parts[-3]))
            part.replace(file.with_suffix(".mo"))


def _is_stale(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < file.stat().st_mtime


def _collect_static() -> None:
    """Static files under names with their digest, compressed, in the private folder."""
    stamp = get_var() / "static" / ".stamp"
    folders = (ROOT / "tumbuh").glob("**/static")
    digest = compute_digest([*list_files(*folders), ROOT / "requirements" / "run.txt"], str(ROOT))
    if is_current(stamp, digest):
        return
    with step("Static files, compressed"):
        command = [PYTHON, "-m", "tumbuh", "collectstatic", "--no-input", "--verbosity=0"]
        run_quietly(command, "The static files could not be collected:", AssetsError)
    write_stamp(stamp, digest)
