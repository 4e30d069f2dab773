"""A birth: the pregnancy ends, the children enter the register as hers. Nothing is typed twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from tumbuh.audit.api import Actor
from tumbuh.records.actions.homes import PersonRow
from tumbuh.records.actions.life import LOST_DAYS, save_life
from tumbuh.records.actions.people import Enrolled, enrol_people
from tumbuh.records.actions.rows import LifeRows, LifeSaved, PregnancyRow
from tumbuh.records.models import Person, Pregnancy, SourceBatch
from tumbuh.records.queries.closing import find_open_day
from tumbuh.records.queries.months import list_desa_months
from tumbuh.records.rules import Outcome


@transaction.atomic
def record_birth(
    *,
    by: Actor,
    batch: SourceBatch,
    mother: Person,
    born_on: date,
    outcome: Outcome,
    children: Sequence[PersonRow] = (),
) -> tuple[LifeSaved, list[Enrolled]]:
    """End the mother's pregnancy of that day and enrol the children (one row each, twins two) in her household.

    Saying it again changes nothing. The caller refreshes the indicators of the returned desa and months. Without a
    pregnancy in the register the children alone are entered: her months after birth follow from them. Children stand in
    the register from birth on, or from the first month after those that were sent for verification.
    """
    saved = LifeSaved()
    if pregnancy := find_pregnancy(mother, born_on):
        row = PregnancyRow(
            mother.pk, pregnancy.desa_id, pregnancy.started_on, pregnancy.due_on, born_on, outcome, pregnancy.number,
            pregnancy.is_risky, tuple(pregnancy.risks), pregnancy.is_wanted,
        )  # fmt: skip
        saved = save_life(by=by, batch=batch, rows=LifeRows(pregnancies=[row]))
    since = find_open_day(mother.desa_id, born_on)
    rows = [
        replace(child, mother_id=mother.pk, mother_name=mother.name, birth_date=born_on, registered_on=since)
        for child in children
    ]
    enrolled = enrol_people(by=by, batch=batch, rows=rows)
    people = [one.person_id for one in enrolled if one.person_id]
    Person.objects.filter(pk__in=people, household=None).update(household=mother.household)
    touched = set(saved.desa_months) | set(list_desa_months([mother.pk, *people]))
    return LifeSaved(saved.merged, sorted(touched), saved.entered_months), enrolled


def find_pregnancy(mother: Person, on: date) -> Pregnancy | None:
    """Her pregnancy that can have ended on that day: open and not too old, or ended that very day."""
    since = on - timedelta(days=LOST_DAYS)
    candidates = Pregnancy.objects.filter(mother=mother, started_on__lt=on, started_on__gte=since)
    return candidates.filter(ended_on=None).first() or candidates.filter(ended_on=on).first()
