"""Teams: set up by a decree, changed member by member, ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from tumbuh.accounts.api import MANAGE_PLANS, Institution, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.documents.api import Document
from tumbuh.programme.errors import NotYoursError, PlanError
from tumbuh.programme.models import Team, TeamMember
from tumbuh.programme.rules.plans import TeamPart
from tumbuh.regions.api import Region


@dataclass(frozen=True)
class TeamDetails:
    """What a decree says of a team."""

    name: str
    valid_from: date
    decree: Document | None = None
    decree_number: str = ""
    decree_on: date | None = None


@dataclass(frozen=True)
class MemberDetails:
    """Somebody's place in a team; `valid_until` is the last day."""

    part: TeamPart
    office: str
    valid_from: date
    name: str = ""
    institution: Institution | None = None
    valid_until: date | None = None


def check_planner(by: User, region_id: int) -> None:
    """NotYoursError unless a role of the user keeps teams and plans of the region."""
    if not get_scope(by, MANAGE_PLANS).contains(region_id):
        raise NotYoursError


@transaction.atomic
def set_up_team(*, by: User, region: Region, details: TeamDetails) -> Team:
    """The region's team from that day on; the one before ends the day before. The same again changes what differs.

    Raises PlanError when a team began later already.
    """
    check_planner(by, region.pk)
    check_decree(details, region)
    Region.objects.select_for_update().get(pk=region.pk)
    if Team.objects.filter(region=region, valid_from__gt=details.valid_from).exists():
        raise PlanError.of_later_team()
    team = Team.objects.filter(region=region, valid_from=details.valid_from).first()
    is_new = team is None
    values = vars(details)
    if team is None:
        close_open(region, details.valid_from - timedelta(days=1))
        team = Team(region=region)
    elif all(getattr(team, name) == value for name, value in values.items()):
        return team
    for name, value in values.items():
        setattr(team, name, value)
    team.save()
    record_event(
        by=by, action="programme.team.set_up", object_kind="team", object_id=team.pk,
        after={"decree": details.decree_number, "from": str(details.valid_from), "new": is_new}, region_id=region.pk,
    )  # fmt: skip
    return team


def check_decree(details: TeamDetails, region: Region) -> None:
    if details.decree is not None and details.decree.region_id != region.pk:
        raise PlanError.of_foreign_document()


def close_open(region: Region, last_day: date) -> None:
    """The open team of the region and its members end."""
    team = Team.objects.filter(region=region, valid_until__isnull=True).first()
    if team is not None:
        end(team, max(last_day, team.valid_from))


def end(team: Team, last_day: date) -> None:
    team.valid_until = last_day
    team.save(update_fields=["valid_until"])
    for member in team.members.filter(valid_until__isnull=True):
        member.valid_until = max(last_day, member.valid_from)
        member.save(update_fields=["valid_until"])


@transaction.atomic
def end_team(*, by: User, team: Team, last_day: date) -> None:
    """The team and its members end; a team that has ended already is left alone."""
    check_planner(by, team.region_id)
    held = Team.objects.select_for_update().get(pk=team.pk)
    if held.valid_until is not None:
        return
    if last_day < held.valid_from:
        raise PlanError.of_days()
    end(held, last_day)
    record_event(
        by=by, action="programme.team.ended", object_kind="team", object_id=held.pk,
        after={"until": str(last_day)}, region_id=held.region_id,
    )  # fmt: skip


@transaction.atomic
def change_member(*, by: User, team: Team, details: MemberDetails, member: TeamMember | None = None) -> TeamMember:
    """Somebody is in the team (`member` None), or what was written of a member changes. Again without effect.

    The event names the part and office, never the person.
    """
    check_planner(by, team.region_id)
    if member is not None and member.team_id != team.pk:
        raise NotYoursError
    if details.valid_from < team.valid_from or (details.valid_until or details.valid_from) < details.valid_from:
        raise PlanError.of_days()
    Team.objects.select_for_update().get(pk=team.pk)
    values = vars(details)
    key = {name: values[name] for name in ("part", "office", "name", "valid_from")}
    there = TeamMember.objects.filter(team=team, **key).exclude(pk=member.pk if member else None).first()
    if there is not None and member is not None:
        raise PlanError.of_twice()
    row = member or there or TeamMember(team=team)
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record_event(
        by=by, action="programme.team.member_changed", object_kind="team", object_id=team.pk,
        after={"part": details.part, "until": str(details.valid_until or "")}, region_id=team.region_id,
    )  # fmt: skip
    return row
