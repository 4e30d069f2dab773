"""Finding a region: by name or code, or by walking down the tree."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tumbuh.regions.api import (
    Level,
    Region,
    count_regions,
    find_region,
    list_ancestors,
    list_children,
    list_regions,
    search_regions,
)
from tumbuh.web.regions.kinds import describe_counts

LONGEST_QUERY = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The search results for `q`, or what lies directly below the region `di`; at most eight queries."""
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    here = get_here(request.GET.get("di", ""))
    content = {
        "text": text,
        "results": search_regions(text) if text else None,
        "here": here,
        "ancestors": list_ancestors(here) if here else [],
        "children": list_children(here),
        "counts": describe_counts(count_regions(within=here.code if here else None)),
        "can_open": here is None or here.level < Level.KECAMATAN,
    }
    return render(request, "regions/index.html", content)


def get_here(code: str) -> Region | None:
    """The region that the visitor stands in: the one asked for, else the only province, else none (all provinces)."""
    if code:
        region = find_region(code)
        if region is None or not region.is_active or region.level == Level.DESA:
            raise Http404
        return region
    provinces = list(list_regions(level=Level.PROVINSI)[:2])
    return provinces[0] if len(provinces) == 1 else None
