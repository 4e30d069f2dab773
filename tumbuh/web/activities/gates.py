"""Who may open which page of activities; what is absent and what is not yours look the same."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest

from tumbuh.accounts.api import READ_ACTIVITIES, ROLES, Scope, get_scope
from tumbuh.activities.api import Activity, find_activity
from tumbuh.regions.api import Region, list_children
from tumbuh.web.site.viewer import list_held, list_my_regions, may


def get_activity_or_404(request: HttpRequest, activity_id: UUID, permission: str = READ_ACTIVITIES) -> Activity:
    """The activity, for those with the permission in its region."""
    found = find_activity(activity_id)
    if found is None or not may(request, permission, found.region_id):
        raise Http404
    return found


def read_version(request: HttpRequest) -> int | None:
    """The version that the page showed, None where the form says none."""
    text = request.POST.get("versi", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def clean(values: Mapping[str, str]) -> dict[str, str]:
    """The form's values without the one sign that the database does not take."""
    return {name: value.replace("\0", "") for name, value in values.items()}


def get_own_scope(activity: Activity) -> Scope:
    """The activity's own region, for reads of those who were let in."""
    return Scope((activity.region.span,))


def get_scope_or_404(request: HttpRequest, permission: str) -> Scope:
    """Where the viewer has the permission; 404 for those who have it nowhere."""
    scope = get_scope(request.user, permission)
    if not scope.spans:
        raise Http404
    return scope


def list_places(request: HttpRequest, permission: str) -> list[Region]:
    """The regions for which the viewer holds the permission, each followed by those directly below; few queries."""
    held = {one.region_id for one in list_held(request) if permission in ROLES[one.role].permissions}
    mine = [region for region in list_my_regions(request) if region.pk in held]
    places: dict[int, Region] = {}
    for region in mine:
        for place in (region, *list_children(region)):
            places.setdefault(place.pk, place)
    return list(places.values())
