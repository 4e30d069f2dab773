"""A posyandu day on screen: who comes, what each is given and measured, saved at once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import IMPORT, get_scope
from tumbuh.audit.api import record_event
from tumbuh.regions.api import Region
from tumbuh.web.records.day_choice import Choice, offer_choice, read_choice
from tumbuh.web.records.day_entries import read_lines
from tumbuh.web.records.day_list import Line, list_lines
from tumbuh.web.records.day_saving import save_day
from tumbuh.web.records.gates import get_desa_to_record
from tumbuh.web.records.once import RefusedError, make_token
from tumbuh.web.templatetags.numbers import count
from tumbuh.web.templatetags.numbers import day as write_day


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posyandu_day(request: HttpRequest, code: str) -> HttpResponse:
    """The list of a day, or what was typed into it: saved as a whole, or shown again with what is wrong."""
    desa = get_desa_to_record(request, code)
    if request.method == "POST":
        return take(request, desa, read_choice(request.POST))
    choice = read_choice(request.GET)
    record_event(
        by=request.user, action="records.posyandu_day.listed", object_kind="region", object_id=desa.code,
        region_id=desa.pk,
    )  # fmt: skip
    page, lines = list_lines(get_scope(request.user, IMPORT), desa, choice)
    return show(request, desa, choice, {"page": page, "lines": lines})


def take(request: HttpRequest, desa: Region, choice: Choice) -> HttpResponse:
    """Save what was typed, or say line by line why not."""
    page, lines = list_lines(get_scope(request.user, IMPORT), desa, choice)
    entered = read_lines(request.POST, lines, desa, choice)
    wrong = [(line, name, error) for line in lines for name, error in line.errors]
    refused = ""
    if gone := len(choice.people - {line.person["person_id"] for line in lines}):
        refused = say_gone(gone)
    elif not wrong and not entered.size:
        refused = gettext("Belum ada yang dicentang atau diisi, jadi belum ada yang disimpan.")
    elif not wrong:
        try:
            messages.success(request, save_day(request, desa, choice, entered))
        except RefusedError as error:
            refused = str(error)
        else:
            address = reverse("posyandu-day", args=[desa.code])
            return HttpResponseRedirect(f"{address}?{choice.query}&halaman={choice.page}")
    more = {"page": page, "lines": lines, "wrong": wrong, "refused": refused, "token": request.POST.get("kiriman")}
    return show(request, desa, choice, more, status=422)


def say_gone(number: int) -> str:
    words = ngettext(
        "Belum ada yang disimpan: %(n)s orang tidak lagi terdaftar di sini sejak daftar ini dibuka. Periksa, lalu "
        "simpan lagi.",
        "Belum ada yang disimpan: %(n)s orang tidak lagi terdaftar di sini sejak daftar ini dibuka. Periksa, lalu "
        "simpan lagi.",
        number,
    )
    return words % {"n": count(number)}


def show(request: HttpRequest, desa: Region, choice: Choice, more: dict[str, Any], status: int = 200) -> HttpResponse:
    page = {"desa": desa, "token": make_token(), **offer_choice(desa, choice), **more}
    page["sentence"] = read_aloud(choice, more["page"].paginator.count, more["lines"])
    page["keep_page"] = f"{choice.query}&"
    return render(request, "records/posyandu_day.html", page, status=status)


def read_aloud(choice: Choice, number: int, lines: list[Line]) -> str:
    """Who is expected that day."""
    if not lines:
        return gettext("%(day)s: tidak ada yang terdaftar pada pilihan ini.") % {"day": write_day(choice.day)}
    words = ngettext(
        "Hari posyandu %(day)s: %(n)s orang dalam daftar.", "Hari posyandu %(day)s: %(n)s orang dalam daftar.", number
    )
    return words % {"day": write_day(choice.day), "n": count(number)}
