"""A child's page and the children of a desa."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import READ_PEOPLE, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.api import Person, get_child, list_children, list_latest, list_measurements, list_siblings
from tumbuh.regions.api import Region, RegionCodeError, get_region
from tumbuh.web.records.pages import describe_child, describe_siblings, describe_visits, list_charts, read_aloud

PER_PAGE = 100


@never_cache
@login_required
@require_safe
def child(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One child: who, visits, growth. Reading it is an event of the trail."""
    scope = get_scope(request.user, READ_PEOPLE)
    try:
        person = get_child(scope, public_id)
    except Person.DoesNotExist as error:
        raise Http404 from error
    visits = list_measurements(scope, person)
    record_event(by=request.user, action="records.child.read", object_kind="person", object_id=person.public_id)
    page = {
        "person": person,
        "identity": describe_child(person, timezone.localdate()),
        "siblings": describe_siblings(list_siblings(scope, person), timezone.localdate()),
        "visits": describe_visits(visits),
        "charts": list_charts(person, visits),
        "sentence": read_aloud(person, visits, timezone.localdate()),
    }
    return render(request, "records/child.html", page)


@never_cache
@login_required
@require_safe
def child_list(request: HttpRequest, code: str) -> HttpResponse:
    """The children of a desa for those who may read people there."""
    scope = get_scope(request.user, READ_PEOPLE)
    try:
        desa = get_region(code)
    except (Region.DoesNotExist, RegionCodeError) as error:
        raise Http404 from error
    if not scope.contains(desa.pk):
        raise Http404
    page = Paginator(list_children(scope, desa_id=desa.pk), PER_PAGE).get_page(request.GET.get("halaman"))
    children = list(page)
    latest = list_latest(scope, children)
    rows = [(person, latest.get(person.pk)) for person in children]
    return render(request, "records/children.html", {"desa": desa, "page": page, "rows": rows})
