"""What the viewer may do with partnerships, asked once a request, and the pages that need more than reading."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from tumbuh.accounts.api import ROLES
from tumbuh.partners.api import Kind, Reach, get_entry, make_reach, may_write
from tumbuh.regions.api import Region
from tumbuh.web.partners.shelves import SHELVES
from tumbuh.web.site.viewer import list_held

View = Callable[..., HttpResponse]


def get_reach(request: HttpRequest) -> Reach:
    """By the roles held today; no query of its own."""
    return make_reach(list_held(request))


def list_tops(request: HttpRequest, permission: str) -> list[Region]:
    """The regions of the viewer's roles that give the permission, in code order, each once."""
    held = {one.region_id: one.region for one in list_held(request) if permission in ROLES[one.role].permissions}
    return [held[key] for key in sorted(held)]


def for_insiders(view: View) -> View:
    """Visitors are sent to sign in; for whoever reads no region's work and serves no partner the page is absent."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reach = get_reach(request)
        if not reach.reads.spans and not reach.own:
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


def with_entry(view: View) -> View:
    """The view gets kind and entry; what is absent and what is not to be seen look the same, visitors may sign in."""

    @wraps(view)
    def find(request: HttpRequest, kind: Kind, entry_id: UUID) -> HttpResponse:
        try:
            entry = get_entry(kind, get_reach(request), entry_id)
        except SHELVES[kind].model.DoesNotExist as error:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise Http404 from error
        return view(request, kind, entry)

    return never_cache(find)


def with_own_entry(view: View) -> View:
    """The same for those who may change it."""

    @wraps(view)
    def guard(request: HttpRequest, kind: Kind, entry: Any) -> HttpResponse:
        if not may_write(get_reach(request), entry):
            raise Http404
        return view(request, kind, entry)

    return login_required(with_entry(guard))
