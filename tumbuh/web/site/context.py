"""What every page can use in its template."""

from django.conf import settings
from django.http import HttpRequest

from tumbuh import __version__
from tumbuh.web.site.rooms import list_rooms
from tumbuh.web.site.viewer import count_my_unread, list_my_regions, manages_accounts, reads_people


def site(request: HttpRequest) -> dict[str, object]:
    """`is_demo` (the people shown are made up), `version`, and for somebody signed in their rooms, regions and how
    many notices they have not read.

    All of these are asked for only when a template uses them: a page for visitors costs no query here.
    """
    return {
        "is_demo": settings.DEMO != "none",
        "version": __version__,
        "rooms": lambda: list_rooms(
            request.path, may_manage=manages_accounts(request), may_read_people=reads_people(request)
        ),
        "my_regions": lambda: list_my_regions(request),
        "unread": lambda: count_my_unread(request),
    }
