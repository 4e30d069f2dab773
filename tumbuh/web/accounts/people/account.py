"""One account: what it holds, what happened to it, what its administrator can do."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import (
    AccountError,
    User,
    can_manage,
    expel,
    find_giver,
    list_open_invitations,
    set_active,
)
from tumbuh.audit.api import Wanted, list_events
from tumbuh.notifications.api import find_mailed
from tumbuh.web.accounts.people.reach import find_reach, for_administrators, get_person_or_404
from tumbuh.web.accounts.people.rows import describe_role, describe_state
from tumbuh.web.audit.rows import describe_events
from tumbuh.web.notifications.invitations import invite_and_mail, say_way
from tumbuh.web.notifications.roles import end_and_tell, remove_factors_and_tell

HISTORY = 30


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def person(request: HttpRequest, account_id: int) -> HttpResponse:
    """The account; a POST does one thing to it."""
    user = get_person_or_404(request, account_id)
    if request.method == "POST":
        return act(request, user)
    return show(request, user)


def show(request: HttpRequest, user: User, error: str = "", status: int = 200) -> HttpResponse:
    reach = find_reach(request)
    can_give = find_giver(request.user)
    may_end = can_give if user.pk != request.user.pk else None
    held = user.assignments.select_related("region", "institution").order_by("-valid_from", "pk")
    where = Q(object_kind="user", object_id=str(user.pk)) & (reach.q("region_id") | Q(region_id__isnull=True))
    events, _has_more = list_events(where, Wanted(), limit=HISTORY)
    page = {
        **describe_state(user),
        "person": user,
        "held": [describe_role(one, may_end) for one in held if reach.contains(one.region_id)],
        "is_elsewhere": any(not reach.contains(one.region_id) for one in held),
        "may_manage": can_manage(request.user, user, can_give),
        "has_factor": Authenticator.objects.filter(user_id=user.pk).exists(),
        "has_slip": user.invited_by == request.user.pk,
        "is_mailed": user.invited_by == request.user.pk and is_mailed(request, user),
        "history": describe_events(events),
        "error": error,
    }
    return render(request, "accounts/people/account.html", page, status=status)


def is_mailed(request: HttpRequest, user: User) -> bool:
    """Whether the invitation that the administrator made went by e-mail."""
    return bool(find_mailed(list_open_invitations(request.user).filter(user=user).values_list("pk", flat=True)))


def act(request: HttpRequest, user: User) -> HttpResponse:
    """Does what the button says; what is refused is told on the page and changes nothing."""
    deed = DEEDS.get(request.POST.get("tindakan", ""))
    try:
        if deed is None:
            raise AccountError(gettext("Tindakan itu tidak dikenal. Pakai tombol di halaman ini."))
        said = deed(request, user, request.POST.get("alasan", "").strip())
    except AccountError as refusal:
        return show(request, user, str(refusal), 422)
    messages.success(request, said)
    return redirect("person", user.pk)


def do_end(request: HttpRequest, user: User, reason: str) -> str:
    number = request.POST.get("penugasan", "")
    held = user.assignments.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if held is None or not find_reach(request).contains(held.region_id):
        raise Http404
    need(reason)
    end_and_tell(by=request.user, assignment=held, reason=reason)
    return gettext("Peran diakhiri. Akun yang sedang masuk dikeluarkan.")


def do_close(request: HttpRequest, user: User, reason: str) -> str:
    need(reason)
    set_active(by=request.user, user=user, is_active=False, reason=reason)
    return gettext("Akun ditutup dan tidak dapat dipakai masuk.")


def do_open(request: HttpRequest, user: User, reason: str) -> str:
    need(reason)
    set_active(by=request.user, user=user, is_active=True, reason=reason)
    return gettext("Akun dibuka kembali.")


def do_expel(request: HttpRequest, user: User, reason: str) -> str:
    expel(by=request.user, user=user, reason=reason)
    return gettext("Akun ini dikeluarkan dari semua perangkat.")


def do_factors(request: HttpRequest, user: User, reason: str) -> str:
    remove_factors_and_tell(by=request.user, user=user, reason=reason)
    return gettext("Langkah kedua dilepas. Bila perannya mewajibkan, ia memasangnya lagi saat masuk.")


def do_invite(request: HttpRequest, user: User, reason: str) -> str:
    made = invite_and_mail(by=request.user, user=user)
    said = gettext("Undangan baru dibuat; yang lama tidak berlaku lagi.")
    return f"{said} {say_way(is_mailed=bool(find_mailed([made.pk])))}"


def need(reason: str) -> None:
    if not reason:
        raise AccountError(gettext("Tulis alasannya; alasan itu disimpan dalam jejak kerja."))


DEEDS: dict[str, Any] = {
    "akhiri": do_end,
    "tutup": do_close,
    "buka": do_open,
    "keluarkan": do_expel,
    "faktor": do_factors,
    "undang": do_invite,
}
