"""Correcting what a child's z-scores are computed from besides its measurements: sex and birth date."""

from datetime import date

from django.db import connection, transaction
from django.utils.formats import date_format

from tumbuh.accounts.api import IMPORT, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.actions.growth import RESULTS, compute_gains, compute_rows, write_results
from tumbuh.records.actions.saving import SCORES, prefix
from tumbuh.records.errors import BirthDateError, MonthsClosedError, ReasonMissingError
from tumbuh.records.models import Person
from tumbuh.records.queries.months import list_closed_months, list_desa_months
from tumbuh.verification.api import note_contributions

SERIES = """
SELECT m.id, m.id, m.person_id, p.sex = 'M', m.age_days, m.measured_on - DATE 'epoch', m.weight_kg::float8,
       m.lenhei_cm::float8, m.mode, m.oedema, m.head_cm::float8, m.muac_cm::float8, NULL::smallint, ''
FROM records_measurement m JOIN records_person p ON p.id = m.person_id WHERE m.person_id = %s ORDER BY m.measured_on
"""
RESCORE = f"""
UPDATE records_measurement m SET ({SCORES}) = (SELECT {prefix("r", SCORES)})
FROM records_results r WHERE r.row_id = m.id
"""


@transaction.atomic
def correct_child(*, by: User, person: Person, sex: str, birth_date: date, reason: str) -> list[tuple[int, date]]:
    """The child with this sex and birth date and every z-score computed anew; the same again changes nothing.

    Returns the desa and months whose figures the caller refreshes. Person.DoesNotExist where the user may not write;
    MonthsClosedError names the months that were sent for verification, BirthDateError a day that cannot be.
    """
    held = Person.objects.select_for_update().get(get_scope(by, IMPORT).q("desa_id"), pk=person.pk)
    changed = [name for name, value in (("sex", sex), ("birth_date", birth_date)) if getattr(held, name) != value]
    if not changed:
        return []
    if not reason.strip():
        raise ReasonMissingError
    check_birth_date(held, birth_date)
    closed = list_closed_months(held, birth_date)
    if closed:
        raise MonthsClosedError([date_format(month, "F Y") for month in closed])
    touched = set(list_desa_months([held.pk]))
    held.sex, held.birth_date = sex, birth_date
    held.save(update_fields=changed)
    rescore(held.pk)
    touched |= set(list_desa_months([held.pk]))
    note_contributions(by=by, desa_months=list(held.measurements.values_list("desa_id", "month").distinct()))
    record_event(
        by=by, action="records.child.corrected", object_kind="person", object_id=held.public_id,
        after={"fields": changed}, reason=reason.strip(), region_id=held.desa_id,
    )  # fmt: skip
    return sorted(touched)


def check_birth_date(person: Person, birth_date: date) -> None:
    """BirthDateError for a day after the child was registered or measured."""
    first = person.measurements.order_by("measured_on").values_list("measured_on", flat=True).first()
    latest = min(filter(None, (person.registered_on, first)))
    if birth_date > latest:
        raise BirthDateError(date_format(latest, "j F Y"))


def rescore(person_id: int) -> None:
    """Every z-score and weight gain of one child, from what is stored."""
    with connection.cursor() as cursor:
        cursor.execute(SERIES, [person_id])
        series = cursor.fetchall()
        if series:
            scores = compute_rows(series)
            cursor.execute(RESULTS)
            write_results(cursor, series, scores, compute_gains(series, scores.waz))
            cursor.execute(RESCORE)
            cursor.execute("DROP TABLE records_results")
