"""Telling the uploader what became of their file, in the transaction in which it happens."""

from tumbuh.accounts.api import User
from tumbuh.audit.api import SYSTEM
from tumbuh.intake.models import Import
from tumbuh.notifications.api import notify


def tell_saved(job: Import, rows: dict[str, int]) -> None:
    """It is saved; what needs a look is said instead, where anything does."""
    kind, number = "import.finished", rows["new"] + rows["changed"]
    if rows["needs_review"]:
        kind, number = "import.needs_review", rows["needs_review"]
    places = {"import": str(job.pk), "number": str(number)}
    notify(by=SYSTEM, kind=kind, to=[job.by_id], key=str(job.pk), places=places)


def tell_undone(job: Import, by: User) -> None:
    """Somebody else took it back."""
    notify(by=by, kind="import.undone", to=[job.by_id], key=str(job.pk), places={"import": str(job.pk)})
