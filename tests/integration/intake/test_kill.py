"""kill -9 of a real worker in the middle of an import, ten times: afterwards all is as if nothing had happened."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from tests.factories.accounts import make_user
from tests.factories.eppgbm import list_bench_rows, write_csv
from tests.factories.imports import run, take
from tests.factories.regions import make_province
from tumbuh.intake.api import Import, State, confirm_columns, defer_check, defer_commit, start_commit
from tumbuh.intake.models import Row

pytestmark = pytest.mark.slow
KILLS = 10
ROWS = 1200
TABLES = (
    "procrastinate_jobs", "intake_savedrow", "intake_keptchunk", "intake_row", "intake_import", "indicators_cell",
    "records_measurement", "records_person", "records_household", "records_sourcebatch", "regions_facility",
    "accounts_assignment", "accounts_user", "regions_region", "audit_event", "audit_link", "verification_contribution",
)  # fmt: skip
CONTENT = """
SELECT md5(string_agg(x::text, ',' ORDER BY x::text)), count(*) FROM (
    SELECT p.name, p.birth_date, p.nik_index, p.nik_encrypted, p.registered_on, m.measured_on, m.weight_kg, m.lenhei_cm,
           m.haz, m.waz, m.whz, m.weight_gain, f.name AS posyandu
    FROM records_person p JOIN records_measurement m ON m.person_id = p.id
    LEFT JOIN regions_facility f ON f.id = m.posyandu_id) x
"""
CELLS = """
SELECT md5(string_agg(x::text, ',' ORDER BY x::text)) FROM (
    SELECT region_id, month, indicator, numerators, denominators FROM indicators_cell) x
"""


def empty() -> None:
    """Take everything away, but never outside a test database."""
    assert connection.settings_dict["NAME"].startswith("test_"), connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY CASCADE")


def start_worker(settings, *, once: bool) -> subprocess.Popen:
    values = connection.settings_dict
    address = f"postgresql://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    if values["HOST"].startswith("/"):
        address = f"postgresql://{values['USER']}:{values['PASSWORD']}@/{values['NAME']}?host={values['HOST']}"
    environment = {**os.environ, "DATABASE_URL": address, "TUMBUH_NIK_KEY": settings.NIK_KEY,
                   "TUMBUH_SECRET_KEY": settings.SECRET_KEY, "TUMBUH_VAR": str(settings.MEDIA_ROOT.parent)}  # fmt: skip
    command = [sys.executable, "-m", "tumbuh", "worker", *(["--once"] if once else [])]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_at_work(settings, delay: float) -> None:
    """Start a worker, wait until it has taken the job, let it work for a moment, kill it, put its job back."""
    worker = start_worker(settings, once=False)
    deadline = time.monotonic() + 60
    while read("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(delay)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs WHERE status = 'doing'")
        jobs = [job for (job,) in cursor.fetchall()]
    for job in jobs:  # what the worker itself does for the jobs of the silent, after its patience
        app.job_manager.retry_job_by_id(job, timezone.now())


def read(statement: str):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def finish(settings) -> None:
    assert start_worker(settings, once=True).wait(timeout=240) == 0


def test_killed_workers_leave_no_trace(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    chance = random.Random(45)
    user = make_user(role="PROVINSI_ADMIN", region=make_province()["91"])
    places = [("ANU", "HULU", "HULU SATU", name) for name in ("SUMBER JAYA", "TALANG BARU")]
    path = write_csv(tmp_path / "a.csv", list_bench_rows(ROWS, places))
    run(user, path)
    with connection.cursor() as cursor:
        cursor.execute(CONTENT)
        undisturbed = cursor.fetchone()
    cells = read(CELLS)
    assert undisturbed[1] == ROWS
    kills = 0
    while kills < KILLS:
        empty()
        user = make_user(role="PROVINSI_ADMIN", region=make_province()["91"])
        job = take(user, path)
        confirm_columns(by=user, import_id=job.pk)
        defer_check(job.pk)
        kill_at_work(settings, chance.uniform(0, 1.5))
        finish(settings)
        assert Import.objects.get().state == State.PREVIEW and Row.objects.count() == ROWS
        start_commit(by=user, import_id=job.pk)
        defer_commit(job.pk)
        kill_at_work(settings, chance.uniform(0, 2.5))
        kills += 2
        assert read("SELECT count(*) FROM records_measurement") in {0, ROWS}
        finish(settings)
        job.refresh_from_db()
        assert (job.state, job.counts["new"]) == (State.COMMITTED, ROWS)
        with connection.cursor() as cursor:
            cursor.execute(CONTENT)
            assert cursor.fetchone() == undisturbed
        assert read(CELLS) == cells
        assert read("SELECT count(*) FROM audit_event WHERE action = 'intake.import.saved'") == 1
