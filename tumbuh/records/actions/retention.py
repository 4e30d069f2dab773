"""Deleting what stood in the register before, once its time is over."""

from datetime import date, timedelta
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tumbuh.audit.api import Actor, record_event
from tumbuh.records.models import histories


def read_history_days(on: date) -> int:
    """The days in force on a day (definitions/parameters/history-retention.yaml); before the first, the first."""
    content: dict[str, Any] = yaml.safe_load((settings.DEFINITIONS / "parameters/history-retention.yaml").read_text())
    valid = [entry for entry in content["values"] if entry["valid_from"] <= on] or content["values"][:1]
    return int(max(valid, key=lambda entry: entry["valid_from"])["history_days"])


@transaction.atomic
def clear_history(*, by: Actor, today: date | None = None) -> int:
    """Delete former content that ended longer ago than is kept; how many rows. Nothing old: no event."""
    day = today or timezone.localdate()
    until = day - timedelta(days=read_history_days(day))
    old = (model.objects.filter(pgh_created_at__date__lt=until) for model in histories.HISTORIES)
    removed = sum(rows.delete()[0] for rows in old)
    if removed:
        record_event(
            by=by, action="records.history.cleared", object_kind="history", object_id=until.isoformat(),
            after={"rows": removed},
        )  # fmt: skip
    return removed
