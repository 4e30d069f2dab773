"""Inviting: the list of those expected, written before an activity is held."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User, acting_for_scope
from tumbuh.activities.actions.gates import check_move, lock_activity
from tumbuh.activities.actions.reviews import check_open
from tumbuh.activities.errors import StateError
from tumbuh.activities.models import Activity, Invitee
from tumbuh.activities.rules import Guest, Move, check_guests, keep_first
from tumbuh.audit.api import record_event


@transaction.atomic
def invite(*, by: User, public_id: UUID, guests: Sequence[Guest], version: int | None = None) -> Activity:
    """The activity with this list of invitations in place of the former one; `version` is the one that the page showed.

    The same list once more changes nothing. What was recorded of those who stay on it stays.
    """
    activity, scope = lock_activity(by, public_id)
    check_move(activity, Move.CHANGE)
    check_open(activity)
    if version is not None and version != activity.version:
        raise StateError(_("Rencana ini baru saja diubah orang lain. Muat ulang halamannya, lalu ubah lagi."))
    check_guests(guests)
    wanted = keep_first(guests)
    with acting_for_scope(scope):
        if not write_invitees(activity, wanted):
            return activity
    activity.version += 1
    activity.save()
    record_event(
        by=by, action="activities.invited", object_kind="activity", object_id=public_id,
        after={"invited": len(wanted), "version": activity.version}, region_id=activity.region_id,
    )  # fmt: skip
    return activity


def write_invitees(activity: Activity, guests: Sequence[Guest]) -> bool:
    """The list as it is to be, in its order; whether it differs from what was there."""
    there = {Guest(one.name, one.institution, one.sex, one.part): one for one in activity.invitees.all()}
    if list(there) == list(guests):
        return False
    gone = [row.pk for guest, row in there.items() if guest not in guests]
    Invitee.objects.filter(pk__in=gone).delete()
    new, kept = [], []
    for position, guest in enumerate(guests, 1):
        row = there.get(guest)
        if row is None:
            new.append(
                Invitee(
                    activity=activity, position=position, name=guest.name, institution=guest.institution,
                    sex=guest.sex, part=guest.part,
                )
            )  # fmt: skip
        else:
            row.position = position
            kept.append(row)
    Invitee.objects.bulk_update(kept, ["position"])
    Invitee.objects.bulk_create(new)
    return True
