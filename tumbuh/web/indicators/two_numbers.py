"""The page of the two numbers: survey and routine figure side by side, for officials of the region."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import MANAGE_SURVEYS
from tumbuh.indicators.api import SurveyEntry, SurveyError, TwoNumbers, latest_month, read_two_numbers, record_survey
from tumbuh.regions.api import Region, list_lineage
from tumbuh.web.indicators.intervals import draw_intervals, list_bars
from tumbuh.web.indicators.notes import tell_basis, tell_missing_survey, tell_notes, tell_source, tell_two
from tumbuh.web.indicators.pages import choose_month, make_trail, say
from tumbuh.web.indicators.surveys import SurveyForm
from tumbuh.web.site.trend import COMPACT, WIDE
from tumbuh.web.site.viewer import may
from tumbuh.web.verification.gates import get_region_or_404


def find_month(request: HttpRequest, region: Region) -> tuple[date | None, date | None]:
    """(the month asked for, the newest month) of the region; 404 for a month that is none of the last two years."""
    newest = latest_month(region.code)
    if newest is None:
        return None, None
    month = choose_month(newest, request.GET.get("bulan", ""))
    if month is None:
        raise Http404
    return month, newest


@never_cache
@login_required
@require_safe
def two_numbers(request: HttpRequest, code: str) -> HttpResponse:
    """One region's two numbers of a month; at most twelve queries."""
    return show(request, get_region_or_404(request, code), None)


def show(request: HttpRequest, region: Region, form: SurveyForm | None, status: int = 200) -> HttpResponse:
    """The page, with the form as it was filled in if it was refused."""
    month, newest = find_month(request, region)
    lineage = list_lineage(region.code)
    page: dict[str, Any] = {
        "region": region, "month": month, "newest": newest,
        "trail": [*make_trail(lineage), ("", _("Dua angka"))],
        "form": (form or SurveyForm()) if may(request, MANAGE_SURVEYS, region.pk) else None,
        "is_refused": form is not None,
    }  # fmt: skip
    if month is not None:
        told = read_two_numbers(region, month, request.GET.get("survei", ""))
        page |= describe(told, lineage)
    return render(request, "indicators/two_numbers.html", page, status=status)


def describe(told: TwoNumbers, lineage: Sequence[Region]) -> dict[str, Any]:
    """What the template writes."""
    bars = list_bars(told)
    title = _("Dua angka stunting {place}").format(place=told.region.full_name)
    return {
        "told": told,
        "sentences": tell_two(told),
        "notes": tell_notes(told),
        "source_line": tell_source(told),
        "pictures": {name: draw_intervals(bars, size, title) for name, size in (("wide", WIDE), ("compact", COMPACT))},
        "bars": bars,
        "why_no_survey": "" if told.survey else tell_missing_survey(told.region, lineage),
        "entries": [describe_entry(entry, told) for entry in told.surveys],
        "ratio": told.rules["ratio"],
    }


def describe_entry(entry: SurveyEntry, told: TwoNumbers) -> dict[str, Any]:
    """One row of the list of surveys."""
    return {
        "entry": entry,
        "note": say(entry.note),
        "basis": tell_basis(entry, told.rules),
        "is_compared": told.survey is not None and entry.is_current and entry.slug == told.survey.slug,
    }


@login_required
@require_POST
def enter_survey(request: HttpRequest, code: str) -> HttpResponse:
    """Another row of a survey's story: its result, or that it does not count any more."""
    region = get_region_or_404(request, code, MANAGE_SURVEYS)
    form = SurveyForm(request.POST)
    if not form.is_valid():
        return show(request, region, form, 422)
    try:
        is_withdrawn = form.cleaned_data["is_withdrawn"]
        record_survey(
            by=request.user, region=region, indicator="stunting", details=form.make_details(), is_withdrawn=is_withdrawn
        )
    except SurveyError as error:
        form.add_error(None, str(error))
        return show(request, region, form, 422)
    messages.success(request, _("Hasil survei dicatat."))
    return redirect("two_numbers", code)
