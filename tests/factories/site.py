"""A started site, as `make run` starts it, in a private folder of its own."""

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import tumbuh
from tumbuh.config.launch.postgres.process import find_pid, wait_until

ROOT = Path(tumbuh.__file__).parents[1]
SECONDS_TO_OPEN = 120
ADDRESS = re.compile(r"Tumbuh runs at (http://\S+)")


class Site:
    """A started `run` with its own private folder."""

    def __init__(self, folder: Path, **variables: str):
        self.folder = folder
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "TUMBUH_MAKE", "TUMBUH_ROLE"}
        }
        self.environment = {**kept, "TUMBUH_VAR": str(folder), "DEMO": "none", **variables}
        self.log = folder.parent / f"{folder.name}.log"
        self.process = self.start()

    def start(self) -> subprocess.Popen:
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tumbuh.config.launch", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_open(self) -> str:
        wait_until(lambda: ADDRESS.search(self.log.read_text()) or self.process.poll() is not None, SECONDS_TO_OPEN)
        found = ADDRESS.search(self.log.read_text())
        assert found, self.log.read_text()
        return found[1]

    def call(self, *arguments: str) -> str:
        """A command of `tumbuh` on this site's database; what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "tumbuh", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def list_processes(self) -> list[int]:
        """Whatever still runs with this site's private folder in its environment or in its words."""
        return [
            int(place.name)
            for place in Path("/proc").glob("[0-9]*")
            if str(self.folder).encode() in read(place / "environ") + read(place / "cmdline")
        ]

    def check_nothing_is_left(self) -> None:
        assert wait_until(lambda: self.list_processes() == [], 25), self.list_processes()
        assert find_pid(self.folder / "pg" / "data") is None


def read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def get_status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code
    except OSError:
        return 0
