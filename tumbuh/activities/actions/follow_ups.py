"""Follow-ups: done, dropped, opened again."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import MANAGE_ACTIVITIES, User, get_scope
from tumbuh.activities.errors import NotYoursError
from tumbuh.activities.models import FollowUp
from tumbuh.activities.rules import FollowUpState, check_outcome
from tumbuh.audit.api import record_event


@transaction.atomic
def change_follow_up(*, by: User, public_id: UUID, state: str, outcome: str) -> FollowUp:
    """The follow-up in its new state with words on it, by those of the activity's region or of the owner's.

    In that state with those words already, it stays as it is.
    """
    found = (
        FollowUp.objects.select_for_update(of=("self",)).select_related("activity").filter(public_id=public_id).first()
    )
    scope = get_scope(by, MANAGE_ACTIVITIES)
    if found is None or not is_reached(scope, found):
        raise NotYoursError(_("Tindak lanjut itu tidak ada di wilayah kerja Anda. Periksa wilayah atau peran Anda."))
    if found.state == state and found.outcome == outcome.strip():
        return found
    check_outcome(found.state, state, outcome)
    before = found.state
    found.state, found.outcome = state, outcome.strip()
    found.closed_on = None if state == FollowUpState.OPEN else timezone.localdate()
    found.save()
    record_event(
        by=by, action="activities.follow_up_changed", object_kind="follow_up", object_id=public_id,
        before={"state": before}, after={"state": state}, region_id=found.activity.region_id,
    )  # fmt: skip
    return found


def is_reached(scope, found: FollowUp) -> bool:
    """Whether the scope holds the region of the activity or that of the owner."""
    return scope.contains(found.activity.region_id) or bool(
        found.owner_region_id and scope.contains(found.owner_region_id)
    )
