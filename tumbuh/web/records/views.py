"""A child's page and the children of a desa."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import READ_PEOPLE, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.api import (
    PURPOSE_MINUTES,
    list_children,
    list_latest,
)
from tumbuh.regions.api import Region, RegionCodeError, get_region
from tumbuh.web.records.corrections import offer_correction
from tumbuh.web.records.purposes import PurposeForm, find_purpose, keep_purpose
from tumbuh.web.records.reading import find_person, read_child, record_reading

PER_PAGE = 100
ASKED_FOR = ("child", "person-services", "household")  # pages that go on after a purpose, each by a person's id


@never_cache
@login_required
@require_safe
def child(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One child: who, visits, growth. Reading it is an event of the trail; outside daily work, with a purpose."""
    person = find_person(request, public_id)
    purpose = find_purpose(request, person)
    if purpose is None:
        return ask_purpose(request, public_id, PurposeForm())
    record_reading(request, "records.child.read", person, purpose)
    page = read_child(request, person) | offer_correction(request, person)
    return render(request, "records/child.html", page)


@never_cache
@login_required
@require_POST
def state_purpose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Takes the purpose and goes on to the page that asked for it; the child's, where none of ours did."""
    find_person(request, public_id)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return ask_purpose(request, public_id, form)
    keep_purpose(request, public_id, form)
    return redirect(find_asked(request.POST.get("halaman", "")), public_id)


def find_asked(name: str) -> str:
    return name if name in ASKED_FOR else "child"


@never_cache
@login_required
@require_POST
def show_nik(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The child's page with its NIK in full, this once; an event of its own."""
    person = find_person(request, public_id)
    purpose = find_purpose(request, person)
    if purpose is None:
        return redirect("child", public_id)
    record_reading(request, "records.nik.shown", person, purpose)
    page = read_child(request, person, is_nik_shown=True) | offer_correction(request, person)
    return render(request, "records/child.html", page)


def ask_purpose(request: HttpRequest, public_id: UUID, form: PurposeForm) -> HttpResponse:
    """The question, on a page that says nothing of the child; it remembers which page was asked for."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    asked = find_asked(request.POST.get("halaman", here or ""))
    page = {"form": form, "public_id": public_id, "minutes": PURPOSE_MINUTES, "asked": asked}
    return render(request, "records/purpose.html", page, status=400 if form.errors else 200)


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
    record_event(
        by=request.user, action="records.children.listed", object_kind="region", object_id=desa.code, region_id=desa.pk
    )
    page = Paginator(list_children(scope, desa_id=desa.pk), PER_PAGE).get_page(request.GET.get("halaman"))
    children = list(page)
    latest = list_latest(scope, children)
    rows = [(person, latest.get(person.pk)) for person in children]
    return render(request, "records/children.html", {"desa": desa, "page": page, "rows": rows})
