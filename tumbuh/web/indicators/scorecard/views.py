"""The village scorecard of any region: page, workbook, and the people behind a line of a desa."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import READ_PEOPLE, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.api import PURPOSE_MINUTES
from tumbuh.web.indicators.scorecard.asked import Asked, name_quarter, read_asked, write_code
from tumbuh.web.indicators.scorecard.pages import read_page
from tumbuh.web.indicators.scorecard.people import FIRST_LINE, RESULTS, find_line, find_result, list_why
from tumbuh.web.indicators.scorecard.workbooks import XLSX, write_book
from tumbuh.web.records.purposes import PurposeForm, find_stated, keep_purpose


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Tables 1 to 5 of a quarter."""
    return render(request, "indicators/scorecard/page.html", read_page(read_asked(request, code)))


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The same tables as a workbook."""
    asked = read_asked(request, code)
    name = f"scorecard-{asked.region.code}-{write_code(asked.first)}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write_book(read_page(asked)), content_type=XLSX, headers=headers)


@never_cache
@login_required
@require_safe
def list_people(request: HttpRequest, code: str) -> HttpResponse:
    """Who is behind a line, and why: for those who may read people there; an event of the trail, with its purpose."""
    asked = read_people_asked(request, code)
    purpose = find_stated(request, asked.region.pk, make_key(asked))
    if purpose is None:
        return ask_purpose(request, asked, PurposeForm())
    line, result = request.GET.get("baris") or FIRST_LINE, find_result(request.GET.get("hasil", ""))
    page = {"asked": asked, "title": find_line(line), "line": line, "result": result, "results": list(RESULTS),
            "region": asked.region, "quarter": name_quarter(asked.first)}  # fmt: skip
    record_event(
        by=request.user, action="indicators.scorecard.people_listed", object_kind="region",
        object_id=asked.region.code, region_id=asked.region.pk, reason=purpose,
    )  # fmt: skip
    page["rows"] = list_why(asked, get_scope(request.user, READ_PEOPLE), line, result)
    return render(request, "indicators/scorecard/people.html", page)


@never_cache
@login_required
@require_POST
def state_purpose(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the purpose and goes on to the list."""
    asked = read_people_asked(request, code)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return ask_purpose(request, asked, form)
    keep_purpose(request, make_key(asked), form)
    return redirect(f"{reverse('scorecard-people', args=[code])}?{request.GET.urlencode()}")


def read_people_asked(request: HttpRequest, code: str) -> Asked:
    """Http404 for whoever may not read people there, and above a desa."""
    asked = read_asked(request, code)
    if not asked.may_read_people:
        raise Http404
    return asked


def make_key(asked: Asked) -> str:
    return f"scorecard {asked.region.code}"


def ask_purpose(request: HttpRequest, asked: Asked, form: PurposeForm) -> HttpResponse:
    """The question, on a page that names nobody."""
    page = {"form": form, "region": asked.region, "minutes": PURPOSE_MINUTES, "question": request.GET.urlencode()}
    return render(request, "indicators/scorecard/purpose.html", page, status=400 if form.errors else 200)
