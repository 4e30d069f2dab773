"""Teams: who is in them on a day, what was before, and which regions have none."""

from datetime import date

from django.db.models import Q, QuerySet

from tumbuh.programme.models import Team, TeamMember
from tumbuh.programme.rules.plans import TeamPart
from tumbuh.regions.api import Region

RANK = {part: number for number, part in enumerate(TeamPart)}


def holding(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def list_teams(region: Region) -> list[Team]:
    """Every team that the region had, the newest first, with its decree; one query."""
    return list(Team.objects.filter(region=region).select_related("decree"))


def find_team(region: Region, day: date) -> Team | None:
    """The team of the region on a day."""
    return Team.objects.filter(holding(day), region=region).select_related("decree").first()


def list_members(team: Team, day: date | None = None) -> list[TeamMember]:
    """Those of the day, or all who ever were, from the head down; one query."""
    found: QuerySet[TeamMember] = team.members.select_related("institution")
    if day is not None:
        found = found.filter(holding(day))
    return sorted(found, key=lambda one: (RANK[TeamPart(one.part)], one.pk))


def list_without_team(region: Region, day: date) -> list[Region]:
    """The active regions directly below that have no team on the day; one query."""
    served = Team.objects.filter(holding(day)).values("region_id")
    return list(Region.objects.filter(parent=region, is_active=True).exclude(pk__in=served).order_by("pk"))
