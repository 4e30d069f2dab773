"""`make lock`: writes the hash-locked requirements from pyproject.toml."""

import os
import shutil
import sys

from tumbuh.config.launch.console import say, step
from tumbuh.config.launch.errors import BootstrapError
from tumbuh.config.launch.places import ROOT, get_var
from tumbuh.config.launch.shell import run_quietly

FOLDER = ROOT / "requirements"
# (what is asked for, where the answer goes, further options); tools.txt holds the program that does this.
LOCKS = (
    ("pyproject.toml", "requirements/run.txt", ()),
    ("pyproject.toml", "requirements/dev.txt", ("--extra", "dev", "-c", "requirements/run.txt")),
    ("requirements/node.in", "requirements/node.txt", ()),
    ("requirements/tools.in", "requirements/tools.txt", ()),
    ("requirements/bench.in", "requirements/bench.txt", ()),
)


def lock_requirements() -> int:
    """Adds what pyproject.toml newly asks for and keeps the other versions; UPGRADE=1 takes the newest of all."""
    upgrade = ("--upgrade",) if os.environ.get("UPGRADE") == "1" else ()
    folder = get_var() / "lock-env"
    shutil.rmtree(folder, ignore_errors=True)
    with step("Locking tool (requirements/tools.txt)"):
        run_quietly([sys.executable, "-m", "venv", folder], "No environment could be made:", BootstrapError)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "-q", "--no-deps", "--require-hashes"]
        run_quietly([*pip, "-r", FOLDER / "tools.txt"], "The locking tool could not be installed:", BootstrapError)
    common = ("--universal", "--python-version", "3.11", "--generate-hashes")
    for source, target, options in LOCKS:
        with step(target):
            run_quietly(
                [folder / "bin" / "uv", "pip", "compile", source, *common, *options, *upgrade, "-o", target],
                f"{target} could not be written:",
                BootstrapError,
            )
    shutil.rmtree(folder)
    say("Look at the difference before you commit it: git diff requirements/")
    return 0
