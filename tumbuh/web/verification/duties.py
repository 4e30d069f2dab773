"""What verification asks of somebody, for the home at work: (address, what to do, why), the first thing first."""

from collections import defaultdict
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tumbuh.accounts.api import SUBMIT
from tumbuh.regions.api import Level, Region
from tumbuh.verification.api import OWNER, Package, State, Tier, get_row, list_deadlines, list_waiting
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import day as write_day
from tumbuh.web.templatetags.numbers import month as write_month

MOST = 200
Duty = tuple[str, str, str]


def list_duties(request: HttpRequest, region: Region, newest: date | None) -> list[Duty]:
    """Returned packages first, then what waits for the user's tier by kecamatan and month, then drafts to send."""
    waiting = list_waiting(request.user, MOST)
    duties = [ask_answer(package) for package in waiting if package.state == State.RETURNED_DESA]
    groups: dict[tuple[str, date, Tier], list[Package]] = defaultdict(list)
    for package in waiting:
        tier = OWNER[State(package.state)]
        if tier is not None and tier != Tier.DESA:
            place = package.region.parent
            groups[place.code, package.month, tier].append(package)
    deadlines = {month: list_deadlines(month) for month in {month for _code, month, _tier in groups}}
    for (code, month, tier), packages in sorted(groups.items(), key=lambda item: item[0][1]):
        duties.append(ask_review(code, month, packages, deadlines[month][tier]))
    return duties + list_drafts(request, region, newest)


def ask_answer(package: Package) -> Duty:
    """A package that came back to its desa."""
    words = _("Jawab pengembalian %(place)s, %(month)s") % name(package.region, package.month)
    return reverse("package", args=[package.region.code, package.month]), words, _("Dikembalikan pemeriksa.")


def ask_review(code: str, month: date, packages: list[Package], due: date) -> Duty:
    """Packages of a kecamatan that wait for the user's tier."""
    place = packages[0].region.parent
    words = _("Periksa %(count)d paket %(place)s, %(month)s") % {"count": len(packages), **name(place, month)}
    return reverse("board", args=[code, month]), words, say_deadline(due)


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
