"""Pages of services: the work list of a desa, what one person is due and received, and a household."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import IMPORT, READ_PEOPLE, Scope, get_scope
from tumbuh.audit.api import record_event
from tumbuh.engines.convergence.api import read_content
from tumbuh.records.api import list_counting_months, list_household, read_life
from tumbuh.regions.api import Level, Region, RegionCodeError, get_region
from tumbuh.web.indicators.pages import say
from tumbuh.web.records.lives import describe_home, list_due, list_events
from tumbuh.web.records.purposes import PurposeForm, find_purpose
from tumbuh.web.records.reading import find_person, record_reading
from tumbuh.web.records.views import ask_purpose
from tumbuh.web.records.work import read_aloud, read_work
from tumbuh.web.site.viewer import may


def get_desa(request: HttpRequest, code: str) -> tuple[Scope, Region]:
    """The desa, for those who may read people there; 404 otherwise."""
    scope = get_scope(request.user, READ_PEOPLE)
    try:
        desa = get_region(code)
    except (Region.DoesNotExist, RegionCodeError) as error:
        raise Http404 from error
    if desa.level != Level.DESA or not scope.contains(desa.pk):
        raise Http404
    return scope, desa


def choose_month(request: HttpRequest, months: list[date]) -> date | None:
    """The month asked for, else the newest; None where there is none. 404 for a month that does not count."""
    asked = request.GET.get("bulan", "")
    if not asked:
        return months[0] if months else None
    found = next((month for month in months if f"{month:%Y-%m}" == asked), None)
    if found is None:
        raise Http404
    return found


@never_cache
@login_required
@require_safe
def work_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who still misses what in a desa and month; the list is made to be printed."""
    scope, desa = get_desa(request, code)
    record_event(
        by=request.user, action="records.work.listed", object_kind="region", object_id=desa.code, region_id=desa.pk
    )
    months = list_counting_months()
    month = choose_month(request, months)
    posyandu, group = request.GET.get("posyandu", ""), request.GET.get("kelompok", "")
    page = {"desa": desa, "month": month, "months": months, "posyandu": posyandu, "group": group}
    page["may_record"] = may(request, IMPORT, desa.pk)
    if month is not None:
        work = read_work(scope, desa, month, posyandu=posyandu, group=group)
        groups = [(one.code, say(one.title)) for one in read_content().groups]
        page |= {"work": work, "sentence": read_aloud(desa, work), "groups": groups}
    return render(request, "records/work.html", page)


@never_cache
@login_required
@require_safe
def person_services(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What one person is due and received in a month, each with its reason, and everything that was recorded."""
    person = find_person(request, public_id)
    purpose = find_purpose(request, person)
    if purpose is None:
        return ask_purpose(request, public_id, PurposeForm())
    record_reading(request, "records.services.read", person, purpose)
    scope, months = get_scope(request.user, READ_PEOPLE), list_counting_months()
    month = choose_month(request, months)
    page = {
        "person": person,
        "months": months,
        "month": month,
        "groups": list_due(scope, person, month) if month else [],
        "events": list_events(read_life(scope, [person])),
    }
    return render(request, "records/services.html", page)


@never_cache
@login_required
@require_safe
def household(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The household of a person: its people with what each still misses, what holds of it, and its last months."""
    person = find_person(request, public_id)
    purpose = find_purpose(request, person)
    if purpose is None:
        return ask_purpose(request, public_id, PurposeForm())
    if person.household is None:
        return redirect("person-services", public_id)
    record_reading(request, "records.household.read", person, purpose)
    scope, months = get_scope(request.user, READ_PEOPLE), list_counting_months()
    people = list_household(scope, person.household)
    today = timezone.localdate()
    month = months[0] if months else None
    page = {"person": person, "month": month, **describe_home(scope, person, people, month, today)}
    return render(request, "records/household.html", page)
