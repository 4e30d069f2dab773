"""Guidance and supervision of the programme: what is owed this year, what was held, what it found."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import READ_ACTIVITIES, ROLES, Scope
from tumbuh.activities.api import Asked, FollowUp, FollowUpState, Held, is_overdue, list_follow_ups
from tumbuh.activities.api import list_held as list_held_activities
from tumbuh.programme.api import ArticleKind, Duty, Owed, Regulation, SubjectKind, list_owed, read_rule, units_of
from tumbuh.regions.api import Region
from tumbuh.web.programme.boards import describe_all, get_lineage_or_404, get_regulation_or_404
from tumbuh.web.programme.convergence import read_year
from tumbuh.web.programme.evidence import name_kind
from tumbuh.web.site.viewer import list_held, may
from tumbuh.web.templatetags.regulation import own_words

SHOWN = 60


@never_cache
@login_required
@require_safe
def show_supervision(request: HttpRequest) -> HttpResponse:
    """Each duty of supervision in a year (`?tahun=`) with what was held, and the findings. At most twelve queries."""
    regulation = get_regulation_or_404(request)
    [region] = get_lineage_or_404(regulation, None)
    year, today = read_year(regulation, request.GET.get("tahun", "")), timezone.localdate()
    duties = list(regulation.duties.filter(article__kind=ArticleKind.SUPERVISION))
    owed = list_owed_in(regulation, region, year, duties, today)
    findings = list_findings(request, region, today)
    page = {
        "region": region, "year": year, "years": regulation.term,
        "duties": describe_duties(request, region, year, duties, owed),
        "findings": [(one, is_overdue(one.state, one.due_on, today)) for one in findings[:SHOWN]],
        "more": max(0, len(findings) - SHOWN),
        "open": sum(one.state == FollowUpState.OPEN for one in findings),
        "closed": sum(one.state != FollowUpState.OPEN for one in findings),
        "held": sum(int(one.achieved or 0) for one in owed), "needed": sum(int(one.quantity or 0) for one in owed),
    }  # fmt: skip
    return render(request, "programme/supervision.html", page)


def list_owed_in(regulation: Regulation, region: Region, year: int, duties: Sequence[Duty], today: date) -> list[Owed]:
    """What the duties ask of the province that year; one query."""
    texts = {duty.code: own_words(duty, "text") for duty in duties}
    codes = list(texts)
    return list_owed(regulation, today, regions=units_of(region), codes=codes, years=[year], texts=texts)


def describe_duties(
    request: HttpRequest, region: Region, year: int, duties: Sequence[Duty], owed: Sequence[Owed]
) -> list[dict[str, object]]:
    """Each duty with its state and the activities that serve it; one query for all activities of the year."""
    kinds = {duty.code: read_rule(duty.evidence).kinds.get(SubjectKind.ACTIVITY, frozenset()) for duty in duties}
    wanted = frozenset().union(*kinds.values())
    since, until = date(year, 1, 1), date(year, 12, 31)
    held = list_held_activities(wanted, since=since, until=until, within=region.span) if wanted else []
    rows = {row["owed"].code: row for row in describe_all(owed)}
    may_read = {one.region_id: may(request, READ_ACTIVITIES, one.region_id) for one in held}
    return [
        {
            "duty": duty,
            "row": rows.get(duty.code),
            "kinds": [name_kind(SubjectKind.ACTIVITY, kind) for kind in sorted(kinds[duty.code])],
            "held": [(one, name(one), may_read[one.region_id]) for one in held if one.kind in kinds[duty.code]],
        }
        for duty in duties
    ]


def name(activity: Held) -> str:
    return name_kind(SubjectKind.ACTIVITY, activity.kind)


def list_findings(request: HttpRequest, region: Region, today: date) -> list[FollowUp]:
    """What supervision found and what is to be done about it, where the viewer reads activities; one query."""
    held = [one for one in list_held(request) if READ_ACTIVITIES in ROLES[one.role].permissions]
    scope = Scope(tuple(sorted(one.region.span for one in held)))
    found = list_follow_ups(scope, Asked(region=region), today).filter(finding__isnull=False)
    return list(found.select_related("finding", "activity__region", "owner_region", "owner_institution"))
