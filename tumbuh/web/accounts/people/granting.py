"""A new account, and another role for an account: first which role and where, then the rest."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import (
    ROLES,
    AccountError,
    User,
    can_manage,
    find_giver,
    get_needed,
    list_serving,
    name_institution,
    propose_username,
)
from tumbuh.notifications.api import find_mailed
from tumbuh.regions.api import Region, search_regions
from tumbuh.web.accounts.people.forms import NewAccountForm, RoleForm, ServingForm, WhereForm
from tumbuh.web.accounts.people.reach import find_reach, for_administrators, get_person_or_404, name_role
from tumbuh.web.accounts.people.rows import is_current
from tumbuh.web.notifications.invitations import create_and_mail, say_way
from tumbuh.web.notifications.roles import grant_and_tell

MOST_CHOICES = 20


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_account(request: HttpRequest) -> HttpResponse:
    """Makes an account with its first role and its invitation."""
    role, region = find_wanted(request)
    if region is None:
        return choose(request)
    form = NewAccountForm(request.POST or None, **describe_needs(role, region))
    if not User.objects.filter(username=(proposed := propose_username(region.pk))).exists():
        form.fields["username"].initial = proposed
    if request.method == "POST" and form.is_valid():
        try:
            invitation = create_and_mail(by=request.user, role=role, region=region, **form.cleaned_data)
        except AccountError as refusal:
            form.add_error(None, str(refusal))
        else:
            way = say_way(is_mailed=bool(find_mailed([invitation.pk])))
            messages.success(request, " ".join((gettext("Akun dibuat."), way)))
            return redirect("person", invitation.user_id)
    return show(request, form, role, region)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_role(request: HttpRequest, account_id: int) -> HttpResponse:
    """Gives an account that one manages another role."""
    user = get_person_or_404(request, account_id)
    if not can_manage(request.user, user):
        raise Http404
    role, region = find_wanted(request)
    if region is None:
        return choose(request, user)
    form = RoleForm(request.POST or None, **describe_needs(role, region))
    if request.method == "POST" and form.is_valid():
        try:
            grant_and_tell(by=request.user, user=user, role=role, region=region, **form.cleaned_data)
        except AccountError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Peran diberikan. Akun yang sedang masuk dikeluarkan."))
            return redirect("person", user.pk)
    return show(request, form, role, region, user)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def role_institution(request: HttpRequest, account_id: int, held_id: int) -> HttpResponse:
    """Says for which institution a role of today is held."""
    user = get_person_or_404(request, account_id)
    held = user.assignments.filter(pk=held_id).select_related("user", "region").first()
    may = held is not None and user.pk != request.user.pk and find_giver(request.user)(held.role, held.region)
    if not may or not is_current(held):
        raise Http404
    form = ServingForm(request.POST or None, serving=list_serving(held.role, held.region))
    if request.method == "POST" and form.is_valid():
        name_institution(by=request.user, assignment=held, institution=form.cleaned_data["institution"])
        messages.success(request, gettext("Instansi peran itu disimpan."))
        return redirect("person", user.pk)
    page = {"form": form, "role": name_role(held.role), "region": held.region, "person": user}
    return render(request, "accounts/people/serving.html", page, status=422 if form.errors else 200)


def show(
    request: HttpRequest, form: RoleForm, role: str, region: Region, person: User | None = None
) -> HttpResponse:  # fmt: skip
    """The second step; 422 when something is to be corrected."""
    lacks = get_needed(role).is_required and "institution" not in form.fields
    page = {"form": form, "role": name_role(role), "region": region, "person": person, "lacks_institution": lacks}
    return render(request, "accounts/people/grant.html", page, status=422 if form.errors else 200)


def choose(request: HttpRequest, person: User | None = None) -> HttpResponse:
    """The first step, with the regions that its words could mean."""
    can_give = find_giver(request.user)
    within = Region.objects.filter(find_reach(request).q("pk"), is_active=True)
    samples = list(within.order_by("level").distinct("level"))  # one region of each level
    roles = [code for code in ROLES if any(can_give(code, sample) for sample in samples)]
    form = WhereForm(request.GET if "wilayah" in request.GET else None, roles=roles)
    places: list[Region] | None = None
    if form.is_valid():
        role = form.cleaned_data["peran"]
        found = search_regions(form.cleaned_data["wilayah"], spans=find_reach(request).spans)
        places = [place for place in found if can_give(role, place)][:MOST_CHOICES]
    page = {"form": form, "places": places, "role": request.GET.get("peran", ""), "person": person}
    return render(request, "accounts/people/choose.html", page)


def find_wanted(request: HttpRequest) -> tuple[str, Region | None]:
    """Role and region of the address, when both are whole and the administrator can give that role there."""
    role, code = request.GET.get("peran", ""), request.GET.get("wilayah", "")
    region = Region.objects.filter(Q(code=code), is_active=True).select_related("parent").first()
    is_whole = region is not None and role in ROLES and find_giver(request.user)(role, region)
    return role, region if is_whole else None


def describe_needs(role: str, region: Region) -> dict[str, Any]:
    """What the form asks about institutions."""
    return {"serving": list_serving(role, region), "is_required": get_needed(role).is_required}
