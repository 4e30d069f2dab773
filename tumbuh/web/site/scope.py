"""The database shows a request the people of its user's regions, and to visitors none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tumbuh.accounts.api import acting_for
from tumbuh.web.site.viewer import list_held


class ScopeMiddleware:
    """Stands behind the sign-in. The user's roles are read only when a page asks for people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_for(lambda: request.user, lambda: list_held(request)):
            return self.get_response(request)
