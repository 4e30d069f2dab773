"""What verification asks of somebody, for the home at work: (address, what to do, why), the first thing first."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tumbuh.accounts.api import SUBMIT
from tumbuh.regions.api import Level, Region
from tumbuh.verification.api import (
    DataSet,
    Package,
    Recall,
    State,
    Tier,
    count_waiting,
    find_waiting,
    get_row,
    is_due,
    list_deadlines,
    list_recalls_for,
    list_returned,
)
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count
from tumbuh.web.templatetags.numbers import day as write_day
from tumbuh.web.templatetags.numbers import month as write_month
from tumbuh.web.verification.addresses import find_address

Duty = tuple[str, str, str]


def list_duties(request: HttpRequest, region: Region, newest: date | None) -> list[Duty]:
    """Returned packages first, then what waits for the user's tier by board and month, then drafts to send."""
    waiting = find_waiting(request.user)
    groups = count_waiting(waiting)
    places = {place.code: place for place in Region.objects.filter(code__in={one[1] for one in groups})}
    deadlines = {month: list_deadlines(month) for month in {one[2] for one in groups}}
    return [
        *(ask_answer(package) for package in list_returned(waiting)),
        *(ask_decision(recall) for recall in list_recalls_for(request.user)),
        *(
            ask_review(data_set, places[code], month, number, find_due(data_set, month, tier, deadlines[month]))
            for (data_set, code, month, tier), number in groups.items()
        ),
        *(duty for data_set in DataSet for duty in list_drafts(request, region, newest, data_set)),
    ]


def ask_answer(package: Package) -> Duty:
    """A package that came back to its desa."""
    words = _("Jawab pengembalian %(place)s, %(month)s: %(data)s") % name_package(package)
    return find_package(package), words, _("Dikembalikan pemeriksa.")


def ask_decision(recall: Recall) -> Duty:
    """A tier below asks for a package that the user holds."""
    package = recall.package
    words = _("Putuskan permintaan paket kembali %(place)s, %(month)s: %(data)s") % name_package(package)
    return find_package(package), words, _("Diminta tingkat di bawah.")


def ask_review(data_set: DataSet, place: Region, month: date, number: int, due: date | None) -> Duty:
    """Packages of a region that wait for the user's tier."""
    named = {"count": count(number), **name(data_set, place, month)}
    words = _("Periksa %(count)s paket %(place)s, %(month)s: %(data)s") % named
    return find_address("board", data_set, place.code, month), words, say_deadline(due)


def list_drafts(request: HttpRequest, region: Region, newest: date | None, data_set: DataSet) -> list[Duty]:
    """The newest month of the user's own desa, while nobody has sent it and it is due."""
    if newest is None or region.level != Level.DESA or not may(request, SUBMIT, region.pk):
        return []
    if not is_due(data_set, newest) or get_row(region, newest, data_set).state != State.DRAFT:
        return []
    words = _("Kirim data %(place)s, %(month)s, untuk diperiksa: %(data)s") % name(data_set, region, newest)
    address = find_address("package", data_set, region.code, newest)
    return [(address, words, say_deadline(list_deadlines(newest)[Tier.DESA]))]


def name(data_set: DataSet, region: Region, month: date) -> dict[str, str]:
    return {"data": data_set.label.lower(), "place": region.full_name, "month": write_month(month)}


def name_package(package: Package) -> dict[str, str]:
    return name(DataSet(package.data_set), package.region, package.month)


def find_package(package: Package) -> str:
    """The address of the package's page."""
    return find_address("package", package.data_set, package.region.code, package.month)


def find_due(data_set: DataSet, month: date, tier: Tier, deadlines: dict[Tier, date]) -> date | None:
    """The tier's deadline; None of a month in which the data set is not due yet."""
    return deadlines[tier] if is_due(data_set, month) else None


def say_deadline(due: date | None) -> str:
    """Until when, in words."""
    if due is None:
        return _("Tanpa tenggat.")
    return _("Paling lambat %(day)s.") % {"day": write_day(due)}
