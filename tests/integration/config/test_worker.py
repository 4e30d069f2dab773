"""The worker: does what waits, and takes over the jobs of workers that died."""

import pytest
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tumbuh.web.management.commands.worker import STALLED_SECONDS

pytestmark = pytest.mark.django_db(transaction=True)
DONE = []


@pytest.fixture
def task():
    """The name of a task that notes its argument down in DONE. The queue is empty before and after."""
    DONE.clear()
    empty_queue()
    name = "tests.note_down"

    @app.task(name=name)
    def note_down(number):
        DONE.append(number)

    yield name
    del app.tasks[name]
    empty_queue()


def empty_queue() -> None:
    """Django's flush leaves the tables of unmanaged models as they are."""
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


def start_job_elsewhere(task: str, silent_seconds: int | None) -> None:
    """A job that another worker took in hand; that worker was last heard of so many seconds ago, or is gone (None)."""
    job = app.configure_task(task).defer(number=7)
    with connection.cursor() as cursor:
        worker = None
        if silent_seconds is not None:
            heard = "now() - %s * interval '1 second'"
            cursor.execute(
                f"insert into procrastinate_workers (last_heartbeat) values ({heard}) returning id", [silent_seconds]
            )
            [worker] = cursor.fetchone()
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s where id = %s", [worker, job])


def test_waiting_jobs_are_done(task):
    for number in (1, 2, 3):
        app.configure_task(task).defer(number=number)
    call_command("worker", "--once")
    assert DONE == [1, 2, 3]


@pytest.mark.parametrize(
    ("silent_seconds", "is_taken_over"), [(0, False), (STALLED_SECONDS + 1, True), (None, True)], ids=str
)
def test_job_of_a_dead_worker_is_taken_over_and_of_a_living_one_is_not(task, silent_seconds, is_taken_over):
    start_job_elsewhere(task, silent_seconds)
    call_command("worker", "--once")
    assert len(DONE) == is_taken_over
    assert ProcrastinateJob.objects.get(task_name=task).status == ("succeeded" if is_taken_over else "doing")
