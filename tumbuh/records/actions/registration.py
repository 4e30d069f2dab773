"""Since when people stand in the register."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Max, Min

from tumbuh.audit.api import Actor, record_event
from tumbuh.records.models import SourceBatch
from tumbuh.regions.api import find_enclosing

SINCE = """
UPDATE records_person SET registered_on = greatest(birth_date, %(day)s)
WHERE batch_id = %(batch)s AND registered_on > greatest(birth_date, %(day)s)
"""


@transaction.atomic
def register_since(*, by: Actor, batch: SourceBatch, day: date) -> int:
    """Count the people of a batch in the register from `day` on (from birth, when later); how many were moved back.

    For a register that was kept elsewhere before its first measurement came to us: without it a child would enter the
    denominator of D/S only with its first visit. The caller refreshes the indicators.
    """
    with connection.cursor() as cursor:
        cursor.execute(SINCE, {"day": day, "batch": batch.pk})
        moved = cursor.rowcount
    after = {"day": day.isoformat(), "people": moved}
    ends = batch.people.aggregate(low=Min("desa_id"), high=Max("desa_id"))
    record_event(
        by=by, action="records.registration.backdated", object_kind="batch", object_id=batch.pk, after=after,
        region_id=find_enclosing(desa_id for desa_id in ends.values() if desa_id is not None),
    )  # fmt: skip
    return moved
