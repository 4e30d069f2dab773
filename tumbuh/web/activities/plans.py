"""Planning: one activity, one for many regions, changing, calling off."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tumbuh.accounts.api import MANAGE_ACTIVITIES, Institution, Scope, list_institutions
from tumbuh.activities.api import (
    ActivityError,
    Move,
    NotYoursError,
    can_move,
    cancel,
    change_plan,
    plan_activity,
    plan_for_units,
    reopen,
    submit_activity,
    withdraw_activity,
)
from tumbuh.programme.api import SubjectKind, refresh_evidence
from tumbuh.regions.api import Level, Region, Span, get_region
from tumbuh.verification.api import VerificationError
from tumbuh.web.activities.forms import PlaceForm, PlanForm, UnitsForm, describe_plan
from tumbuh.web.activities.gates import clean, get_activity_or_404, list_places, read_version

MOST_INSTITUTIONS = 300


def list_levels(places: list[Region]) -> list[int]:
    """The levels at which the viewer can plan: from their own down."""
    highest = min(place.level for place in places)
    return [level for level in Level if level >= highest]


def list_organisers(places: list[Region]) -> list[Institution]:
    """The institutions of the viewer's own regions, those given first."""
    mine = [place for place in places if place.level == min(each.level for each in places)]
    spans = tuple(Span(place.pk, place.pk) for place in mine)
    return list(list_institutions(Scope(spans))[:MOST_INSTITUTIONS])


def get_places_or_404(request: HttpRequest) -> list[Region]:
    places = list_places(request, MANAGE_ACTIVITIES)
    if not places:
        raise Http404
    return places


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A plan for one region; sent twice it is made once."""
    places = get_places_or_404(request)
    initial = {"kunci": uuid4(), "jenis": request.GET.get("jenis", ""), "wilayah": request.GET.get("wilayah", "")}
    options = {"places": places, "levels": list_levels(places), "institutions": list_organisers(places)}
    form = PlaceForm(request.POST or None, initial=initial, **options)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_activity(
                by=request.user, region=form.region, plan=form.read_plan(), public_id=form.cleaned_data["kunci"]
            )
            messages.success(request, _("Kegiatan direncanakan. Undangannya dapat diunduh di halaman ini."))
            return redirect("activity", made.public_id)
        except ActivityError as error:
            form.add_error(None, str(error))
    page = {"form": form, "is_new": True}
    return render(request, "activities/plan.html", page, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    """One plan for every region of a level below one's own."""
    places = [place for place in get_places_or_404(request) if place.level < Level.DESA]
    if not places:
        raise Http404
    options = {"places": places, "levels": list_levels(places), "institutions": list_organisers(places)}
    form = UnitsForm(request.POST or None, initial={"kunci": uuid4(), "tingkat": Level.DESA}, **options)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            made = plan_for_units(
                by=request.user, within=get_region(found["dalam"]), level=Level(found["tingkat"]),
                plan=form.read_plan(), public_id=found["kunci"] or uuid4(),
            )  # fmt: skip
            words = _("%(made)d kegiatan direncanakan, %(present)d sudah ada sebelumnya.")
            messages.success(request, words % {"made": made.made, "present": made.present})
            return redirect("activities")
        except ActivityError as error:
            form.add_error(None, str(error))
    return render(request, "activities/plan.html", {"form": form, "is_units": True}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Another plan for the same activity; its kind and region stay."""
    activity = get_activity_or_404(request, activity_id, MANAGE_ACTIVITIES)
    if not can_move(activity.state, Move.CHANGE):
        messages.error(request, _("Rencana ini tidak dapat diubah lagi."))
        return redirect("activity", activity_id)
    organisers = list_organisers([activity.region])
    if activity.institution and activity.institution not in organisers:
        organisers.append(activity.institution)
    options = {"levels": [activity.region.level], "institutions": organisers, "initial": describe_plan(activity)}
    form = PlanForm(request.POST or None, **options)
    form.fields["jenis"].choices = [choice for choice in form.fields["jenis"].choices if choice[0] == activity.kind]
    if request.method == "POST" and form.is_valid():
        try:
            change_plan(
                by=request.user, public_id=activity_id, plan=form.read_plan(),
                version=read_version(request),
            )  # fmt: skip
            messages.success(request, _("Rencana disimpan."))
            return redirect("activity", activity_id)
        except ActivityError as error:
            form.add_error(None, str(error))
    page = {"form": form, "activity": activity}
    return render(request, "activities/plan.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def step(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Calling off, back into the plan, putting forward, taking back; what speaks against it is said on the page."""
    held = get_activity_or_404(request, activity_id, MANAGE_ACTIVITIES)
    wish = {"by": request.user, "public_id": activity_id}
    reason = clean(request.POST).get("alasan", "")[:500]
    try:
        match request.POST.get("langkah", ""):
            case "batal":
                cancel(**wish, reason=reason)
            case "rencana":
                reopen(**wish, reason=reason)
            case "ajukan":
                submit_activity(**wish)
            case "tarik":
                withdraw_activity(**wish, reason=reason)
            case _unknown:
                messages.error(request, _("Langkah itu tidak dikenal. Muat ulang halaman ini."))
                return redirect("activity", activity_id)
        refresh_evidence(source=SubjectKind.ACTIVITY, kind=held.kind, subject_id=activity_id)
        messages.success(request, _("Langkah dicatat."))
    except NotYoursError as error:
        raise Http404 from error
    except (ActivityError, VerificationError) as error:
        messages.error(request, str(error))
    return redirect("activity", activity_id)
