"""Taking up an invitation: the token leaves the address at once, as it does when a password is reset."""

import secrets
from uuid import UUID

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.accounts.api import InvitationError, User, accept_invitation, explain_refusal, find_invitation, make_token
from tumbuh.web.accounts.people.forms import FirstPasswordForm
from tumbuh.web.accounts.security.factors import has_factor
from tumbuh.web.accounts.security.lockout import show_lockout

KEY = "invitation"  # in the session: which one was opened; the token is computed again
WRONG = "salah"


@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Notes which invitation it is and goes on. Never an error itself, which the log would keep with the address."""
    request.session.pop(KEY, None)
    found = find_invitation(token)
    if found is None:
        return redirect(f"/undangan?{WRONG}")
    request.session[KEY] = str(found.pk)
    return redirect("invited")


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    """Asks for the first password, then goes on to work. Wrong invitations count as failed sign-ins of the address."""
    somebody = {"username": secrets.token_hex(8)}  # counted by address only: several people open theirs in one hall
    if not AxesProxyHandler.is_allowed(request, somebody):
        return show_lockout(request, None, somebody)
    key = request.session.get(KEY)
    token = make_token(UUID(key)) if key else ""
    found = find_invitation(token) if key else None
    if found is None:
        if WRONG in request.GET:
            user_login_failed.send(sender=__name__, credentials=somebody, request=request)
        return refuse(request)
    form = FirstPasswordForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            return enter(request, accept_invitation(token=token, password=form.cleaned_data["password"]))
        except InvitationError:
            return refuse(request)
    page = {"form": form, "person": found.user, "until": found.expires_at}
    return render(request, "accounts/people/invited.html", page, status=422 if form.errors else 200)


def refuse(request: HttpRequest) -> HttpResponse:
    request.session.pop(KEY, None)
    return render(request, "accounts/people/refused.html", {"reason": explain_refusal()}, status=404)


def enter(request: HttpRequest, user: User) -> HttpResponse:
    """Signed in at once; whoever has a second factor shows it first, at the sign-in page."""
    request.session.pop(KEY, None)
    if has_factor(user):
        messages.success(request, gettext("Kata sandi dibuat. Masuklah dengan kata sandi itu."))
        return redirect("account_login")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    messages.success(request, gettext("Selamat datang. Kata sandi Anda sudah berlaku."))
    return redirect("work")
