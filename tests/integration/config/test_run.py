"""The whole start, as `make run` does it: it opens, it says so, and it leaves nothing behind however it ends."""

import os
import signal
import socket
import subprocess
import time

import pytest

from tests.factories.site import ROOT, Site, get_status
from tumbuh.config.launch.postgres.process import find_pid, wait_until

pytestmark = pytest.mark.slow


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
