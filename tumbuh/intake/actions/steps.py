"""What the working steps share: one worker at a time for an import, progress, cancelling, moves between states."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tumbuh.accounts.api import IMPORT, User, get_scope
from tumbuh.intake.errors import CancelledError, NotAllowedError, StateError
from tumbuh.intake.models import Import
from tumbuh.intake.rules import State, can_move
from tumbuh.regions.api import find_enclosing

LOCK_KEY = 0x1A7A  # first half of the advisory lock's key; the second is from the import's id


@contextmanager
def work_alone(import_id: UUID, state: State) -> Iterator[Import | None]:
    """The import while no other process works on it, or None when it is not in that state (any more).

    The lock belongs to the database session, so it ends with a killed process; a second run waits for the first.
    """
    key = [LOCK_KEY, int.from_bytes(import_id.bytes[:4], "big", signed=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", key)
    try:
        yield Import.objects.filter(pk=import_id, state=state).select_related("by").first()
    finally:
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def get_for_update(by: User, import_id: UUID) -> Import:
    """The import, locked, for somebody who may import in its region; else NotAllowedError."""
    job = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    scope = get_scope(by, IMPORT)
    is_own = job.by_id == by.pk and (job.region_id is None or scope.contains(job.region_id))
    if not scope.spans or not (is_own or (job.region_id is not None and scope.contains(job.region_id))):
        raise NotAllowedError
    return job


def move(job: Import, target: State, **values: object) -> None:
    """Take the import to another state, provided that it is still in the one we know."""
    if not can_move(State(job.state), target):
        raise StateError(State(job.state).label)
    values["state"] = target
    if not Import.objects.filter(pk=job.pk, state=job.state).update(**values):
        raise StateError(State(job.state).label)
    for name, value in values.items():
        setattr(job, name, value)


def about(job: Import) -> dict[str, Any]:
    """What an event says of its import, with the smallest region that holds the rows; before they were checked, with
    the one that holds wherever the user who sent them may import."""
    place = job.region_id
    if place is None:
        place = find_enclosing(number for span in get_scope(job.by, IMPORT).spans for number in span)
    return {"object_kind": "import", "object_id": job.pk, "region_id": place}


def report_progress(job: Import, done: int, total: int | None = None) -> None:
    """Show how far we are; raises CancelledError when the user asked to stop."""
    values = {"rows_done": done} if total is None else {"rows_done": done, "rows_total": total}
    Import.objects.filter(pk=job.pk).update(**values)
    if Import.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise CancelledError


class Aside:
    """A second connection, to show progress from inside a long transaction."""

    def __init__(self, job: Import) -> None:
        self.key = job.pk
        self.link: BaseDatabaseWrapper = connection.copy()

    def __enter__(self) -> "Aside":
        return self

    def __exit__(self, *_: object) -> None:
        self.link.close()

    def show(self, done: int) -> None:
        with self.link.cursor() as cursor:
            cursor.execute("UPDATE intake_import SET rows_done = %s WHERE id = %s", [done, self.key])

    def check(self) -> None:
        """Raises CancelledError when the user asked to stop."""
        with self.link.cursor() as cursor:
            cursor.execute("SELECT cancel_asked FROM intake_import WHERE id = %s", [self.key])
            row = cursor.fetchone()
        if row and row[0]:
            raise CancelledError
