"""One activity: plan, invitation, people, minutes, decisions, follow-ups, photos, review and history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import MANAGE_ACTIVITIES
from tumbuh.activities.api import (
    EXPOSURE,
    ITEM,
    UNDERSTANDING,
    Activity,
    Details,
    Move,
    Outcome,
    State,
    Wave,
    can_move,
    get_kind,
    is_overdue,
    list_channels,
    read_attendance,
    read_details,
    read_instruments,
    read_outcomes,
)
from tumbuh.audit.api import Event, Wanted, list_events, name_action
from tumbuh.programme.api import SubjectKind, review_evidence
from tumbuh.regions.api import Level
from tumbuh.verification.api import (
    PERMISSION,
    REVIEWER,
    Review,
    ReviewMove,
    ReviewState,
    Tier,
    VerificationError,
    can_review,
    find_review,
)
from tumbuh.web.activities.gates import clean, get_activity_or_404, get_own_scope, read_version
from tumbuh.web.audit.rows import name_roles
from tumbuh.web.site.viewer import may

LOCKED = (ReviewState.SUBMITTED, ReviewState.VERIFIED)
HISTORY = 60


@never_cache
@login_required
@require_safe
def activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The whole page; at most twelve queries."""
    held = get_activity_or_404(request, activity_id)
    kind, review = get_kind(held.kind), find_review(ITEM, activity_id)
    details = read_details(get_own_scope(held), held)
    may_manage = may(request, MANAGE_ACTIVITIES, held.region_id)
    is_closed = review is not None and review.state in LOCKED
    events, _more = list_events(Q(object_kind="activity"), Wanted(object_id=str(activity_id)), limit=HISTORY)
    page = {
        "activity": held, "kind": kind, "details": details, "review": review, "region": held.region,
        "sections": [(each.label, details.sections.get(each.key, "")) for each in kind.sections],
        "attendance": read_attendance(details, is_held=bool(details.people)),
        "follow_ups": mark_late(details), "history": [describe_event(event) for event in events],
        "may_manage": may_manage, "may_write": may_manage and not is_closed,
        "may_change": may_manage and can_move(held.state, Move.CHANGE),
        "may_hold": may_manage and not is_closed and can_move(held.state, Move.HOLD) and is_due(held),
        "may_cancel": may_manage and can_move(held.state, Move.CANCEL),
        "may_reopen": may_manage and not is_closed and can_move(held.state, Move.REOPEN),
        "may_submit": may_manage and held.state == State.HELD and not is_closed,
        "may_withdraw": may_manage and review is not None and review.state == ReviewState.SUBMITTED,
        "reviewer": name_reviewer(held), "moves": list_moves(request, review), "is_due": is_due(held),
    }  # fmt: skip
    return render(request, "activities/activity.html", page | describe_campaign(held, details))


def is_due(held: Activity) -> bool:
    """Whether it has begun, so that it can be written down."""
    return held.starts_at <= timezone.now()


def name_reviewer(held: Activity) -> str:
    """The tier that reviews what this level holds."""
    return REVIEWER[Level(held.region.level)].label


def mark_late(details: Details) -> list[tuple[Any, bool]]:
    """Each follow-up and whether it is overdue."""
    today = timezone.localdate()
    return [(one, is_overdue(one.state, one.due_on, today)) for one in details.follow_ups]


def describe_event(event: Event) -> dict[str, Any]:
    """One line of the history: what happened, by which role, why; no names."""
    return {
        "at": event.recorded_at, "action": name_action(event.action), "roles": name_roles(event.role),
        "reason": event.reason,
    }  # fmt: skip


def describe_campaign(held: Activity, details: Details) -> dict[str, Any]:
    """Channels with their reach, surveys, and what they say, for kinds that have them."""
    if not get_kind(held.kind).has_reach:
        return {}
    names = {EXPOSURE: _("Terpapar pesan"), UNDERSTANDING: _("Memahami pesan")}
    return {
        "channels": [(code, label, held.reach.get(code, 0)) for code, label in list_channels().items()],
        "reached": sum(held.reach.values()), "instruments": list(read_instruments().values()), "waves": Wave.choices,
        "outcomes": [(names[one.name], show(one)) for one in read_outcomes(details.surveys)],
    }  # fmt: skip


def show(outcome: Outcome) -> list[tuple[float, float, float] | None]:
    """Before, after and change in percent with their bounds; None where there was no survey."""
    return [
        (100 * each.value, 100 * each.low, 100 * each.high) if each else None
        for each in (outcome.before, outcome.after, outcome.change)
    ]


def list_moves(request: HttpRequest, review: Review | None) -> list[ReviewMove]:
    """What the viewer may decide as reviewer."""
    if review is None or not may(request, PERMISSION[Tier(review.tier)], review.region_id):
        return []
    moves = (ReviewMove.VERIFY, ReviewMove.RETURN, ReviewMove.UNAPPROVE)
    state = ReviewState(review.state)
    return [move for move in moves if can_review(state, move, by=request.user.pk, makers=review.makers)]


@login_required
@require_POST
def decide(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The review by the level above; what speaks against it is said on the page."""
    held = get_activity_or_404(request, activity_id)
    review = find_review(ITEM, activity_id)
    if review is None or not may(request, PERMISSION[Tier(review.tier)], review.region_id):
        raise Http404
    try:
        review_evidence(
            by=request.user, source=SubjectKind.ACTIVITY, kind=held.kind, subject_id=activity_id,
            move=ReviewMove(request.POST.get("langkah", "")), reason=clean(request.POST).get("alasan", "")[:500],
            version=read_version(request),
        )  # fmt: skip
        messages.success(request, _("Keputusan dicatat."))
    except ValueError:
        messages.error(request, _("Langkah itu tidak dikenal. Muat ulang halaman ini."))
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect("activity", activity_id)
