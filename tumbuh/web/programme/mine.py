"""What the person in front of the page owes: their units and institutions, the most pressing first."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import Assignment, Institution, InstitutionKind
from tumbuh.programme.api import (
    Owed,
    Regulation,
    Status,
    count_overdue,
    find_regulation,
    list_codes_of,
    list_owed,
    units_of,
)
from tumbuh.regions.api import Level, Region
from tumbuh.verification.api import count_waiting_reviews
from tumbuh.web.programme.boards import describe_all
from tumbuh.web.site.viewer import list_held
from tumbuh.web.templatetags.numbers import count

SHOWN = 60
ALL, LATE = "semua", "terlambat"


@dataclass(frozen=True)
class Debtor:
    """A unit, or an institution of one, with what it owes up to this year."""

    title: str
    region: Region
    institution: str
    owed: list[Owed]

    @property
    def late(self) -> int:
        return sum(one.statuses[Status.OVERDUE] for one in self.owed)


@never_cache
@login_required
@require_safe
def show_mine(request: HttpRequest) -> HttpResponse:
    """The user's obligations by unit and institution; `?tampil=terlambat` leaves only the late ones."""
    regulation = find_regulation()
    wish = LATE if request.GET.get("tampil") == LATE else ALL
    debtors = [] if regulation is None else list_debtors(regulation, list_held(request))
    groups = [describe(debtor, wish) for debtor in debtors]
    page = {
        "regulation": regulation,
        "groups": groups,
        "late": sum(debtor.late for debtor in debtors),
        "wish": wish,
        "year": timezone.localdate().year,
    }
    return render(request, "programme/mine.html", page)


def describe(debtor: Debtor, wish: str) -> dict[str, object]:
    kept = [one for one in debtor.owed if wish == ALL or one.status == Status.OVERDUE]
    return {
        "title": debtor.title,
        "region": debtor.region,
        "institution": debtor.institution,
        "rows": describe_all(kept[:SHOWN]),
        "more": max(0, len(kept) - SHOWN),
        "late": debtor.late,
    }


def list_debtors(regulation: Regulation, held: list[Assignment]) -> list[Debtor]:
    """For whom the user answers: each institution and unit once; those of other provinces owe nothing here."""
    today = timezone.localdate()
    years = [year for year in regulation.term if year <= today.year]
    found: dict[tuple[str, int], Debtor] = {}
    for assignment in held:
        region, institution = assignment.region, assignment.institution
        code = find_code(institution)
        place = institution.region if institution else region
        if (code, place.pk) in found or not place.code.startswith(regulation.province_code):
            continue
        if code:
            where = units_of(place, with_below=True, with_above=True)
            owed = list_owed(regulation, today, regions=where, years=years, codes=list_codes_of(regulation, code))
        else:
            owed = list_owed(regulation, today, regions=units_of(place), years=years)
        title = institution.name if institution else place.full_name
        found[code, place.pk] = Debtor(title, place, code, owed)
    return list(found.values())


def find_code(institution: Institution | None) -> str:
    """Under which code the regulation names the institution; none for the government of a desa, which is its unit."""
    if institution is None:
        return ""
    is_unit = institution.kind == InstitutionKind.GOVERNMENT and institution.region.level == Level.DESA
    return "" if is_unit else institution.code


def list_duties(request: HttpRequest) -> list[tuple[str, str, str]]:
    """For the home at work: evidence that waits for the user's review, and what is owed and late."""
    duties = []
    if waiting := count_waiting_reviews(request.user):
        words = _("Periksa %(count)s bukti yang diajukan") % {"count": count(waiting)}
        duties.append((reverse("evidence_queue"), words, _("Dokumen dan kegiatan dari tingkat di bawah Anda.")))
    if late := count_late(list_held(request)):
        words = _("%(count)s kewajiban peraturan terlambat") % {"count": count(late)}
        why = _("Unggah dokumennya atau catat kegiatannya, lalu ajukan sebagai bukti.")
        duties.append((f"{reverse('programme_mine')}?tampil={LATE}", words, why))
    return duties


def count_late(held: list[Assignment]) -> int:
    """How many obligations of the user's units and institutions are late; a query for each institution, one more."""
    regulation = find_regulation()
    if regulation is None:
        return 0
    wanted, codes = Q(pk__in=[]), {}
    for place, code in {(one.institution.region if one.institution else one.region, find_code(one.institution))
                        for one in held}:  # fmt: skip
        if code:
            codes[code] = codes.get(code) or list_codes_of(regulation, code)
            wanted |= units_of(place, with_below=True, with_above=True) & Q(code__in=codes[code])
        else:
            wanted |= units_of(place)
    return count_overdue(regulation, wanted, timezone.localdate())
