"""The browser of the browser tests: Debian's chromium, installed where that is allowed."""

import os
import shutil

from tumbuh.config.launch.console import step
from tumbuh.config.launch.errors import LaunchError
from tumbuh.config.launch.shell import run_quietly

PROGRAM = "/usr/bin/chromium"


def ensure_chromium() -> str | None:
    """None when the browser is there, else the reason why it is not."""
    if os.access(PROGRAM, os.X_OK):
        return None
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return f"{PROGRAM} is not installed (on Debian: sudo apt-get install chromium)"
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        with step("Chromium for the browser tests (apt-get)"):
            run_quietly(["apt-get", "update"], "apt-get update failed:", env=quiet)
            install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
            run_quietly(install, "apt-get could not install chromium:", env=quiet)
    except LaunchError as problem:
        return str(problem)
    return None if os.access(PROGRAM, os.X_OK) else f"apt-get installed chromium, but not as {PROGRAM}"
