"""kill -9 of web workers and of PostgreSQL while people write: nothing acknowledged is lost, nothing is done twice.

Four people verify packages over HTTP. Whoever gets no answer asks again, as a person does who presses the button again.
"""

import os
import random
import signal
import threading
import time
from pathlib import Path

import psycopg
import pytest
import requests

from tests.factories.accounts import PASSWORD
from tests.factories.crowd import MONTH, VERIFIER, list_codes
from tests.factories.site import Site, read
from tumbuh.config.launch.postgres.cluster import Cluster, get_address
from tumbuh.config.launch.postgres.process import find_pid

pytestmark = pytest.mark.slow

PACKAGES, WRITERS = 400, 4
SERVER_KILLS, SECONDS_BETWEEN = 2, 1.5
PATIENCE = 240
FOUND = """
select r.code, p.state, count(s.id), count(distinct e.id)
from verification_package p
join regions_region r on r.id = p.region_id
left join verification_step s on s.package_id = p.id and s.move = 'VERIFY'
left join audit_event e on e.object_id = p.public_id::text and e.action = 'verification.verify'
group by r.code, p.state
"""


class Writer(threading.Thread):
    """Verifies its packages one after the other, and notes which of them were acknowledged at the first asking."""

    def __init__(self, site: str, codes: list[str]):
        super().__init__(daemon=True)
        self.site, self.codes = site, codes
        self.acknowledged: list[str] = []
        self.unanswered = 0
        self.browser = self.sign_in()  # before anything is killed: nobody asks for a sign-in a second time here

    def run(self) -> None:
        for code in self.codes:
            self.verify(code)

    def sign_in(self) -> requests.Session:
        browser = requests.Session()
        browser.get(f"{self.site}/masuk", timeout=20)
        form = {"login": VERIFIER, "password": PASSWORD, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        browser.post(f"{self.site}/masuk", form, headers={"Referer": self.site}, timeout=20).raise_for_status()
        assert "sessionid" in browser.cookies
        return browser

    def verify(self, code: str) -> None:
        address = f"{self.site}/verifikasi/paket/{code}/{MONTH:%Y-%m}/langkah"
        form = {"langkah": "VERIFY-2", "csrfmiddlewaretoken": self.browser.cookies["csrftoken"]}
        is_first = True
        while True:
            try:
                answer = self.browser.post(
                    address, form, headers={"Referer": self.site}, timeout=20, allow_redirects=False
                )
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code == 302:
                assert answer.headers["Location"].startswith("/verifikasi/paket/")
                break
            is_first, self.unanswered = False, self.unanswered + 1
            time.sleep(0.2)
        if is_first:
            self.acknowledged.append(code)


def list_web_workers(site: Site) -> list[int]:
    """The processes that answer requests: children of the web server's own."""
    running = {pid: Path(f"/proc/{pid}") for pid in site.list_processes()}
    servers = {pid for pid, place in running.items() if b"granian" in read(place / "cmdline")}
    return [
        pid
        for pid, place in running.items()
        if get_parent(place) in servers and b"resource_tracker" not in read(place / "cmdline")
    ]


def get_parent(place: Path) -> int:
    """The number of the process that started it; 0 when it is gone."""
    return int((read(place / "stat").rpartition(b")")[2].split() or [0, 0])[1])


def kill_while_they_write(site: Site, writers: list[Writer]) -> tuple[int, int]:
    """A web worker again and again, and the database server a few times; how often each was killed.

    Only once something was acknowledged after the last time: a web server whose workers never come to work gives up.
    """
    workers = servers = seen = 0
    chance = random.Random(45)
    end = time.monotonic() + PATIENCE
    while any(writer.is_alive() for writer in writers) and time.monotonic() < end and site.process.poll() is None:
        time.sleep(SECONDS_BETWEEN)
        done = sum(len(writer.acknowledged) for writer in writers)
        if done == seen:
            continue
        seen = done
        if servers < SERVER_KILLS and done > (servers + 1) * PACKAGES // (SERVER_KILLS + 2):
            os.kill(find_pid(site.folder / "pg" / "data"), signal.SIGKILL)
            servers += 1
        elif found := list_web_workers(site):
            os.kill(chance.choice(found), signal.SIGKILL)
            workers += 1
    return workers, servers


@pytest.fixture
def site(tmp_path):
    started = Site(tmp_path / "var", PORT="18900", TUMBUH_MFA_ROLES="none")
    yield started
    if started.process.poll() is None:
        os.killpg(started.process.pid, signal.SIGINT)
        started.process.wait(30)
    started.check_nothing_is_left()


def test_nothing_acknowledged_is_lost(site):
    address = site.wait_open()
    site.call("shell", "-c", f"from tests.factories.crowd import make_crowd; make_crowd({PACKAGES})")
    codes = list_codes(PACKAGES)
    writers = [Writer(address, codes[number::WRITERS]) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    workers, servers = kill_while_they_write(site, writers)
    assert not any(writer.is_alive() for writer in writers), site.log.read_text()
    acknowledged = {code for writer in writers for code in writer.acknowledged}
    print(f"{workers} web workers and {servers} database servers killed; {len(acknowledged)} of {PACKAGES} answered "
          f"at once, {sum(writer.unanswered for writer in writers)} requests without an answer")  # fmt: skip
    assert workers >= 3
    assert servers == SERVER_KILLS
    with psycopg.connect(get_address(Cluster(site.folder / "pg", site.folder / "keys"))) as connection:
        rows = {code: rest for code, *rest in connection.execute(FOUND).fetchall()}
    assert {code: rows[code] for code in acknowledged} == {code: ["VERIFIED_KECAMATAN", 1, 1] for code in acknowledged}
    assert rows == {code: ["VERIFIED_KECAMATAN", 1, 1] for code in codes}
    site.call("audit", "verify")
