"""The worker: does what waits, and takes over the jobs of workers that died."""

import pytest
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:.*was never awaited:RuntimeWarning"),
]
DONE = []


@pytest.fixture
def task():
    """A task that leaves its argument in DONE."""
    DONE.clear()
    name = "tests.note_down"
    app.task(name=name)(DONE.append)
    yield name
    del app.tasks[name]


def test_waiting_jobs_are_done(task):
    for number in (1, 2, 3):
        app.configure_task(task).defer(object=number)
    call_command("worker", "--once")
    assert DONE == [1, 2, 3]
