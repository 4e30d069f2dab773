"""Saving the lines of a list: people, what happened to them, what the rows became, all in the caller's transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from tumbuh.accounts.api import User, whole_country
from tumbuh.intake.actions.lists.entries import Entry, open_entry
from tumbuh.intake.actions.lists.facts import make_ledger
from tumbuh.intake.actions.lists.people import find_people
from tumbuh.intake.actions.lists.visits import save_visits
from tumbuh.intake.models import Row, SavedRow
from tumbuh.intake.rules import Outcome
from tumbuh.records.api import SourceBatch, list_desa_months, save_life, set_deciles

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(6778, 1)"  # two imports that meet the same person go one after the other


@dataclass
class ListSaved:
    """The desa and months whose figures changed, those that were measured in, and how many people are new."""

    desa_months: list[tuple[int, date]] = field(default_factory=list)
    entered_months: list[tuple[int, date]] = field(default_factory=list)
    people_new: int = 0


def save_rows(*, by: User, batch: SourceBatch, rows: Sequence[Row]) -> tuple[ListSaved, list[Entry]]:
    """Write what the rows say; each entry tells what became of it."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    entries = [open_entry(row) for row in rows]
    find_people(by=by, batch=batch, entries=entries)
    enrolled = [entry for entry in entries if entry.ids and (entry.is_new or entry.is_changed)]
    people_new = sum(entry.is_new for entry in enrolled)
    people = {person for entry in enrolled for person in entry.ids.values()}
    ledger = make_ledger(entries)
    visits = save_visits(ledger, batch)
    life = save_life(by=by, batch=batch, rows=ledger.life)
    deciles = set_deciles(by=by, batch=batch, deciles=ledger.deciles) if ledger.deciles else {}
    mark_deciles(entries, deciles, ledger.deciles)
    people |= {entry.ids["self"] for entry in entries if "decile" in entry.before and "self" in entry.ids}
    touched = [*life.desa_months, *list_desa_months(people), *(visits.desa_months if visits else ())]
    entered = visits.entered_months if visits else []
    return ListSaved(sorted(set(touched)), entered, people_new), entries


def mark_deciles(entries: Sequence[Entry], before: dict[int, int | None], after: dict[int, int]) -> None:
    """The first entry of each household whose decile changed keeps what it was."""
    left = dict(before)
    for entry in entries:
        if entry.home_id in left and entry.is_open:
            home = entry.home_id
            entry.before["decile"] = {"id": home, "new": after[home], "before": left.pop(home)}


def keep_outcomes(entries: Sequence[Entry]) -> None:
    """What became of each row, in its columns."""
    for entry in entries:
        row = entry.row
        row.outcome = entry.outcome
        row.reasons = [*row.reasons, *(reason for reason in entry.reasons if reason not in row.reasons)]
        row.person_id = entry.ids.get("self", row.person_id)
        if entry.waits:
            row.decision = ""
    with whole_country("rows of one import"):
        columns = ["outcome", "reasons", "person_id", "same_as", "decision"]
        Row.objects.bulk_update([entry.row for entry in entries], columns, batch_size=500)


def keep_marks(entries: Sequence[Entry]) -> None:
    """All that an undo needs."""
    kept = [make_saved(entry) for entry in entries if entry.outcome in (Outcome.NEW, Outcome.CHANGED)]
    with whole_country("rows of one import"):
        SavedRow.objects.bulk_create(kept, batch_size=1000)


def make_saved(entry: Entry) -> SavedRow:
    """The marks as `records_undone` takes them: the visit's own, with those of the person and the household."""
    marks: dict[str, Any] = {key: entry.before[key] for key in ("person", "others", "decile") if key in entry.before}
    visit = entry.before.get("visit") or {}
    visit = json.loads(visit) if isinstance(visit, str) else visit
    marks = {**visit, **marks, **merge_person(visit, marks)}
    return SavedRow(
        row_id=entry.row.pk, person_id=entry.ids.get("self"), measurement_id=entry.before.get("measurement_id"),
        before=marks or None,
    )  # fmt: skip


def merge_person(visit: dict[str, Any], marks: dict[str, Any]) -> dict[str, Any]:
    """A person may be given something by the line and something more by its measurement."""
    person = {**visit.get("person", {}), **marks.get("person", {})}
    return {"person": person} if person else {}
