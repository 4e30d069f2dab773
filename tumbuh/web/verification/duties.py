"""What verification asks of somebody, for the home at work: (address, what to do, why), the first thing first."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tumbuh.accounts.api import SUBMIT
from tumbuh.regions.api import Level, Region
from tumbuh.verification.api import (
    Package,
    Recall,
    State,
    Tier,
    count_waiting,
    find_waiting,
    get_row,
    list_deadlines,
    list_recalls_for,
    list_returned,
)
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count
from tumbuh.web.templatetags.numbers import day as write_day
from tumbuh.web.templatetags.numbers import month as write_month

Duty = tuple[str, str, str]


def list_duties(request: HttpRequest, region: Region, newest: date | None) -> list[Duty]:
    """Returned packages first, then what waits for the user's tier by board and month, then drafts to send."""
    waiting = find_waiting(request.user)
    groups = count_waiting(waiting)
    places = {place.code: place for place in Region.objects.filter(code__in={code for code, _month, _tier in groups})}
    deadlines = {month: list_deadlines(month) for month in {month for _code, month, _tier in groups}}
    return [
        *(ask_answer(package) for package in list_returned(waiting)),
        *(ask_decision(recall) for recall in list_recalls_for(request.user)),
        *(
            ask_review(places[code], month, number, deadlines[month][tier])
            for (code, month, tier), number in groups.items()
        ),
        *list_drafts(request, region, newest),
    ]


def ask_answer(package: Package) -> Duty:
    """A package that came back to its desa."""
    words = _("Jawab pengembalian %(place)s, %(month)s") % name(package.region, package.month)
    return reverse("package", args=[package.region.code, package.month]), words, _("Dikembalikan pemeriksa.")


def ask_decision(recall: Recall) -> Duty:
    """A tier below asks for a package that the user holds."""
    package = recall.package
    words = _("Putuskan permintaan paket kembali %(place)s, %(month)s") % name(package.region, package.month)
    return reverse("package", args=[package.region.code, package.month]), words, _("Diminta tingkat di bawah.")


def ask_review(place: Region, month: date, number: int, due: date) -> Duty:
    """Packages of a region that wait for the user's tier."""
    words = _("Periksa %(count)s paket %(place)s, %(month)s") % {"count": count(number), **name(place, month)}
    return reverse("board", args=[place.code, month]), words, say_deadline(due)


def list_drafts(request: HttpRequest, region: Region, newest: date | None) -> list[Duty]:
    """The newest month of the user's own desa, while nobody has sent it."""
    if newest is None or region.level != Level.DESA or not may(request, SUBMIT, region.pk):
        return []
    if get_row(region, newest).state != State.DRAFT:
        return []
    words = _("Kirim data %(place)s, %(month)s, untuk diperiksa") % name(region, newest)
    return [(reverse("package", args=[region.code, newest]), words, say_deadline(list_deadlines(newest)[Tier.DESA]))]


def name(region: Region, month: date) -> dict[str, str]:
    return {"place": region.full_name, "month": write_month(month)}


def say_deadline(due: date) -> str:
    """Until when, in words."""
    return _("Paling lambat %(day)s.") % {"day": write_day(due)}
