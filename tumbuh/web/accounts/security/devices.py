"""Browsers in which an account has been used: a signed cookie remembers them, nothing else does.

The cookie holds a keyed digest of each account that signed in there (a computer of an office has several), no name and
nothing of the machine. An account that comes without it, and has signed in somewhere before, is told to its owner.
"""

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tumbuh.accounts.api import User, has_signed_in
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.api import notify

KIND = "security.new_device"
SALT = "tumbuh.web.device"
DAYS = 400  # browsers keep no cookie longer
MOST_ACCOUNTS = 30
MET = "device_accounts"  # on the request: what its response writes into the cookie


def mark(user: User) -> str:
    """How the cookie names an account; short, because a forged cookie fails at its signature already."""
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()[:16]


def read_marks(request: HttpRequest) -> list[str]:
    """The accounts that signed in with this browser; none where the cookie is absent, old, or not ours."""
    try:
        found = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=DAYS * 24 * 60 * 60
        )
    except signing.BadSignature:
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def meet(*, request: HttpRequest, user: User, **_: object) -> None:
    """A sign-in: its browser is remembered, and its owner told when there was no earlier one of theirs in it.

    The first sign-in of an account is no news. Listens before the sign-in is recorded.
    """
    known, mine = read_marks(request), mark(user)
    setattr(request, MET, [mine, *(one for one in known if one != mine)][:MOST_ACCOUNTS])
    if mine not in known and has_signed_in(user):
        moment = timezone.localtime().isoformat(timespec="minutes")
        notify(by=SYSTEM, kind=KIND, to=[user.pk], key=uuid4().hex, places={"moment": moment})


class DeviceMiddleware:
    """Writes the cookie after a sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if marks := getattr(request, MET, None):
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME, signing.dumps(marks, salt=SALT), max_age=DAYS * 24 * 60 * 60,
                secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
            )  # fmt: skip
        return response
