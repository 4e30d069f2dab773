"""Second factors by role: until somebody who must have one has it, they are a visitor everywhere else."""

from collections.abc import Callable, Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from tumbuh.accounts.api import Assignment, User, list_factor_roles
from tumbuh.web.site.viewer import ask_held, hold

SEEN = "has_factor"  # in the session: a factor was found, no need to ask the database with each page
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SECURITY = "/akun/keamanan"
OPEN = (SECURITY, "/akun/pastikan", "/keluar")
SIGN_IN = "/masuk"


def has_factor(user: User) -> bool:
    """Whether the user has an app or a key; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=REAL).exists()


def needs_factor(held: Iterable[Assignment]) -> bool:
    """Whether one of these roles asks for a second factor here."""
    roles = list_factor_roles(settings.MFA_ROLES, is_demo=settings.DEMO != "none")
    return bool(roles) and any(one.role in roles for one in held)


def must_enrol(request: HttpRequest, user: User) -> bool:
    """Whether this user must first set up a second factor; asked at most once a request.

    The roles of somebody who need not stand for the rest of the request.
    """
    if not user.is_authenticated or SEEN in request.session:
        return False
    held = ask_held(user)
    if needs_factor(held):
        if not has_factor(user):
            return True
        request.session[SEEN] = True
    hold(request, user, held)
    return False


def is_below(path: str, start: str) -> bool:
    return path == start or path.startswith(f"{start}/")


class SecondFactorMiddleware:
    """Hides the user from every page but those of setting up, signing out and signing in, until they have a factor.

    No list of protected pages can be forgotten this way: each page sees the visitor whom it protects itself from.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if is_below(request.path, SIGN_IN):
            if must_enrol(request, user):
                return redirect(SECURITY)
        elif not any(is_below(request.path, start) for start in OPEN):
            request.user = SimpleLazyObject(lambda: AnonymousUser() if must_enrol(request, user) else user)
        return self.get_response(request)
