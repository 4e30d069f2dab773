"""Whose child somebody is."""

from collections.abc import Sequence

from django.db import connection, transaction

from tumbuh.audit.api import Actor, record_event
from tumbuh.records.models import SourceBatch

LINK = """
UPDATE records_person p SET mother_id = t.mother
FROM unnest(%s::bigint[], %s::bigint[]) AS t(child, mother)
WHERE p.id = t.child AND p.mother_id IS NULL AND t.child <> t.mother
"""


@transaction.atomic
def link_mothers(*, by: Actor, batch: SourceBatch, pairs: Sequence[tuple[int, int]]) -> int:
    """Give children (person ids) their mothers (person ids) where none is known; how many. A known mother stays.

    Births and groups of the mothers follow: the caller refreshes the indicators of their desa and months.
    """
    if not pairs:
        return 0
    children, mothers = zip(*pairs, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(LINK, [list(children), list(mothers)])
        linked = cursor.rowcount
    if linked:
        record_event(
            by=by, action="records.mothers.linked", object_kind="batch", object_id=batch.pk, after={"children": linked}
        )
    return linked
