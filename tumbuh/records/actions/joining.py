"""One person of two: everything of the absorbed goes to the kept, nothing is lost, and all of it can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from tumbuh.accounts.api import MERGE_PEOPLE, User, get_scope, whole_country
from tumbuh.audit.api import record_event
from tumbuh.records.actions.identities import rescore
from tumbuh.records.actions.relations import (
    list_relations,
    move,
    read_rows,
    set_aside,
)
from tumbuh.records.errors import (
    MergeBirthError,
    MergeKinError,
    MonthsClosedError,
    ReasonMissingError,
)
from tumbuh.records.models import DuplicateCandidate, Measurement, Person, PersonMerge
from tumbuh.records.queries.months import list_closed_stay, list_closed_visits, list_desa_months, read_closed_figures
from tumbuh.records.rules import CandidateState
from tumbuh.records.rules.merging import join_stays
from tumbuh.verification.api import SERVICES, note_contributions

PERSON, VISITS = "records_person", "records_measurement"
# The blanks of the one who is kept. A NIK is free only once the other row is gone.
FILL = """
UPDATE records_person k SET
    household_id = coalesce(k.household_id, a.household_id), mother_id = coalesce(k.mother_id, a.mother_id),
    posyandu_id = coalesce(k.posyandu_id, a.posyandu_id),
    mother_name = CASE WHEN k.mother_name = '' THEN a.mother_name ELSE k.mother_name END,
    birth_weight_kg = coalesce(k.birth_weight_kg, a.birth_weight_kg),
    birth_length_cm = coalesce(k.birth_length_cm, a.birth_length_cm),
    nik_index = coalesce(k.nik_index, a.nik_index), nik_encrypted = coalesce(k.nik_encrypted, a.nik_encrypted),
    nik_status = CASE WHEN k.nik_index IS NULL AND a.nik_index IS NOT NULL THEN a.nik_status ELSE k.nik_status END,
    registered_on = greatest(k.birth_date, %(registered)s), left_on = %(left)s,
    left_reason = CASE WHEN %(left)s::date IS NULL THEN '' WHEN k.left_on = %(left)s THEN k.left_reason
                       ELSE a.left_reason END
FROM jsonb_populate_record(NULL::records_person, %(row)s::jsonb) a WHERE k.id = %(kept)s
"""


@dataclass(frozen=True)
class Joined:
    """The merge that was written, and the desa and months whose figures the caller refreshes."""

    merge: PersonMerge
    desa_months: list[tuple[int, date]]


@transaction.atomic
def merge_people(*, by: User, kept: Person, absorbed: Person, reason: str) -> Joined:
    """The absorbed person's rows and blanks go to the kept one; the absorbed row itself is kept in the merge.

    Person.DoesNotExist where the user may not merge both; MonthsClosedError names the months that are closed.
    """
    if not reason.strip():
        raise ReasonMissingError
    ours, theirs = lock_both(by, kept.pk, absorbed.pk)
    check_both(ours, theirs)
    with whole_country("merging"), connection.cursor() as cursor:
        pair = [ours.pk, theirs.pk]
        stay = list_closed_stay(theirs.desa_id, theirs.registered_on, theirs.left_on, theirs.birth_date)
        refuse_closed([*list_closed_visits(theirs.pk), *stay])
        figures, touched = read_closed_figures(pair), set(list_desa_months(pair))
        DuplicateCandidate.objects.filter(one_id=min(pair), other_id=max(pair)).update(
            state=CandidateState.MERGED, decided_by=by, decided_at=timezone.now(), reason=reason.strip()
        )
        content = take_over(cursor, ours, theirs)
        rescore(ours.pk)
        refuse_changed(figures, read_closed_figures(pair))
        touched |= set(list_desa_months([ours.pk]))
        note_work(by, content, sorted(touched))
    merge = PersonMerge.objects.create(
        kept_key=ours.pk, absorbed_key=theirs.pk, desa_id=ours.desa_id, absorbed_desa_id=theirs.desa_id,
        content=content, reason=reason.strip(), merged_by=by,
    )  # fmt: skip
    tell(by, "records.people.merged", merge, ours, reason)
    return Joined(merge, sorted(touched))


def lock_both(by: User, *keys: int) -> list[Person]:
    """Both people in the given order, held; Person.DoesNotExist unless the user may merge there."""
    place = get_scope(by, MERGE_PEOPLE).q("desa_id")
    found = {
        person.pk: person for person in Person.objects.select_for_update().filter(place, pk__in=keys).order_by("pk")
    }
    if len(found) != len(set(keys)) or len(found) != len(keys):
        raise Person.DoesNotExist
    return [found[key] for key in keys]


def check_both(kept: Person, absorbed: Person) -> None:
    """Mother and child are two, and nobody was measured before birth."""
    if kept.mother_id == absorbed.pk or absorbed.mother_id == kept.pk:
        raise MergeKinError
    first = Measurement.objects.filter(person_id=absorbed.pk).order_by("measured_on").first()
    if first and first.measured_on < kept.birth_date:
        raise MergeBirthError(date_format(first.measured_on, "j F Y"))


def take_over(cursor, kept: Person, absorbed: Person) -> dict[str, Any]:
    """Move every row, then the person's own blanks; what un-merging needs."""
    rows = read_rows(cursor, PERSON, [kept.pk, absorbed.pk])
    moved, aside = [], []
    for relation in list_relations():
        aside += set_aside(cursor, relation, kept.pk, absorbed.pk)
        keys = move(cursor, relation, absorbed.pk, kept.pk)
        if keys:
            moved.append({"table": relation.table, "column": relation.column, "keys": keys})
    cursor.execute("DELETE FROM records_person WHERE id = %s", [absorbed.pk])
    registered, left = join_stays((kept.registered_on, kept.left_on), (absorbed.registered_on, absorbed.left_on))
    values = {"row": rows[absorbed.pk], "kept": kept.pk, "registered": registered, "left": left}
    cursor.execute(FILL, values)
    after = read_rows(cursor, PERSON, [kept.pk])[kept.pk]
    return {"absorbed": rows[absorbed.pk], "before": rows[kept.pk], "after": after, "moved": moved, "aside": aside}


def list_visits(content: dict[str, Any]) -> list[int]:
    """The measurements that a merge moved or filled."""
    keys = [key for entry in content["moved"] if entry["table"] == VISITS for key in entry["keys"]]
    return keys + [entry["key"] for entry in content["aside"] if entry["table"] == VISITS]


def list_visited(content: dict[str, Any]) -> list[tuple[int, date]]:
    """Desa and months of the measurements that a merge moved or filled."""
    visits = Measurement.objects.filter(pk__in=list_visits(content))
    return list(visits.order_by().values_list("desa_id", "month").distinct())


def note_work(by: User, content: dict[str, Any], touched: list[tuple[int, date]]) -> None:
    """Nobody verifies what they moved: measurements by their months, services by every month that is touched."""
    note_contributions(by=by, desa_months=list_visited(content))
    if any(entry["table"] != VISITS for entry in [*content["moved"], *content["aside"]]):
        note_contributions(by=by, desa_months=touched, data_set=SERVICES)


def refuse_closed(months: Iterable[date]) -> None:
    named = [date_format(month, "F Y") for month in sorted(set(months))]
    if named:
        raise MonthsClosedError(named)


def refuse_changed(before: dict[tuple[int, date], Any], after: dict[tuple[int, date], Any]) -> None:
    """MonthsClosedError for months under verification whose figures would not be the same."""
    refuse_closed(
        month for desa, month in before.keys() | after.keys() if before.get((desa, month)) != after.get((desa, month))
    )


def tell(by: User, action: str, merge: PersonMerge, person: Person, reason: str) -> None:
    moved = sum(len(entry["keys"]) for entry in merge.content["moved"])
    record_event(
        by=by, action=action, object_kind="merge", object_id=merge.public_id, reason=reason.strip(),
        after={"moved": moved, "set_aside": len(merge.content["aside"])}, region_id=person.desa_id,
    )  # fmt: skip


@transaction.atomic
def keep_apart(*, by: User, candidate: DuplicateCandidate, reason: str) -> None:
    """Two different people: not asked again until what is said of them changes. Saying it again changes nothing."""
    if not reason.strip():
        raise ReasonMissingError
    lock_both(by, candidate.one_id, candidate.other_id)
    held = DuplicateCandidate.objects.select_for_update().get(pk=candidate.pk)
    if held.state == CandidateState.APART:
        return
    held.state, held.decided_by, held.decided_at, held.reason = CandidateState.APART, by, timezone.now(), reason.strip()
    held.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    record_event(
        by=by, action="records.people.kept_apart", object_kind="candidate", object_id=held.public_id,
        reason=reason.strip(), region_id=held.one.desa_id,
    )  # fmt: skip
