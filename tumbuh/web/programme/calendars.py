"""The due dates of a region as a calendar that any calendar program can subscribe to. Public."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from tumbuh.programme.api import Owed, Regulation, list_owed, units_of
from tumbuh.regions.api import Region
from tumbuh.web.programme.boards import get_place_or_404, get_regulation_or_404

LONGEST = 120


@require_safe
def show_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """One whole-day entry for each output or duty, part and year that the region itself owes."""
    regulation = get_regulation_or_404(request)
    region = get_place_or_404(regulation, code)
    owed = list_owed(regulation, timezone.localdate(), regions=units_of(region))
    body = make_calendar(request, regulation, region, owed).to_ical()
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{slugify(region.full_name)}.ics"'
    return response


def make_calendar(request: HttpRequest, regulation: Regulation, region: Region, owed: list[Owed]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Tumbuh//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Tenggat %(place)s") % {"place": region.full_name})
    for one in sorted(owed, key=lambda one: (one.due_on, one.code, one.part)):
        calendar.add_component(make_event(request, regulation, region, one))
    return calendar


def make_event(request: HttpRequest, regulation: Regulation, region: Region, one: Owed) -> Event:
    """A whole day; the same identifier each time, so that a change moves the entry."""
    event = Event()
    event.add("uid", f"{regulation.code}/{one.code}/{one.part}/{one.year}/{region.code}")
    event.add("dtstamp", regulation.loaded_at)
    event.add("dtstart", one.due_on)
    event.add("dtend", one.due_on + timedelta(days=1))
    event.add("summary", f"{one.code} {one.text}"[:LONGEST])
    event.add("description", f"{one.status.label}. {one.text}")
    address = f"{reverse('programme_clause', args=[one.code])}?wilayah={region.code}"
    event.add("url", request.build_absolute_uri(address))
    event.add("transp", "TRANSPARENT")
    return event
