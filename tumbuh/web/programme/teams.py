"""A region's team: who is in it on a day, its decree, what was before, and which regions below have none."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import MANAGE_PLANS, Scope, list_institutions
from tumbuh.programme.api import (
    DECREES,
    ProgrammeError,
    SubjectKind,
    Team,
    TeamMember,
    change_member,
    end_team,
    holds_on,
    list_members,
    list_own_documents,
    list_teams,
    list_without_team,
    set_up_team,
)
from tumbuh.regions.api import Level, Region, Span, list_lineage
from tumbuh.verification.api import find_review
from tumbuh.web.programme.forms import EndForm, MemberForm, TeamForm, describe_member, describe_team
from tumbuh.web.site.viewer import may

Forms = dict[str, forms.Form]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_team(request: HttpRequest, code: str) -> HttpResponse:
    """The team on a day (`?tanggal=`), for everybody signed in; those who plan here change it. At most 12 queries."""
    *above, region = get_lineage_or_404(code)
    may_plan, teams = may(request, MANAGE_PLANS, region.pk), list_teams(region)
    day = parse_date_or_none(request.GET.get("tanggal", "")) or timezone.localdate()
    team = find_on(teams, day)
    members = list_members(team) if team else []
    found = make_forms(request, region, team, members) if may_plan else {}
    if request.method == "POST":
        if not may_plan:
            raise Http404
        if take(request, region, team, members, found):
            return redirect("programme_team", code)
    now = [one for one in members if holds_on(one.valid_from, one.valid_until, day)]
    page = {
        "region": region, "above": above, "team": team, "teams": teams, "day": day, "forms": found,
        "members": now, "chosen": request.GET.get("anggota", ""),
        "review": find_review(SubjectKind.DOCUMENT, team.decree.public_id) if team and team.decree else None,
        "without": list_without_team(region, timezone.localdate()) if region.level != Level.DESA else [],
        "below": region.level != Level.DESA,
    }  # fmt: skip
    is_wrong = any(form.errors for form in found.values())
    return render(request, "programme/team.html", page, status=422 if is_wrong else 200)


def get_lineage_or_404(code: str) -> list[Region]:
    """The region with this code, and before it those above; one query."""
    lineage = list_lineage(code)
    if not lineage or lineage[-1].code != code:
        raise Http404
    return lineage


def parse_date_or_none(text: str) -> date | None:
    """The day that the address asks for; None for what is no day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def find_on(teams: list[Team], day: date) -> Team | None:
    return next((one for one in teams if holds_on(one.valid_from, one.valid_until, day)), None)


def make_forms(request: HttpRequest, region: Region, team: Team | None, members: list[TeamMember]) -> Forms:
    """The forms of those who plan here; the one that was sent holds what was sent."""
    data, sent = (request.POST, request.POST.get("aksi")) if request.method == "POST" else (None, None)
    decrees = list_own_documents(region, DECREES)
    named = list(list_institutions(Scope((Span(region.pk, region.pk),))))
    today = timezone.localdate()
    found: Forms = {
        "bentuk": TeamForm(
            data if sent == "bentuk" else None, decrees=decrees, auto_id="bentuk_%s",
            initial=describe_team(team) if team else {"mulai": today},
        )
    }  # fmt: skip
    if team is not None:
        member = find_member(members, request.GET.get("anggota", ""))
        start = (
            describe_member(member)
            if member
            else {"mulai": max(team.valid_from, min(today, team.valid_until or today))}
        )
        found["anggota"] = MemberForm(
            data if sent == "anggota" else None, institutions=named, auto_id="anggota_%s", initial=start
        )
        if team.valid_until is None:
            found["akhiri"] = EndForm(
                data if sent == "akhiri" else None, auto_id="akhiri_%s", initial={"selesai": today}
            )
    return found


def find_member(members: list[TeamMember], key: str) -> TeamMember | None:
    return next((one for one in members if str(one.pk) == key), None)


def take(request: HttpRequest, region: Region, team: Team | None, members: list[TeamMember], found: Forms) -> bool:
    """Whether what was sent was done; else its form says why not."""
    form = found.get(request.POST.get("aksi", ""))
    if form is None or not form.is_valid():
        return False
    doing: dict[str, Callable[[], Any]] = {
        "bentuk": lambda: set_up_team(by=request.user, region=region, details=form.read()),
        "anggota": lambda: change_member(
            by=request.user, team=team, details=form.read(), member=find_member(members, request.GET.get("anggota", ""))
        ),
        "akhiri": lambda: end_team(by=request.user, team=team, last_day=form.cleaned_data["selesai"]),
    }
    try:
        doing[request.POST["aksi"]]()
    except ProgrammeError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Susunan tim disimpan."))
    return True
