"""What every page can use in its template."""

from django.conf import settings
from django.http import HttpRequest

from tumbuh import __version__
from tumbuh.web.site.rooms import list_rooms
from tumbuh.web.site.viewer import list_my_regions, manages_accounts


def site(request: HttpRequest) -> dict[str, object]:
    """`is_demo` (the people shown are made up), `version`, and for somebody signed in their rooms and regions.

    Regions are asked for only when a template uses them: a page for visitors costs no query here.
    """
    return {
        "is_demo": settings.DEMO != "none",
        "version": __version__,
        "rooms": lambda: list_rooms(request.path, may_manage=manages_accounts(request)),
        "my_regions": lambda: list_my_regions(request),
    }
