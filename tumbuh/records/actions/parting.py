"""Taking a merge back: both people as they were, with what was written since left where it was written."""

import json
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from tumbuh.accounts.api import MERGE_PEOPLE, User, get_scope, whole_country
from tumbuh.records.actions.identities import rescore
from tumbuh.records.actions.joining import (
    PERSON,
    Joined,
    list_visits,
    lock_both,
    note_work,
    refuse_changed,
    refuse_closed,
    tell,
)
from tumbuh.records.actions.relations import find_relation, move, restore_row, write_row
from tumbuh.records.errors import MergeOverlaidError, ReasonMissingError
from tumbuh.records.models import DuplicateCandidate, PersonMerge, SourceBatch
from tumbuh.records.queries.months import list_closed_stay, list_closed_visits, list_desa_months, read_closed_figures
from tumbuh.records.rules import CandidateState


@transaction.atomic
def unmerge_people(*, by: User, merge: PersonMerge, reason: str) -> Joined:
    """The absorbed person stands in the register again, with every row that was theirs. Again: nothing changes.

    Later merges of the same people come first (MergeOverlaidError). The caller refreshes the desa and months returned.
    """
    if not reason.strip():
        raise ReasonMissingError
    scope = get_scope(by, MERGE_PEOPLE)
    held = PersonMerge.objects.select_for_update().get(scope.q("desa_id"), scope.q("absorbed_desa_id"), pk=merge.pk)
    if held.undone_at:
        return Joined(held, [])
    check_last(held)
    (kept,) = lock_both(by, held.kept_key)
    pair = [held.kept_key, held.absorbed_key]
    with whole_country("merging"), connection.cursor() as cursor:
        visits = list_visits(held.content)
        refuse_closed([*list_closed_visits(held.kept_key, visits), *list_closed_stay(**read_stay(held))])
        figures, touched = read_closed_figures(pair), set(list_desa_months([held.kept_key]))
        give_back(cursor, held)
        for key in pair:
            rescore(key)
        refuse_changed(figures, read_closed_figures(pair))
        touched |= set(list_desa_months(pair))
        note_work(by, held.content, sorted(touched))
        DuplicateCandidate.objects.filter(one_id=min(pair), other_id=max(pair)).update(
            state=CandidateState.OPEN, decided_by=None, decided_at=None, reason=""
        )
    held.undone_by, held.undone_at, held.undo_reason = by, timezone.now(), reason.strip()
    held.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    tell(by, "records.people.unmerged", held, kept, reason)
    return Joined(held, sorted(touched))


def read_stay(merge: PersonMerge) -> dict[str, Any]:
    """Where and when the absorbed person is counted again."""
    row = json.loads(merge.content["absorbed"])
    return {"desa_id": row["desa_id"], "since": row["registered_on"], "until": row["left_on"],
            "birth_date": row["birth_date"]}  # fmt: skip


def check_last(merge: PersonMerge) -> None:
    """A merge on top of this one, of either person, is taken back first."""
    pair = [merge.kept_key, merge.absorbed_key]
    later = PersonMerge.objects.filter(Q(kept_key__in=pair) | Q(absorbed_key__in=pair), undone_at=None, pk__gt=merge.pk)
    with whole_country("merging"):
        if later.exists():
            raise MergeOverlaidError


def give_back(cursor, merge: PersonMerge) -> None:
    """The reverse of `take_over`, last things first."""
    content = merge.content
    restore_row(cursor, PERSON, merge.kept_key, content["before"], content["after"])
    write_row(cursor, PERSON, content["absorbed"])
    for entry in reversed(content["moved"]):
        relation = find_relation(entry["table"], entry["column"])
        move(cursor, relation, merge.kept_key, merge.absorbed_key, entry["keys"])
    for entry in reversed(content["aside"]):
        restore_row(cursor, entry["table"], entry["key"], entry["before"], entry["after"])
        if not is_taken_back(json.loads(entry["row"])):
            write_row(cursor, entry["table"], entry["row"])


def is_taken_back(row: dict[str, Any]) -> bool:
    """Whether the source that the row came from was taken back meanwhile: then the row went with it."""
    return "batch_id" in row and SourceBatch.objects.filter(pk=row["batch_id"], undone_at__isnull=False).exists()
