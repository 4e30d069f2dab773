"""Pages of figures: the province, any region, why a figure is what it is, what the indicators mean."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tumbuh.indicators.api import latest_month, list_definitions
from tumbuh.regions.api import Region, list_lineage
from tumbuh.web.indicators.links import list_links
from tumbuh.web.indicators.pages import choose_first, choose_month, find_home, make_trail, read_official, read_page, say
from tumbuh.web.indicators.why import read_why


def list_lineage_or_404(code: str) -> list[Region]:
    lineage = list_lineage(code)
    if not lineage:
        raise Http404
    return lineage


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The province's picture for everybody."""
    newest = latest_month()
    region = find_home(newest)
    if region is None or newest is None:
        return render(request, "indicators/empty_home.html", {"region": region})
    official = read_official(region, newest)
    month = choose_first(request, region, newest, official)
    page = read_page(request, region, month, newest, official, is_long=True)
    return render(request, "indicators/home.html", page)


@require_safe
def region_page(request: HttpRequest, code: str) -> HttpResponse:
    """One region's figures in one month."""
    lineage = list_lineage_or_404(code)
    region, trail = lineage[-1], make_trail(lineage)
    newest = latest_month(region.code)
    if newest is None:
        page = {"region": region, "trail": trail, "links": list_links(request, region)}
        return render(request, "indicators/empty_region.html", page)
    asked = request.GET.get("bulan", "")
    official = read_official(region, newest)
    month = choose_month(newest, asked) if asked else choose_first(request, region, newest, official)
    if month is None:
        raise Http404
    page = read_page(request, region, month, newest, official, is_long=False)
    return render(request, "indicators/region.html", {**page, "trail": trail, "links": list_links(request, region)})


@require_safe
def why(request: HttpRequest, indicator: str, code: str, month: date) -> HttpResponse:
    """Why a figure is what it is; only the panel when htmx asks."""
    lineage = list_lineage_or_404(code)
    panel = read_why(request, indicator, lineage[-1], month)
    if request.htmx:
        return render(request, "indicators/why_panel.html", panel)
    trail = [*make_trail(lineage), ("", gettext("Mengapa?"))]
    return render(request, "indicators/why.html", {**panel, "trail": trail})


@require_safe
def indicator_index(request: HttpRequest) -> HttpResponse:
    """What each indicator counts, and by which document."""
    rows = [
        {
            "definition": definition,
            "title": say(definition.title),
            "numerator": say(definition.numerator.text),
            "denominator": say(definition.denominator.text),
        }
        for definition in list_definitions()
    ]
    return render(request, "indicators/indicator_index.html", {"rows": rows})
