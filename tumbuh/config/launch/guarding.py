"""The near end of the guard (guard.py): tells it what to end should this process die."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tumbuh.config.launch.places import ROOT


@dataclass(frozen=True)
class Guard:
    """A waiting guard process."""

    process: subprocess.Popen[bytes]

    def watch(self, group: int) -> None:
        """Should this process die, the guard ends this process group."""
        self._tell(f"+{group}")

    def forget(self, group: int) -> None:
        """The process group has ended; its number may belong to another soon."""
        self._tell(f"-{group}")

    def finish(self) -> None:
        """Lets the guard do its work now and waits for it."""
        if self.process.stdin and not self.process.stdin.closed:
            self._tell(".")
            self.process.stdin.close()
        self.process.wait()

    def _tell(self, line: str) -> None:
        if self.process.stdin and self.process.poll() is None:
            self.process.stdin.write(f"{line}\n".encode())
            self.process.stdin.flush()


def start_guard(*folders: Path) -> Guard:
    """A guard for this process; with the server's folder and its socket's folder it also stops the server."""
    return Guard(
        subprocess.Popen(
            [sys.executable, "-m", "tumbuh.config.launch.guard", *map(str, folders)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    )
