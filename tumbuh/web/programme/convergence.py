"""The convergence actions: all kabupaten/kota of a province, and the checklist of one."""

import re
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.accounts.api import MANAGE_PLANS
from tumbuh.programme.api import (
    ActionView,
    ChecklistEntry,
    ProgrammeError,
    Regulation,
    StepState,
    SubjectKind,
    attach_evidence,
    detach_evidence,
    find_checklist_view,
    get_checklist,
    view_overview,
)
from tumbuh.regions.api import Region, get_span
from tumbuh.web.programme.boards import get_regulation_or_404
from tumbuh.web.programme.checklists import describe_actions, say_state
from tumbuh.web.site.viewer import may


@require_safe
def show_overview(request: HttpRequest) -> HttpResponse:
    """Each kabupaten/kota with its six actions in a year (`?tahun=`). Public; at most twelve queries."""
    regulation = get_regulation_or_404(request)
    year = read_year(regulation, request.GET.get("tahun", ""))
    places, views = view_overview(get_span(regulation.province_code), year)
    if not places:
        raise Http404
    rows = [
        (place, [(view.action, say_state(view.state), count_steps(view)) for view in views[place.pk]])
        for place in places
        if place.pk in views
    ]
    done = sum(view.state == StepState.DONE for several in views.values() for view in several)
    page = {
        "region": places[0], "year": year, "years": regulation.term, "rows": rows, "checklist": get_checklist(year),
        "done": done, "number": sum(map(len, views.values())),
    }  # fmt: skip
    return render(request, "programme/convergence.html", page)


def read_year(regulation: Regulation, text: str) -> int:
    """The year asked for where the regulation has it, else this year or its first."""
    today = timezone.localdate().year
    return next((year for year in regulation.term if str(year) == text), max(min(today, regulation.last_year),
                                                                             regulation.first_year))  # fmt: skip


def count_steps(view: ActionView) -> tuple[int, int]:
    """(done, all) of an action's steps."""
    return sum(step.state == StepState.DONE for step in view.steps), len(view.steps)


@require_http_methods(["GET", "HEAD", "POST"])
def show_checklist(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The checklist of one kabupaten/kota; those who plan there attach evidence. At most twelve queries."""
    regulation = get_regulation_or_404(request)
    found = find_checklist_view(code, year) if is_of(regulation, code, year) else None
    if found is None:
        raise Http404
    may_plan = may(request, MANAGE_PLANS, found.region.pk)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_plan:
            raise Http404
        take(request, found.region, year)
        return redirect(f"{reverse('programme_checklist', args=[code, year])}#{read_step(request, year)}")
    page = {
        "region": found.region, "year": year, "years": regulation.term, "may_plan": may_plan,
        "checklist": get_checklist(year), "actions": describe_actions(request, found, year, may_plan=may_plan),
        "done": sum(view.state == StepState.DONE for view in found.actions), "number": len(found.actions),
    }  # fmt: skip
    return render(request, "programme/checklist.html", page)


def is_of(regulation: Regulation, code: str, year: int) -> bool:
    """Whether it is the code of a kabupaten/kota of the regulation's province, and a year of its term."""
    return bool(re.fullmatch(rf"{regulation.province_code}\.\d\d", code)) and year in regulation.term


def read_step(request: HttpRequest, year: int) -> str:
    """The step that was sent, if there is such a one."""
    found = get_checklist(year).find_step(request.POST.get("langkah", ""))
    return found.code if found else ""


def take(request: HttpRequest, region: Region, year: int) -> None:
    """Attach or take off; what speaks against it is said on the page."""
    try:
        if request.POST.get("aksi") == "lepas":
            key = request.POST.get("lampiran", "")
            number = int(key) if key.isdecimal() and len(key) < 19 else 0
            entry = ChecklistEntry.objects.filter(pk=number, region=region, year=year).first()
            if entry is not None:
                detach_evidence(by=request.user, entry=entry)
            messages.success(request, _("Bukti dilepas dan capaian dihitung ulang."))
            return
        source, _sep, key = request.POST.get("bukti", "").partition(":")
        attach_evidence(
            by=request.user, region=region, year=year, step=request.POST.get("langkah", ""),
            source=read_source(source), subject_id=read_id(key),
        )  # fmt: skip
        messages.success(request, _("Bukti dilampirkan. Langkah ini terbukti sesudah bukti itu diverifikasi."))
    except ProgrammeError as error:
        messages.error(request, str(error))


def read_source(text: str) -> SubjectKind:
    return SubjectKind.ACTIVITY if text == SubjectKind.ACTIVITY else SubjectKind.DOCUMENT


def read_id(text: str) -> UUID:
    """The public number, or one that nothing has."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
