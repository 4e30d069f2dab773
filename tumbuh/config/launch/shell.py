"""Runs one program and keeps its noise to itself unless it fails."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tumbuh.config.launch.errors import LaunchError
from tumbuh.config.launch.places import ROOT


def run_quietly(
    command: Sequence[str | Path],
    failure: str,
    error: type[LaunchError] = LaunchError,
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> str:
    """What the program printed; when it fails, `error` with the sentence `failure` and the program's last lines."""
    try:
        result = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as problem:
        raise error(f"{failure}\n    {problem}") from problem
    if result.returncode:
        lines = [line for line in (result.stdout + result.stderr).splitlines() if line and "Location file:" not in line]
        raise error("\n    ".join([failure, *lines[-15:]]))
    return result.stdout
