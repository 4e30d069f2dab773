"""Makes `.venv` from the hash-locked requirements; needs nothing but the system's Python.

A stamp in the environment holds the digest of what it was made from, so that a warm start skips all this.
"""

import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

from tumbuh.config.launch.console import say, step
from tumbuh.config.launch.errors import BootstrapError
from tumbuh.config.launch.locks import hold_lock
from tumbuh.config.launch.places import PYTHON, ROOT, VENV, make_private_folder
from tumbuh.config.launch.shell import run_quietly
from tumbuh.config.launch.stamps import compute_digest, is_current, write_stamp

LOWEST = (3, 11)
KINDS = ("run", "dev")
# `/bin/sh` starts the script, because a path in `#!` may be neither long nor hold spaces.
COMMAND = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
from tumbuh.config.command import main

main()
"""


def ensure_environment(kind: str) -> None:
    """The environment holds the packages of requirements/`kind`.txt ("run" or "dev"), or BootstrapError says why not.

    A `.venv` that is a link belongs to somebody else and is used as it is.
    """
    if sys.version_info < LOWEST:
        raise BootstrapError(
            f"Tumbuh needs Python 3.11 or newer, and this is {sys.version.split()[0]} ({sys.executable}). "
            "Install a newer one and name it: make run PYTHON=/path/to/python3.11"
        )
    if VENV.is_symlink() or _is_made(kind):
        return
    lock = make_private_folder(ROOT / "var") / "setup.lock"
    with hold_lock(lock, lambda: say("  … Waiting for another make in this folder to finish setting up")):
        if not _is_made(kind):
            _make(kind)


def _is_made(kind: str) -> bool:
    return PYTHON.exists() and is_current(_get_stamp(kind), _get_digest(kind))


def _get_stamp(kind: str) -> Path:
    return VENV / f"tumbuh-{kind}.stamp"


def _get_lock(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def _get_digest(kind: str) -> str:
    """The lock file's contents and the place: an environment does not survive a move."""
    return compute_digest([_get_lock(kind)], str(ROOT), COMMAND)


def _make(kind: str) -> None:
    if Path(sys.prefix) == VENV:
        raise BootstrapError(
            "The packages in .venv are not those of requirements/, and this Python itself lives there. "
            "Bring them up to date with the system's Python: make test-fast"
        )
    if VENV.exists() and not any(is_current(_get_stamp(known), _get_digest(known)) for known in KINDS):
        shutil.rmtree(VENV)  # half-made, moved, or of older requirements
    if not PYTHON.exists():
        with step("Python environment in .venv"):
            _make_venv()
    with step(f"Python packages (requirements/{kind}.txt, checked by hash)"):
        install_locked(_get_lock(kind))
        _install_project()
    for known in KINDS:
        if known == kind or _list_pins(known) <= _list_pins(kind):
            write_stamp(_get_stamp(known), _get_digest(known))


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _provide_ensurepip()
    run_quietly([sys.executable, "-m", "venv", VENV], "The Python environment .venv could not be made:", BootstrapError)


def _provide_ensurepip() -> None:
    """Debian keeps ensurepip in a package of its own; root may install it, anybody else is told."""
    package = f"python3.{sys.version_info.minor}-venv"
    advice = f"This Python cannot make environments, because Debian keeps that part in {package}."
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise BootstrapError(f"{advice} Install it with: sudo apt-get install {package}")
    say(f"    {advice} Installing it.")
    failure = f"{package} could not be installed by apt-get:"
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run_quietly(["apt-get", "update"], failure, BootstrapError, env=quiet)
    run_quietly(["apt-get", "install", "-y", "--no-install-recommends", package], failure, BootstrapError, env=quiet)


def install_locked(lock: Path) -> None:
    """Installs a hash-locked requirements file into the environment; packages of another digest are refused."""
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input"]
    run_quietly(
        [*pip, "--no-deps", "--no-compile", "--require-hashes", "-r", lock],
        f"The packages of {lock.relative_to(ROOT)} could not be installed. "
        "Check that the Python package index can be reached, then run the same command again.",
        BootstrapError,
    )


def _install_project() -> None:
    """The checkout itself on the environment's path, and the command `.venv/bin/tumbuh`."""
    [packages] = (VENV / "lib").glob("python3*/site-packages")
    (packages / "tumbuh-checkout.pth").write_text(f"{ROOT}\n")
    script = VENV / "bin" / "tumbuh"
    script.write_text(COMMAND.format(python=PYTHON))
    script.chmod(0o755)


def _list_pins(kind: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9][^ \\\n]*==[^ \\\n;]+", _get_lock(kind).read_text(), re.MULTILINE))
