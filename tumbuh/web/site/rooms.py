"""The rooms of somebody at work: the left rail and the regions they work in."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from tumbuh.accounts.api import list_assignments
from tumbuh.regions.api import Region


@dataclass(frozen=True)
class Room:
    """One line of the rail."""

    href: str
    icon: str
    label: str
    is_here: bool


def list_rooms(path: str) -> list[Room]:
    """The rail's lines in order; `is_here` where the address lies in that room."""
    rooms = (
        ("/kerja", "home", gettext("Pekerjaan saya")),
        ("/data-masuk", "upload", gettext("Data masuk")),
        ("/wilayah", "map", gettext("Wilayah")),
        ("/indikator", "chart", gettext("Indikator")),
        ("/regulasi", "book", gettext("Regulasi")),
    )
    return [Room(href, icon, label, path == href or path.startswith(f"{href}/")) for href, icon, label in rooms]


def list_my_regions(request: HttpRequest) -> list[Region]:
    """The regions in which the user holds a role today, in code order, each once; one query a request."""
    if not hasattr(request, "my_regions"):
        held = {assignment.region_id: assignment.region for assignment in list_assignments(request.user)}
        request.my_regions = [held[key] for key in sorted(held)]
    return request.my_regions
