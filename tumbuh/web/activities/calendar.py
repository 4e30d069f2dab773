"""The list of activities and the month, as the viewer's regions have them."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import MANAGE_ACTIVITIES, READ_ACTIVITIES, ROLES, Scope, get_scope
from tumbuh.activities.api import Wish, count_days, count_follow_ups, find_feed, list_activities, write_token
from tumbuh.regions.api import Level, find_region
from tumbuh.web.activities.forms import WishForm, name_kind
from tumbuh.web.activities.gates import list_places
from tumbuh.web.site.viewer import list_held

PER_PAGE = 40
FIRST, LAST = date(2020, 1, 1), date(2100, 12, 1)


@dataclass(frozen=True)
class Day:
    """One day of the month's page: (kind's label, number) of what begins on it, and the address of its list."""

    day: date
    is_inside: bool
    counts: list[tuple[str, int]]
    href: str


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Forty activities a page, or a month of days; at most twelve queries."""
    scope = get_scope(request.user, READ_ACTIVITIES)
    places = list_places(request, READ_ACTIVITIES)
    form = WishForm(request.GET or None, places=places)
    wish, keep = read_wish(form), {key: value for key, value in request.GET.items() if key in form.fields and value}
    today = timezone.localdate()
    late, open_count = count_follow_ups(scope, today)
    held = {permission for one in list_held(request) for permission in ROLES[one.role].permissions}
    page = {
        "form": form, "is_lost": not scope.spans, "today": today, "late": late, "open": open_count,
        "keep": urlencode(keep), "may_plan": MANAGE_ACTIVITIES in held,
        "may_plan_units": MANAGE_ACTIVITIES in held and any(one.level < Level.DESA for one in places),
    }  # fmt: skip
    if request.GET.get("tampilan") == "bulan":
        return render(request, "activities/month.html", page | read_month(scope, request, wish, keep))
    day = read_day(request.GET.get("hari", ""))
    if day:
        wish = Wish(wish.kind, wish.state, wish.region, day, day)
    shown = Paginator(list_activities(scope, wish), PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [(activity, name_kind(activity.kind)) for activity in shown]
    feed = find_feed(request.user)
    token = write_token(feed) if feed else ""
    page |= {"page": shown, "rows": rows, "day": day, "feed": token, "now": timezone.now()}
    page["keep_page"] = urlencode({**keep, **({"hari": day} if day else {})}) + "&"
    return render(request, "activities/index.html", page)


def read_wish(form: WishForm) -> Wish:
    """What is asked for; what was not understood does not matter."""
    if not form.is_valid():
        return Wish()
    found = form.cleaned_data
    region = find_region(found["wilayah"]) if found["wilayah"] else None
    return Wish(kind=found["jenis"], state=found["status"], region=region)


def read_day(text: str) -> date | None:
    """The day of an address, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_month(scope: Scope, request: HttpRequest, wish: Wish, keep: dict[str, str]) -> dict[str, object]:
    """The weeks of a month, and the months before and after it."""
    first = read_day(f"{request.GET.get('bulan', '')}-01") or timezone.localdate().replace(day=1)
    first = min(max(first, FIRST), LAST)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    span = Wish(wish.kind, wish.state, wish.region, weeks[0][0], weeks[-1][-1])
    counted = count_days(scope, span)
    rows = [[make_day(day, first, counted.get(day, {}), keep) for day in week] for week in weeks]
    return {
        "month": first, "weeks": rows, "total": sum(sum(kinds.values()) for kinds in counted.values()),
        "before": (first - timedelta(days=1)).replace(day=1), "after": (first + timedelta(days=32)).replace(day=1),
        "weekdays": [_("Sen"), _("Sel"), _("Rab"), _("Kam"), _("Jum"), _("Sab"), _("Min")],
    }  # fmt: skip


def make_day(day: date, month: date, kinds: dict[str, int], keep: dict[str, str]) -> Day:
    """A day with its kinds, the most frequent first."""
    ordered = sorted(kinds.items(), key=lambda entry: (-entry[1], entry[0]))
    named = [(kind.label if (kind := name_kind(code)) else code, number) for code, number in ordered]
    return Day(day, day.month == month.month, named, urlencode({**keep, "hari": day.isoformat()}))
