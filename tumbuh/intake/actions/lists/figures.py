"""Saving the counts that another system gives of each desa: kept as reported, nothing of the register changes."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from tumbuh.accounts.api import User
from tumbuh.indicators.api import Reported, record_reported
from tumbuh.intake.actions.lists.entries import Entry, open_entry
from tumbuh.intake.actions.lists.saving import ONE_AT_A_TIME, ListSaved
from tumbuh.intake.models import Import, Row
from tumbuh.intake.rules import Outcome
from tumbuh.records.api import SourceBatch
from tumbuh.regions.api import Level, find_enclosing, get_code, list_regions

NAMED = 20


def save_figures(*, by: User, batch: SourceBatch, rows: Sequence[Row]) -> tuple[ListSaved, list[Entry]]:
    """Keep the counts of the rows; each entry tells what became of it. A desa counts once in a file and period."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    entries = [open_entry(row) for row in rows]
    refuse_doubled(entries)
    wanted = [(entry, make_reported(entry)) for entry in entries if entry.is_open]
    found = record_reported(by=by, batch=batch, rows=[row for _, row in wanted])
    for entry, row in wanted:
        entry.is_new, entry.is_changed = found[row] == "new", found[row] == "changed"
    return ListSaved(), entries


def refuse_doubled(entries: Sequence[Entry]) -> None:
    """Of two lines about a desa and period the first stands."""
    first: dict[tuple[int | None, date | None], Entry] = {}
    for entry in entries:
        other = first.setdefault((entry.row.desa_id, entry.told.on), entry)
        if other is not entry:
            entry.say("Desa/Kelurahan", "DESA_DOUBLED", value=f"“{other.row.sheet}” {other.row.row}")


def make_reported(entry: Entry) -> Reported:
    assert entry.row.desa_id is not None and entry.told.on is not None  # a line without either was refused
    counts = {name: count for fact in entry.told.facts for name, count in fact.values.items()}
    return Reported(entry.row.desa_id, entry.told.on, tuple(sorted(counts.items())))


def find_missing(job: Import) -> dict[str, object]:
    """The active desa of the smallest region that holds the file's desa, which the file leaves out."""
    told = set(job.rows.exclude(outcome=Outcome.REFUSED).exclude(desa_id=None).values_list("desa_id", flat=True))
    region = find_enclosing(told)
    if region is None:
        return {"count": 0, "names": []}
    desa = list_regions(within=get_code(region), level=Level.DESA)
    missing = [one.full_name for one in desa.order_by("pk") if one.pk not in told]
    return {"count": len(missing), "names": missing[:NAMED]}
