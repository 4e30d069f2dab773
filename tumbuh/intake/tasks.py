"""Background work of the intake room. Each task is one action; the worker runs a killed one again."""

from uuid import UUID

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.intake.actions.checking import check_import
from tumbuh.intake.actions.committing import commit_import
from tumbuh.intake.actions.deferring import QUEUE
from tumbuh.intake.actions.guarding import guard
from tumbuh.intake.actions.reading import read_import
from tumbuh.intake.actions.retention import clear_old_imports
from tumbuh.intake.actions.undoing import undo_import

# a lost database connection is worth another try, anything else is told to the user by `guard`
AGAIN = RetryStrategy(max_attempts=5, wait=5, retry_exceptions={OperationalError, InterfaceError})


@app.task(queue=QUEUE, name="intake.read", retry=AGAIN)
def read(import_id: str) -> None:
    guard(read_import, UUID(import_id))


@app.task(queue=QUEUE, name="intake.check", retry=AGAIN)
def check(import_id: str) -> None:
    guard(check_import, UUID(import_id))


@app.task(queue=QUEUE, name="intake.commit", retry=AGAIN)
def commit(import_id: str) -> None:
    guard(commit_import, UUID(import_id))


@app.task(queue=QUEUE, name="intake.undo", retry=AGAIN)
def undo(import_id: str) -> None:
    guard(undo_import, UUID(import_id))


@app.periodic(cron="17 2 * * *")
@app.task(queue=QUEUE, name="intake.clear", retry=AGAIN)
def clear(timestamp: int) -> None:
    with whole_country("retention"):
        clear_old_imports(by=SYSTEM)
