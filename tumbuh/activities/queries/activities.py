"""Reading activities; the viewer's scope comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from tumbuh.accounts.api import Scope, acting_for_scope
from tumbuh.activities.models import (
    Activity,
    Decision,
    FollowUp,
    Invitee,
    Minutes,
    Participant,
    Photo,
    Survey,
)
from tumbuh.activities.queries.definitions import get_kind
from tumbuh.activities.queries.people import read_people
from tumbuh.activities.rules import ITEM, State
from tumbuh.regions.api import Region
from tumbuh.verification.api import list_verified


@dataclass(frozen=True)
class Wish:
    """What is looked for; what is empty does not matter. `until` is the last day."""

    kind: str = ""
    state: str = ""
    region: Region | None = None
    since: date | None = None
    until: date | None = None


def start_of(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def find_condition(wish: Wish) -> Q:
    """The wish as a condition on activities."""
    where = Q()
    if wish.kind:
        where &= Q(kind=wish.kind)
    if wish.state:
        where &= Q(state=wish.state)
    if wish.region:
        where &= Q(region_id__gte=wish.region.span.low, region_id__lte=wish.region.span.high)
    if wish.since:
        where &= Q(starts_at__gte=start_of(wish.since))
    if wish.until:
        where &= Q(starts_at__lt=start_of(wish.until + timedelta(days=1)))
    return where


def mark_verified(found: QuerySet[Activity]) -> QuerySet[Activity]:
    """With `is_verified`: whether the level above has verified it."""
    verified = ExpressionWrapper(Q(public_id__in=list_verified(ITEM)), output_field=BooleanField())
    return found.annotate(is_verified=verified)


def list_activities(scope: Scope, wish: Wish) -> QuerySet[Activity]:
    """Those of the scope that were looked for, with region and `is_verified`; the latest first."""
    found = Activity.objects.filter(scope.q("region_id"), find_condition(wish))
    return mark_verified(found).select_related("region")


def count_days(scope: Scope, wish: Wish) -> dict[date, dict[str, int]]:
    """Day → kind → how many activities begin on it; one query."""
    rows = Activity.objects.filter(scope.q("region_id"), find_condition(wish)).order_by()
    counted = rows.annotate(day=TruncDate("starts_at")).values_list("day", "kind").annotate(Count("id"))
    days: dict[date, dict[str, int]] = {}
    for day, kind, number in counted:
        days.setdefault(day, {})[kind] = number
    return days


def count_unrecorded(region: Region) -> int:
    """How many activities of the very region are over and neither recorded nor called off."""
    return Activity.objects.filter(region=region, state=State.PLANNED, ends_at__lt=timezone.now()).count()


def find_activity(public_id: UUID) -> Activity | None:
    """The activity with region, institution and series, or None; whether the viewer may see it is asked by region."""
    held = Activity.objects.select_related("region__parent", "institution", "series")
    return held.filter(public_id=public_id).first()


@dataclass(frozen=True)
class Details:
    """All that was recorded of an activity; the newest minutes first."""

    people: list[Participant]
    minutes: list[Minutes]
    decisions: list[Decision]
    follow_ups: list[FollowUp]
    photos: list[Photo]
    surveys: list[Survey]
    invitees: list[Invitee]

    @property
    def sections(self) -> Mapping[str, str]:
        """The newest minutes by section; empty when there are none."""
        return self.minutes[0].sections if self.minutes else {}


def read_details(scope: Scope, activity: Activity) -> Details:
    """People, minutes and all the rest of an activity of the scope; at most six queries."""
    with acting_for_scope(scope):
        invitees, people = read_people(activity)
        return Details(
            people=people,
            minutes=list(activity.minutes.select_related("written_by")),
            decisions=list(activity.decisions.all()),
            follow_ups=list(activity.follow_ups.select_related("owner_region", "owner_institution", "finding")),
            photos=list(activity.photos.all()),
            surveys=list(activity.surveys.all()) if get_kind(activity.kind).has_reach else [],
            invitees=invitees,
        )


def get_photo(scope: Scope, public_id: UUID, photo_id: UUID) -> Photo:
    """One photo of an activity; raises Photo.DoesNotExist when absent or not in scope."""
    with acting_for_scope(scope):
        return Photo.objects.get(scope.q("activity__region_id"), activity__public_id=public_id, public_id=photo_id)


def list_invitees(scope: Scope, activity: Activity) -> list[Invitee]:
    """Those invited to an activity of the scope, in their order; one query."""
    with acting_for_scope(scope):
        return list(activity.invitees.filter(scope.q("activity__region_id")))
