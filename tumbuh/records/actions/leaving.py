"""Somebody moved away or died: the register keeps them, figures count them no more."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format

from tumbuh.accounts.api import IMPORT, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.errors import LeavingDateError
from tumbuh.records.models import Person
from tumbuh.records.queries.closing import check_leaving
from tumbuh.records.queries.months import list_desa_months
from tumbuh.records.rules import Leaving


@transaction.atomic
def record_leaving(
    *, by: User, person: Person, left_on: date | None, reason: Leaving | None = None
) -> list[tuple[int, date]]:
    """The day on which somebody left and why; without a day they came back. The same again changes nothing.

    Returns the desa and months whose figures the caller refreshes. Person.DoesNotExist where the user may not write,
    LeavingDateError for a day before what is known of the person, MonthsClosedError for months that were sent.
    """
    held = Person.objects.select_for_update().get(get_scope(by, IMPORT).q("desa_id"), pk=person.pk)
    why = reason.value if reason and left_on else ""
    if (held.left_on, held.left_reason) == (left_on, why):
        return []
    if left_on:
        check_day(held, left_on)
    check_leaving(held, left_on)
    touched = set(list_desa_months([held.pk]))
    held.left_on, held.left_reason = left_on, why
    held.save(update_fields=["left_on", "left_reason"])
    record_event(
        by=by, action="records.person.left", object_kind="person", object_id=held.public_id,
        after={"left": left_on is not None, "reason": why}, region_id=held.desa_id,
    )  # fmt: skip
    return sorted(touched | set(list_desa_months([held.pk])))


def check_day(person: Person, left_on: date) -> None:
    """LeavingDateError for a day before the person was registered, or was last measured."""
    last = person.measurements.order_by("-measured_on").values_list("measured_on", flat=True).first()
    latest = max(filter(None, (person.registered_on, last)))
    if left_on < latest:
        raise LeavingDateError(date_format(latest, "j F Y"))
