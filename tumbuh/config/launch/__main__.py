"""`python3 -m tumbuh.config.launch run|test|test-fast|bench|lock|clean`: what the Makefile calls.

Starts on any Python ≥ 3.11 without packages, makes the environment, and goes on inside it.
"""

import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tumbuh.config.launch.bootstrap import ensure_environment
from tumbuh.config.launch.console import complain
from tumbuh.config.launch.errors import LaunchError
from tumbuh.config.launch.places import PYTHON, ROOT, VENV

# command: (environment that it needs, module, function)
COMMANDS = {
    "run": ("run", "run", "run"),
    "test": ("dev", "checks", "run_all"),
    "test-fast": ("dev", "checks", "run_fast"),
    "bench": ("dev", "checks", "run_benchmarks"),
    "lock": (None, "locking", "lock_requirements"),
    "clean": (None, "cleaning", "clean"),
}


def main(arguments: list[str]) -> int:
    """The exit code of the command; one sentence on the error stream instead of a traceback for what is foreseen."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        complain(f"Use: python3 -m tumbuh.config.launch {'|'.join(COMMANDS)}")
        return 2
    kind, module, function = COMMANDS[arguments[0]]
    try:
        if kind:
            os.environ.setdefault("TUMBUH_BEGUN", str(time.time()))
            ensure_environment(kind)
            _enter_environment(arguments)
        command: Callable[[], int] = getattr(import_module(f"tumbuh.config.launch.{module}"), function)
        return command()
    except LaunchError as problem:
        complain(f"\n{problem}")
        return 1
    except KeyboardInterrupt:
        complain("\nStopped.")
        return 130


def _enter_environment(arguments: list[str]) -> None:
    """Goes on as the environment's Python, unless this is it already."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.chdir(ROOT)
        os.execv(PYTHON, [str(PYTHON), "-m", "tumbuh.config.launch", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
