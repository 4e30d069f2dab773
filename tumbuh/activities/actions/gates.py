"""Before every write: may the user do it there, and is the record still open?"""

from uuid import UUID

from django.utils.translation import gettext as _

from tumbuh.accounts.api import MANAGE_ACTIVITIES, Scope, User, get_scope
from tumbuh.activities.errors import NotYoursError, StateError
from tumbuh.activities.models import Activity
from tumbuh.activities.rules import Move, State, can_move


def check_reach(by: User, region_id: int) -> Scope:
    """Where the user manages activities; raises NotYoursError when the region does not lie there."""
    scope = get_scope(by, MANAGE_ACTIVITIES)
    if not scope.contains(region_id):
        raise NotYoursError(_("Kegiatan itu tidak ada di wilayah kerja Anda. Periksa wilayah atau peran Anda."))
    return scope


def lock_activity(by: User, public_id: UUID) -> tuple[Activity, Scope]:
    """The activity, kept from others until the transaction ends; absent and not yours are the same NotYoursError."""
    found = (
        Activity.objects.select_for_update(of=("self",)).select_related("region").filter(public_id=public_id).first()
    )
    scope = check_reach(by, found.region_id if found else -1)
    assert found is not None
    return found, scope


def check_move(activity: Activity, move: Move) -> None:
    """Raises StateError when the activity's state does not allow the move."""
    if not can_move(activity.state, move):
        words = _("Langkah “%(move)s” tidak dapat dilakukan karena kegiatan ini %(state)s. Muat ulang halamannya.")
        raise StateError(words % {"move": move.label, "state": str(State(activity.state).label).lower()})
