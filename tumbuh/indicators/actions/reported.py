"""Keeping what another system says of each desa. Nothing is changed: a newer figure is another row."""

from collections.abc import Sequence

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.indicators.models import ReportedFigures
from tumbuh.indicators.queries.reported import read_current
from tumbuh.indicators.rules.reported import Reported
from tumbuh.records.api import SourceBatch


@transaction.atomic
def record_reported(*, by: User, batch: SourceBatch, rows: Sequence[Reported]) -> dict[Reported, str]:
    """What became of each: "new", "changed", or "same" (nothing is written). A figure that a row leaves out stands as
    an earlier row has it. The caller has looked at the user's scope."""
    known = read_current(batch.kind, {row.region_id for row in rows}, {row.period for row in rows})
    found: dict[Reported, str] = {}
    fresh = []
    for row in rows:
        old = known.get((row.region_id, row.period), {})
        whole = {**old, **dict(row.figures)}
        found[row] = "same" if whole == old else "changed" if old else "new"
        if whole != old:
            known[row.region_id, row.period] = whole
            place = {"region_id": row.region_id, "period": row.period}
            fresh.append(ReportedFigures(batch=batch, source=batch.kind, figures=dict(row.figures), **place))
    ReportedFigures.objects.bulk_create(fresh, batch_size=1000)
    if fresh:
        after = {"source": batch.kind, "rows": len(fresh)}
        record_event(by=by, action="indicators.reported.recorded", object_kind="batch", object_id=batch.pk, after=after)
    return found
