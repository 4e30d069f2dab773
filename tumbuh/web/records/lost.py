"""Who was lost sight of in a desa, with what to do about each; made to be printed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import IMPORT, Scope, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.api import Lost, count_lost, get_limits, list_lost
from tumbuh.regions.api import Level, Region
from tumbuh.web.records.gates import get_desa_to_record
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count

OPENED = {"PREGNANCY": "lahir", "COUPLE": "nikah"}  # the form that settles it


@never_cache
@login_required
@require_safe
def lost(request: HttpRequest, code: str) -> HttpResponse:
    """Three lists: pregnancies without an end, couples without a wedding, children not measured."""
    desa = get_desa_to_record(request, code)
    record_event(
        by=request.user, action="records.lost.listed", object_kind="region", object_id=desa.code, region_id=desa.pk
    )
    today = timezone.localdate()
    people = list_lost(get_scope(request.user, IMPORT), desa.pk, today)
    lists = [
        (kind, title, what, [(one, make_address(one)) for one in people if one.kind == kind])
        for kind, title, what in describe_kinds()
    ]
    page = {"desa": desa, "lists": lists, "today": today, "limits": get_limits(today), "number": len(people)}
    return render(request, "records/lost.html", page)


def describe_kinds() -> list[tuple[str, str, str]]:
    """Kind, title, and what to do."""
    return [
        (
            "PREGNANCY",
            gettext("Kehamilan yang belum ditutup"),
            gettext("Kunjungi ibunya, lalu catat persalinan atau akhir kehamilannya, atau kepindahannya."),
        ),
        (
            "CHILD",
            gettext("Anak 0-59 bulan yang lama tidak diukur"),
            gettext("Kunjungi rumahnya. Timbang dan ukur, atau catat kepindahannya."),
        ),
        (
            "COUPLE",
            gettext("Calon pengantin yang lewat hari rencananya"),
            gettext("Tanyakan, lalu catat pernikahannya atau bahwa batal."),
        ),
    ]


def make_address(one: Lost) -> str:
    """The form on which it is settled."""
    opened = OPENED.get(one.kind, "pergi")
    return f"{reverse('life-forms', args=[one.public_id])}?buka={opened}#{opened}"


def list_care_duties(request: HttpRequest, region: Region) -> list[tuple[str, str, str]]:
    """A line for the home at work of those who enter data of a desa: (address, what to do, why); one query."""
    if region.level != Level.DESA or not may(request, IMPORT, region.pk):
        return []
    number = count_lost(Scope((region.span,)), region.pk, timezone.localdate())
    if not number:
        return []
    words = ngettext("Cari %(n)s orang yang hilang dari pantauan", "Cari %(n)s orang yang hilang dari pantauan", number)
    why = gettext("Kehamilan tanpa akhir, calon pengantin tanpa kabar, atau anak yang lama tidak diukur.")
    return [(reverse("lost", args=[region.code]), words % {"n": count(number)}, why)]
