"""Files for calendar programs: the invitation to one activity, and a user's own feed."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event, vCalAddress, vText

from tumbuh.activities.api import (
    Activity,
    Invitee,
    State,
    close_feed,
    find_feed_user,
    list_feed,
    list_invitees,
    open_feed,
)
from tumbuh.web.activities.forms import name_kind
from tumbuh.web.activities.gates import get_activity_or_404, get_own_scope
from tumbuh.web.activities.minutes import find_organiser

KIND = "text/calendar; charset=utf-8"
STATUS = {State.PLANNED: "CONFIRMED", State.HELD: "CONFIRMED", State.CANCELLED: "CANCELLED"}


def write_calendar(activities: Iterable[Activity], name: str, method: str, host: str) -> bytes:
    """The activities as RFC 5545; no names of people are in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tumbuh//Kegiatan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for activity in activities:
        calendar.add_component(make_event(activity, host))
    return calendar.to_ical()


def write_invitation(activity: Activity, institutions: Sequence[str], host: str) -> bytes:
    """The one activity; with invited institutions it is a group's event, which RFC 5546 forbids to be published."""
    calendar = Calendar.from_ical(write_calendar([activity], activity.title, "PUBLISH", host))
    if institutions:
        del calendar["method"]
        event = calendar.walk("VEVENT")[0]
        event["organizer"] = make_address(find_organiser(activity) or activity.region.full_name)
        for name in institutions:
            event.add("attendee", make_address(name), encode=False)
    return calendar.to_ical()


def list_institutions(invitees: Iterable[Invitee]) -> list[str]:
    """Those invited as institutions; people and offices are named in the letter only."""
    return list(dict.fromkeys(one.institution for one in invitees if not one.name))


def make_address(name: str) -> vCalAddress:
    """An institution as a calendar names it: by a number made from its name, for nobody's mail address is kept."""
    address = vCalAddress(f"urn:uuid:{uuid5(NAMESPACE_URL, f'tumbuh/institution/{name}')}")
    address.params["CN"] = vText(name)
    address.params["CUTYPE"] = vText("GROUP")
    return address


def make_event(activity: Activity, host: str) -> Event:
    """One activity; `sequence` rises with each change, so that calendars follow it."""
    event, kind = Event(), name_kind(activity.kind)
    event.add("uid", f"{activity.public_id}@tumbuh")
    event.add("dtstamp", activity.changed_at)
    event.add("dtstart", activity.starts_at)
    event.add("dtend", activity.ends_at)
    event.add("summary", f"{activity.title} ({activity.region.full_name})")
    event.add("location", activity.place)
    event.add("sequence", activity.version)
    event.add("status", STATUS[State(activity.state)])
    event.add("categories", [kind.label if kind else activity.kind])
    event.add("url", f"{host}/kegiatan/{activity.public_id}")
    points = "\n".join(f"{number}. {point}" for number, point in enumerate(activity.agenda, 1))
    event.add("description", "\n\n".join(filter(None, [kind.label if kind else "", points])))
    return event


@never_cache
@login_required
@require_safe
def invitation(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The invitation as a file for any calendar."""
    activity = get_activity_or_404(request, activity_id)
    host = request.build_absolute_uri("/").rstrip("/")
    invited = list_institutions(list_invitees(get_own_scope(activity), activity))
    response = HttpResponse(write_invitation(activity, invited, host), content_type=KIND)
    response["Content-Disposition"] = 'attachment; filename="undangan.ics"'
    return response


@never_cache
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The activities of whoever the token is for; 404 for any other."""
    user = find_feed_user(request.GET.get("kunci", ""))
    if user is None:
        raise Http404
    host = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(write_calendar(list_feed(user), _("Kegiatan Tumbuh"), "PUBLISH", host), content_type=KIND)


@login_required
@require_POST
def subscription(request: HttpRequest) -> HttpResponse:
    """A new address for one's feed, or none any more."""
    if request.POST.get("langkah") == "tutup":
        close_feed(by=request.user)
        messages.success(request, _("Langganan kalender ditutup. Alamat lamanya tidak berlaku lagi."))
    else:
        open_feed(by=request.user)
        messages.success(request, _("Alamat kalender dibuat. Alamat sebelumnya, bila ada, tidak berlaku lagi."))
    return redirect("activities")
