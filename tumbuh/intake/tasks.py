"""Background work of the intake room. Each task is one action; a killed one is run again (see resume_stalled)."""

from uuid import UUID

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tumbuh.accounts.api import User
from tumbuh.intake.actions.checking import check_import
from tumbuh.intake.actions.committing import commit_import
from tumbuh.intake.actions.guarding import guard
from tumbuh.intake.actions.reading import read_import
from tumbuh.intake.actions.resuming import QUEUE, retry_stalled
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
def undo(import_id: str, user_id: int, reason: str) -> None:
    guard(undo_import, UUID(import_id), by=User.objects.get(pk=user_id), reason=reason)


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, name="intake.resume", queueing_lock="intake.resume", pass_context=False)
async def resume(timestamp: int) -> None:
    await retry_stalled()
