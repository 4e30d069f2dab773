"""Telling those of a region that a follow-up was given to them."""

from collections.abc import Collection

from tumbuh.accounts.api import MANAGE_ACTIVITIES, User, list_holders
from tumbuh.activities.models import Activity, FollowUp
from tumbuh.notifications.api import notify


def tell_owners(*, by: User, activity: Activity, tasks: Collection[FollowUp]) -> None:
    """Whoever manages activities for the very region that owns one of the follow-ups; of one activity once."""
    owners = {task.owner_region_id: task.owner_region for task in tasks if task.owner_region_id}
    owners.pop(activity.region_id, None)
    to = {
        holder.user_id
        for region in owners.values()
        for holder in list_holders(region, [MANAGE_ACTIVITIES])
        if holder.region.pk == region.pk
    }
    places = {"place": activity.region.full_name}
    notify(by=by, kind="follow_up.given", to=to, key=str(activity.public_id), places=places)
