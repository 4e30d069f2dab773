"""Scorecards as they are kept, and of part of a desa."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tumbuh.engines.scorecard.api import Count, Counts, Life, count_people, read_content
from tumbuh.indicators.models import ScorecardCell, ScorecardQuarter
from tumbuh.indicators.queries.lives import make_lives
from tumbuh.records.api import QuarterPerson, list_quarter_people
from tumbuh.regions.api import Region


@dataclass(frozen=True)
class Scorecard:
    """A region's counts of a quarter; `read_on` is None where nothing was recorded in it."""

    region: Region
    first: date
    read_on: date | None
    counts: Counts


@dataclass(frozen=True)
class Named:
    """Somebody asked in a desa: the row of the records beside the life that the engine reads."""

    person: QuarterPerson
    life: Life


def list_quarters() -> list[tuple[date, date]]:
    """(first day, day read on) of every quarter that is kept, newest first."""
    return list(ScorecardQuarter.objects.order_by("-first").values_list("first", "read_on"))


def read_scorecard(region: Region, first: date) -> Scorecard:
    """The kept scorecard of a region of any level; two queries."""
    read_on = ScorecardQuarter.objects.filter(first=first).values_list("read_on", flat=True).first()
    return Scorecard(region, first, read_on, list_kept([region.pk], first).get(region.pk, {}))


def list_kept(regions: list[int], first: date) -> dict[int, dict[tuple[str, str], Count]]:
    """The counts of several regions, by region id; one query."""
    found: dict[int, dict[tuple[str, str], Count]] = {}
    cells = ScorecardCell.objects.filter(region__in=regions, month=first)
    for region_id, reading, line, counts in cells.values_list("region_id", "reading", "line", "counts"):
        found.setdefault(region_id, {})[reading, line] = Count(*counts)
    return found


def list_named(desa_id: int, first: date, read_on: date) -> list[Named]:
    """Everybody asked in a desa whom the work in hand reaches; two queries."""
    people = list_quarter_people([desa_id], first, read_on)
    return [Named(*pair) for pair in zip(people, make_lives(people, first, read_on), strict=True)]


def count_named(people: list[Named], within: Callable[[QuarterPerson], bool]) -> Counts:
    """The counts of some of a desa's people, as of one posyandu or RT."""
    return count_people(read_content(), [named.life for named in people if within(named.person)])
