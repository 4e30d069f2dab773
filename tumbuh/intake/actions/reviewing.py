"""Rows that need a look: what a person decides of each."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.intake.actions.steps import about, get_for_update
from tumbuh.intake.errors import IntakeError, StateError
from tumbuh.intake.models import Import, Row
from tumbuh.intake.queries.rows import has_candidate, list_codes
from tumbuh.intake.rules import Decision, Outcome, State

NEEDED = ("desa_id", "name_key", "sex", "birth_date", "measured_on")


class DecisionError(IntakeError):
    """A decision that the row does not allow."""

    code = "ROW_DECISION"

    def __init__(self, row: Row) -> None:
        super().__init__(
            _("Baris %(row)d pada lembar “%(sheet)s” tidak dapat diputuskan begitu. Pilih salah satu pilihan yang ada.")
            % {"row": row.row, "sheet": row.sheet}
        )


def list_choices(row: Row) -> list[Decision]:
    """What can be said of a row that waits: of a matching doubt, same or other child; of a doubtful value, as it is."""
    if row.outcome != Outcome.NEEDS_REVIEW:
        return []
    if not is_whole(row):
        return [Decision.SKIP]
    if {"NIK_OTHER_DESA", "PERSON_NIK_OTHER_DESA"} & list_codes(row):
        return [Decision.SAME, Decision.SKIP]
    if "REPEAT_DIFFERS" in list_codes(row):
        return [Decision.SAME, Decision.SKIP] if row.person_id else [Decision.SKIP]
    if has_candidate(row):
        return [Decision.SAME, Decision.OTHER, Decision.SKIP]
    return [Decision.ACCEPT, Decision.SKIP]


def is_whole(row: Row) -> bool:
    """Whether enough was read to save the row at all; if not, only the file can be corrected."""
    if row.told is not None:  # a line of a list: what it says was read whole
        return bool(row.desa_id)
    return all(getattr(row, name) for name in NEEDED)


@transaction.atomic
def decide_rows(*, by: User, import_id: UUID, decisions: Mapping[int, str]) -> int:
    """Note the decisions (row id → Decision); they take effect with the next save. How many rows changed."""
    job = get_for_update(by, import_id)
    if job.state not in {State.PREVIEW, State.COMMITTED}:
        raise StateError(State(job.state).label)
    rows = list(job.rows.filter(pk__in=decisions, outcome=Outcome.NEEDS_REVIEW))
    changed = []
    for row in rows:
        decision = decisions[row.pk]
        if decision and decision not in list_choices(row):
            raise DecisionError(row)
        if row.decision != decision:
            row.decision = decision
            changed.append(row)
    Row.objects.bulk_update(changed, ["decision"], batch_size=500)
    if changed:
        after = {"rows": len(changed)}
        record_event(by=by, action="intake.rows.decided", **about(job), after=after)
    return len(changed)


def count_undecided(job: Import) -> int:
    return job.rows.filter(outcome=Outcome.NEEDS_REVIEW, decision="").count()
