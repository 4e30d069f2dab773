"""Putting a held activity forward to the level above, and keeping its record as it is from then on."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User, acting_for_scope
from tumbuh.activities.actions.gates import lock_activity
from tumbuh.activities.errors import ClosedError, StateError
from tumbuh.activities.models import Activity
from tumbuh.activities.rules import ITEM, State
from tumbuh.verification.api import Review, is_locked, submit_item, withdraw_item


def check_open(activity: Activity) -> None:
    """Raises ClosedError when the activity waits for its review or was verified."""
    if is_locked(ITEM, activity.public_id):
        raise ClosedError(
            _(
                "Kegiatan ini sedang diperiksa atau sudah terverifikasi, maka catatannya tidak dapat diubah. "
                "Tarik kembali pengajuannya, atau minta pemeriksa mengembalikannya."
            )
        )


@transaction.atomic
def submit_activity(*, by: User, public_id: UUID) -> Review:
    """The held activity put forward; whoever planned, wrote or photographed does not review it."""
    activity, scope = lock_activity(by, public_id)
    if activity.state != State.HELD:
        raise StateError(_("Hanya kegiatan yang sudah terlaksana yang dapat diajukan. Catat dahulu pelaksanaannya."))
    with acting_for_scope(scope):
        makers = {
            activity.planned_by_id,
            *activity.minutes.values_list("written_by_id", flat=True),
            *activity.photos.values_list("added_by_id", flat=True),
        }
    return submit_item(by=by, kind=ITEM, subject_id=public_id, region=activity.region, makers=makers)


@transaction.atomic
def withdraw_activity(*, by: User, public_id: UUID, reason: str = "") -> Review:
    """The activity taken back before its review, so that its record can be corrected."""
    lock_activity(by, public_id)
    return withdraw_item(by=by, kind=ITEM, subject_id=public_id, reason=reason)
