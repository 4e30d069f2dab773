"""The trail, for those who watch over it, and everybody's own."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import READ_AUDIT, ROLES, Assignment, get_scope
from tumbuh.audit.api import list_events, record_event
from tumbuh.regions.api import Level
from tumbuh.web.audit.forms import TrailForm
from tumbuh.web.audit.rows import describe_events
from tumbuh.web.site.viewer import list_held

READ_ACTIONS = ("records.child.read", "records.nik.shown", "records.children.listed", "records.month.read")
OWN_LIMIT = 200


@never_cache
@login_required
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The events of one's regions, the newest first; of all regions, and of none, for those of the province."""
    where = find_readable(request)
    form = TrailForm(request.GET)
    wanted = form.read_wanted()
    if wanted.object_id:  # who looked at this child: asking so is itself worth an event
        record_event(by=request.user, action="audit.read", object_kind="trail", object_id=wanted.object_id)
    return show(request, where, form, "audit/trail.html")


@never_cache
@login_required
@require_safe
def my_trail(request: HttpRequest) -> HttpResponse:
    """Whose data I have read, and what else I did: for the screen and for paper."""
    where = Q(actor_id=request.user.pk)
    if "semua" not in request.GET:
        where &= Q(action__in=READ_ACTIONS)
    return show(request, where, TrailForm(request.GET), "audit/mine.html", limit=OWN_LIMIT)


def show(request: HttpRequest, where: Q, form: TrailForm, template: str, limit: int = 50) -> HttpResponse:
    """One page of events; older ones by the number of the last event shown."""
    before = request.GET.get("sebelum", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else None
    events, has_more = list_events(where, form.read_wanted(), before=number, limit=limit)
    keep = {key: value for key, value in request.GET.items() if key in form.fields or key == "semua"}
    older = urlencode({**keep, "sebelum": events[-1].pk}) if has_more else ""
    page = {"rows": describe_events(events), "form": form, "older": older, "may_read_all": bool(list_watched(request))}
    return render(request, template, page)


def find_readable(request: HttpRequest) -> Q:
    """Which events the user may see; 404 for those who may see none but their own."""
    held = list_watched(request)
    if not held:
        raise Http404
    where = get_scope(request.user, READ_AUDIT).q("region_id")
    if any(one.region.level == Level.PROVINSI for one in held):
        where |= Q(region_id__isnull=True)
    return where


def list_watched(request: HttpRequest) -> list[Assignment]:
    """The assignments of today with which the user may read the trail."""
    return [one for one in list_held(request) if READ_AUDIT in ROLES[one.role].permissions]
