"""Putting a record forward to the level above, and taking it back."""

from uuid import UUID

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.partners.actions.gates import lock_entry
from tumbuh.partners.actions.reports import submit_report
from tumbuh.partners.rules import ITEM, Kind
from tumbuh.verification.api import Review, submit_item, withdraw_item


@transaction.atomic
def submit_entry(*, by: User, kind: Kind, public_id: UUID) -> None:
    """The record put forward; whoever wrote in it does not review it. A report is handed in with it."""
    if kind == Kind.REPORT:
        submit_report(by=by, public_id=public_id)
        return
    entry = lock_entry(by, kind, public_id)
    submit_item(
        by=by, kind=ITEM, subject_id=public_id, region=entry.region, makers=[entry.recorded_by_id, *entry.writers]
    )


@transaction.atomic
def withdraw_entry(*, by: User, kind: Kind, public_id: UUID, reason: str = "") -> Review:
    """The record taken back before its review, so that it can be corrected; a report keeps its receipt."""
    lock_entry(by, kind, public_id)
    return withdraw_item(by=by, kind=ITEM, subject_id=public_id, reason=reason)
