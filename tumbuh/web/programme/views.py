"""The regulation's pages; everything on them is public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tumbuh.programme.api import WHOLE_TEXT, list_notes, list_prevalence_targets
from tumbuh.web.programme import phrases, sheets


@require_safe
def show_regulation(request: HttpRequest) -> HttpResponse:
    """The whole regulation, or what a search finds in it."""
    regulation, regulations = sheets.choose_regulation(request.GET)
    if regulation is None:
        return render(request, "programme/empty.html")
    search = sheets.read_search(request.GET)
    pillars, articles = sheets.find_pillars(regulation, search), sheets.find_articles(regulation, search)
    outputs = sum(len(pillar.outputs) for pillar in pillars)
    notes, year = list_notes(regulation), timezone.localdate().year
    context = {
        "regulation": regulation,
        "regulations": regulations,
        "pillars": pillars,
        "chapters": sheets.list_chapters(regulation, articles),
        "notes": notes,
        "notes_on_text": notes.get(WHOLE_TEXT, []),
        "outline": phrases.say_outline(len(articles), outputs, len(pillars)),
        "found": phrases.say_found(len(articles), outputs),
        "year": year if year in regulation.term else None,
        "due": sheets.count_due(regulation, pillars, year),
        **sheets.list_choices(regulation, search),
    }
    if not search:
        context |= {"counts": sheets.list_counts(regulation), "prevalence": list_prevalence_targets(regulation)}
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
    return render(request, "programme/pillar.html", context)
