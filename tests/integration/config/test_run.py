"""The whole start, as `make run` does it: it opens, it says so, and it leaves nothing behind however it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import tumbuh
from tumbuh.config.launch.postgres.process import find_pid, wait_until

pytestmark = pytest.mark.slow

ROOT = Path(tumbuh.__file__).parents[1]
SECONDS_TO_OPEN = 120
ADDRESS = re.compile(r"Tumbuh runs at (http://\S+)")


class Site:
    """A started `run` with its own private folder."""

    def __init__(self, folder: Path, **variables: str):
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "TUMBUH_MAKE"}}
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


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_site_opens_revives_what_dies_and_ends_on_ctrl_c(tmp_path, taken_port):
    site = Site(tmp_path / "var", PORT=str(taken_port))
    address = site.wait_open()
    assert f"Port {taken_port} is taken" in site.log.read_text()
    assert not address.endswith(f":{taken_port}")
    assert get_status(address) < 500

    again = subprocess.run(
        site.process.args, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0
    assert f"already running in this folder: {address}" in again.stdout

    os.kill(find_pid(site.folder / "pg" / "data"), signal.SIGKILL)
    assert wait_until(lambda: "it runs again" in site.log.read_text(), 30), site.log.read_text()
    assert get_status(address) < 500

    os.killpg(site.process.pid, signal.SIGINT)
    assert site.process.wait(30) == 0
    ending = site.log.read_text().partition("Stopping …")[2]
    assert "Tumbuh has stopped." in ending
    assert (
        "tumbuh/config/launch" not in ending
    )  # no trace of the launcher; the worker may still tell of its lost server
    site.check_nothing_is_left()


def test_nothing_is_left_when_the_starter_is_killed(tmp_path):
    site = Site(tmp_path / "var", PORT="18700")
    site.wait_open()
    assert len(site.list_processes()) > 4
    site.process.kill()
    site.process.wait()
    site.check_nothing_is_left()


def test_stop_during_the_start_leaves_nothing(tmp_path):
    site = Site(tmp_path / "var", PORT="18800")
    time.sleep(2)
    site.process.terminate()
    assert site.process.wait(30) == 0
    site.check_nothing_is_left()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DEMO": "huge"}, "DEMO=huge is not known"),
        ({"PORT": "web"}, "PORT=web is no port number"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "PostgreSQL only"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing"}, "Connection refused"),
    ],
)
def test_wrong_settings_are_a_sentence(tmp_path, variables, sentence):
    site = Site(tmp_path / "var", **variables)
    assert site.process.wait(60) == 1
    assert sentence in site.log.read_text()
    assert "Traceback" not in site.log.read_text()
    site.check_nothing_is_left()
