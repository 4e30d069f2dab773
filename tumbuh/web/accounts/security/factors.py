"""Second factors by role: until somebody who must have one has it, they are a visitor everywhere else."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from tumbuh.accounts.api import User, list_assignments, list_factor_roles

SEEN = "has_factor"  # in the session: a factor was found, no need to ask the database with each page
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SECURITY = "/akun/keamanan"
OPEN = (SECURITY, "/akun/pastikan", "/keluar")
SIGN_IN = "/masuk"


def has_factor(user: User) -> bool:
    """Whether the user has an app or a key; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=REAL).exists()


def needs_factor(user: User) -> bool:
    """Whether a role that the user holds today asks for a second factor here."""
    roles = list_factor_roles(settings.MFA_ROLES, is_demo=settings.DEMO != "none")
    return bool(roles) and any(held.role in roles for held in list_assignments(user))


def must_enrol(request: HttpRequest, user: User) -> bool:
    """Whether this user must first set up a second factor; asked at most once a request."""
    if not user.is_authenticated or SEEN in request.session:
        return False
    if not needs_factor(user):
        return False
    if has_factor(user):
        request.session[SEEN] = True
        return False
    return True


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
