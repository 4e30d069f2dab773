"""What the trail is told about signing in; allauth and axes announce it, the accounts room records it.

What touches the safety of an account is told to its owner as well.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from tumbuh.accounts.api import Signing, User, record_failure, record_signing
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.api import notify
from tumbuh.web.accounts.security.devices import meet
from tumbuh.web.accounts.security.factors import SEEN
from tumbuh.web.accounts.security.lockout import find_user

WARNINGS = {
    Signing.PASSWORD_CHANGED: "security.password_changed",
    Signing.FACTOR_ADDED: "security.factor_added",
    Signing.FACTOR_REMOVED: "security.factor_removed",
    Signing.LOCKED_OUT: "security.locked_out",
}


def tell(what: Signing) -> Any:
    """A listener that records `what` of the user; where it ends sessions, the one at hand goes on."""

    def listener(*, request: HttpRequest, user: User, authenticator: Authenticator | None = None, **_: Any) -> None:
        if user is None or not user.pk:
            return
        how = authenticator.type if authenticator else ""
        made_along = what == Signing.FACTOR_ADDED and how == Authenticator.Type.RECOVERY_CODES
        keep(user, Signing.FACTOR_RENEWED if made_along else what, how)
        if what.ends_sessions and not made_along:
            request.session.pop(SEEN, None)
            update_session_auth_hash(request, user)

    return listener


@transaction.atomic
def keep(user: User, what: Signing, how: str) -> None:
    """The event, and the owner's notice where there is one."""
    warn(user, what)
    record_signing(by=user, what=what, how=how)


def warn(user: User, what: Signing) -> None:
    """The notice of what touches the safety of an account."""
    if what in WARNINGS:
        notify(by=SYSTEM, kind=WARNINGS[what], to=[user.pk], key="own")


def tell_failure(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A failed sign-in that was counted; tries during a lock-out add nothing, so nobody floods the trail."""
    if request is None or getattr(request, "axes_failures_since_start", None) is None:
        return
    user, is_locked = find_user(credentials), request.axes_locked_out
    with transaction.atomic():
        if user is not None and is_locked:
            warn(user, Signing.LOCKED_OUT)
        record_failure(user=user, is_locked=is_locked)


LISTENERS = (
    (auth.user_logged_in, meet),
    (auth.user_logged_in, tell(Signing.SIGNED_IN)),
    (auth.user_logged_out, tell(Signing.SIGNED_OUT)),
    (auth.user_login_failed, tell_failure),
    (account.password_changed, tell(Signing.PASSWORD_CHANGED)),
    (account.password_set, tell(Signing.PASSWORD_CHANGED)),
    (account.password_reset, tell(Signing.PASSWORD_CHANGED)),
    (factors.authenticator_added, tell(Signing.FACTOR_ADDED)),
    (factors.authenticator_removed, tell(Signing.FACTOR_REMOVED)),
    (factors.authenticator_reset, tell(Signing.FACTOR_RENEWED)),
    (factors.authenticator_used, tell(Signing.FACTOR_USED)),
    (factors.authentication_failed, tell(Signing.FACTOR_FAILED)),
)


def listen() -> None:
    """Connect every listener, once; after axes, which counts first."""
    for number, (signal, listener) in enumerate(LISTENERS):
        signal.connect(listener, weak=False, dispatch_uid=f"tumbuh.trail.{number}")
