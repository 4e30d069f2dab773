"""The list of those invited, and the letter that goes to them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.accounts.api import MANAGE_ACTIVITIES
from tumbuh.activities.api import (
    ActivityError,
    Guest,
    Invitee,
    Move,
    can_move,
    get_kind,
    invite,
    list_invitees,
    parse_guests,
    write_guests,
)
from tumbuh.web.activities.gates import clean, get_activity_or_404, get_own_scope, read_version
from tumbuh.web.activities.minutes import find_organiser, list_facts


def write_list(invitees: list[Invitee]) -> str:
    """The list as it is pasted."""
    return write_guests(Guest(one.name, one.institution, one.sex, one.part) for one in invitees)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guests(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The list to be written or pasted; what is wrong is said line by line, and nothing that was written is lost."""
    planned = get_activity_or_404(request, activity_id, MANAGE_ACTIVITIES)
    if not can_move(planned.state, Move.CHANGE):
        messages.error(request, _("Daftar undangan hanya dapat diubah sebelum pelaksanaan dicatat."))
        return redirect("activity", activity_id)
    text, wrong = clean(request.POST).get("undangan", ""), []
    if request.method == "POST":
        found, wrong = parse_guests(text)
        if not wrong:
            try:
                invite(by=request.user, public_id=activity_id, guests=found, version=read_version(request))
                messages.success(request, _("Daftar undangan disimpan."))
                return redirect("activity", activity_id)
            except ActivityError as error:
                wrong = [str(error)]
    else:
        text = write_list(list_invitees(get_own_scope(planned), planned))
    page = {"activity": planned, "text": text, "wrong": wrong}
    return render(request, "activities/guests.html", page, status=422 if wrong else 200)


@never_cache
@login_required
@require_safe
def letter(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The invitation to print: to whom, what, when, where, and the agenda."""
    planned = get_activity_or_404(request, activity_id)
    page = {
        "activity": planned,
        "kind": get_kind(planned.kind),
        "organiser": find_organiser(planned),
        "facts": list_facts(planned, is_invitation=True),
        "invitees": list_invitees(get_own_scope(planned), planned),
    }
    return render(request, "activities/letter.html", page)
