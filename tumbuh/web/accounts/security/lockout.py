"""Locking out after failed sign-ins: per account, and with a wider limit per address.

What is written in the field for the account name is kept as a keyed digest only: people write passwords there by
mistake. An unknown account is counted, locked and answered exactly as a known one.
"""

from datetime import datetime
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tumbuh.accounts.api import User, find_account

Credentials = dict[str, Any]


class LockoutBackend(AxesStandaloneBackend):
    """Stops a sign-in while its account or address is locked; code without a request (tests, commands) passes."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:  # type: ignore[override]
        if request is not None:
            super().authenticate(request, **credentials)


class LockoutHandler(AxesDatabaseHandler):
    """Counts as axes does; an address is worth a tenth of an account."""

    def get_failures(self, request: HttpRequest, credentials: Credentials | None = None) -> int:
        """How near the lock-out is, in failures of an account: AXES_FAILURE_LIMIT locks."""
        by_account, by_address = (count(attempts) for attempts in self.get_user_attempts(request, credentials))
        return max(by_account, by_address * settings.AXES_FAILURE_LIMIT // settings.LOCKOUT_ADDRESS_LIMIT)

    def reset_user_attempts(self, request: HttpRequest, credentials: Credentials | None = None) -> int:
        """A success forgives the failures of that account, not those of others at the same address."""
        deleted, _ = AccessAttempt.objects.filter(username=get_client_username(request, credentials)).delete()
        return deleted


def count(attempts: Any) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def find_user(credentials: Credentials | None) -> User | None:
    """The user whom the credentials mean, or None."""
    login = (credentials or {}).get("username") or (credentials or {}).get("email") or ""
    return find_account(login.replace("\0", "")) if login else None


def name_account(request: HttpRequest, credentials: Credentials | None) -> str:
    """Under what name failures are counted: a digest of the account, or of what was written when there is none."""
    user = find_user(credentials)
    login = (credentials or {}).get("username") or (credentials or {}).get("email") or ""
    meant = f"user:{user.pk}" if user else f"text:{login.lower()}"
    return salted_hmac("tumbuh.lockout", meant, algorithm="sha256").hexdigest()


def read_address(request: HttpRequest) -> str:
    """Where a request comes from.

    Behind a proxy (TUMBUH_HTTPS) it is the last entry of X-Forwarded-For, which the proxy itself added; earlier
    entries are what the visitor claims. Without a proxy no header is believed.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.IS_HTTPS else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def describe_client(*_: Any) -> str:
    """What the log says of somebody who failed: nothing of the person."""
    return "a client"


def find_end(request: HttpRequest, credentials: Credentials | None) -> datetime:
    """When the lock-out ends; the moment of the last counted failure decides."""
    mine = Q(username=name_account(request, credentials)) | Q(ip_address=read_address(request))
    last = AccessAttempt.objects.filter(mine).aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return last + settings.AXES_COOLOFF_TIME


def show_lockout(request: HttpRequest, response: HttpResponse | None, credentials: Credentials | None) -> HttpResponse:
    """The page of a lock-out, with the time at which to try again; status 429."""
    end = find_end(request, credentials)
    seconds = max(1, round((end - timezone.now()).total_seconds()))
    page = render(request, "accounts/locked.html", {"end": end}, status=429)
    page.headers["Retry-After"] = str(seconds)
    return page
