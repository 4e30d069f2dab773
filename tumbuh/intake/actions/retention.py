"""Deleting what was kept of imports once its time is over: the cells of the file, its rows, the values before."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tumbuh.audit.api import Actor, record_event
from tumbuh.intake.actions.spool import remove_files
from tumbuh.intake.actions.steps import about
from tumbuh.intake.models import Import, KeptChunk, Row, SavedRow
from tumbuh.intake.rules import State

FINISHED = (State.COMMITTED, State.UNDONE, State.CANCELLED, State.REFUSED)
WAITING = (State.UPLOADED, State.CONFIRM, State.PREVIEW)


@dataclass(frozen=True)
class Retention:
    """Days that the content of a finished import, and of one that nobody went on with, is kept."""

    undo_days: int
    open_days: int


def read_retention(on: date) -> Retention:
    """The parameters in force on a day (definitions/parameters/import-retention.yaml); before the first, the first."""
    content: dict[str, Any] = yaml.safe_load((settings.DEFINITIONS / "parameters/import-retention.yaml").read_text())
    values = content["values"]
    valid = [entry for entry in values if entry["valid_from"] <= on] or values[:1]
    newest = max(valid, key=lambda entry: entry["valid_from"])
    return Retention(newest["undo_days"], newest["open_days"])


def clear_old_imports(*, by: Actor, today: date | None = None) -> int:
    """Delete the content of every import whose time is over, one transaction each; how many. Its line stays."""
    day = today or timezone.localdate()
    kept = read_retention(day)
    old = Import.objects.filter(cleared_at__isnull=True)
    finished = old.filter(state__in=FINISHED, uploaded_at__date__lt=day - timedelta(days=kept.undo_days))
    waiting = old.filter(state__in=WAITING, uploaded_at__date__lt=day - timedelta(days=kept.open_days))
    keys = [*finished.values_list("pk", flat=True), *waiting.values_list("pk", flat=True)]
    return sum(clear_import(by=by, import_id=key) for key in keys)


@transaction.atomic
def clear_import(*, by: Actor, import_id: object) -> bool:
    """Delete one import's rows, cells and file; False when somebody works on it or it was cleared meanwhile."""
    job = Import.objects.select_for_update(skip_locked=True).filter(pk=import_id, cleared_at__isnull=True).first()
    if job is None or job.state not in (*FINISHED, *WAITING):
        return False
    if job.state in WAITING:
        job.state = State.CANCELLED
    SavedRow.objects.filter(pk__in=Row.objects.filter(owner=job).values("pk")).delete()
    Row.objects.filter(owner=job).delete()
    KeptChunk.objects.filter(owner=job).delete()
    remove_files(job.stored_as)
    job.columns = {}
    job.cleared_at = timezone.now()
    job.save(update_fields=["state", "columns", "cleared_at"])
    record_event(by=by, action="intake.import.cleared", **about(job))
    return True
