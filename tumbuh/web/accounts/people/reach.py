"""Where somebody manages accounts, and what their pages share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from tumbuh.accounts.api import MANAGE_ACCOUNTS, ROLES, Scope, User, get_account, join_spans
from tumbuh.regions.api import Region
from tumbuh.web.site.viewer import list_held

View = Callable[..., HttpResponse]


def for_administrators(view: View) -> View:
    """Kept in no cache; visitors are sent to sign in, and for whoever manages no accounts the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not find_reach(request).spans:
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


def find_reach(request: HttpRequest) -> Scope:
    """The regions whose accounts the user manages; no query of its own."""
    held = [one for one in list_held(request) if MANAGE_ACCOUNTS in ROLES[one.role].permissions]
    return Scope(join_spans(one.region.span for one in held))


def get_person_or_404(request: HttpRequest, account_id: int) -> User:
    """The account; what is not there and what is not yours look the same."""
    try:
        return get_account(find_reach(request), account_id)
    except User.DoesNotExist as error:
        raise Http404 from error


def get_place_or_404(request: HttpRequest, code: str) -> Region:
    """The region with this code within the administrator's reach."""
    region = Region.objects.filter(code=code).select_related("parent").first()
    if region is None or not find_reach(request).contains(region.pk):
        raise Http404
    return region


def name_role(code: str) -> str:
    """A role in the reader's language."""
    return gettext(ROLES[code].label) if code in ROLES else code
