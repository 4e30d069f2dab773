"""The regulation's pages; everything on them is public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from tumbuh.programme.api import list_notes, list_prevalence_targets
from tumbuh.web.programme import sheets
from tumbuh.web.programme.statuses import insert_statuses


@require_safe
def show_regulation(request: HttpRequest) -> HttpResponse:
    """The whole regulation, or what a search finds in it."""
    regulation, regulations = sheets.choose_regulation(request.GET)
    if regulation is None:
        return render(request, "programme/empty.html")
    search = sheets.read_search(request.GET)
    context = {"regulation": regulation, "regulations": regulations, **sheets.list_choices(regulation, search)}
    if search:
        context |= sheets.gather(regulation, search)
        context["text"] = render_to_string("programme/parts/text.html", context)
    else:
        context |= sheets.gather_whole(regulation)
        context |= {"counts": sheets.list_counts(regulation), "prevalence": list(list_prevalence_targets(regulation))}
    context["text"] = insert_statuses(regulation, context["text"], context["shown"])
    return render(request, "programme/regulation.html", context)


@require_safe
def show_pillar(request: HttpRequest, number: int) -> HttpResponse:
    """One pillar of the annex."""
    regulation, _ = sheets.choose_regulation(request.GET)
    pillars = [] if regulation is None else sheets.find_pillars(regulation, sheets.Search(), number)
    if not pillars:
        raise Http404
    year = timezone.localdate().year
    context = {
        "regulation": regulation,
        "pillar": pillars[0],
        "notes": list_notes(regulation),
        "year": year if year in regulation.term else None,
        "due": sheets.count_due(regulation, pillars, year),
        "others": regulation.pillars.all(),
    }
    context["text"] = insert_statuses(regulation, render_to_string("programme/parts/pillar.html", context), {})
    return render(request, "programme/pillar.html", context)
