"""The five tables of the scorecard, made from counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tumbuh.engines.scorecard.counts import ANY_READING, Count, Counts, compute_percent
from tumbuh.engines.scorecard.types import Content, Group, Heading, Indicator, Tally


@dataclass(frozen=True)
class Line:
    """A row of table 3."""

    group: Group
    indicator: Indicator
    count: Count

    @property
    def code(self) -> str:
        return f"{self.group.code}.{self.indicator.code}"

    @property
    def missing(self) -> int:
        """How many have T."""
        return self.count.due - self.count.received


@dataclass(frozen=True)
class Total:
    """A row of table 4; without a group, all groups that are summed."""

    group: Group | None
    count: Count


@dataclass(frozen=True)
class Fund:
    """A row of table 5: a field of the village budget, in rupiah: all that is allotted, and that against stunting."""

    field: str
    allotted: int
    for_stunting: int

    @property
    def percent(self) -> Decimal | None:
        return compute_percent(self.for_stunting, self.allotted)


@dataclass(frozen=True)
class Tables:
    """`funds` is empty while no village budget is recorded: table 5 then says so."""

    headings: dict[int, Heading]
    targets: list[tuple[Tally, int]]
    mat: list[tuple[Tally, int]]
    lines: list[Line]
    totals: list[Total]
    funds: Sequence[Fund]

    @property
    def is_empty(self) -> bool:
        """Nobody is asked anything."""
        return not any(line.count.people for line in self.lines)

    @property
    def convergence(self) -> Decimal | None:
        """The village's percentage: the last row of table 4."""
        return self.totals[-1].count.percent


def make_tables(content: Content, counts: Counts, reading: str, funds: Sequence[Fund] = ()) -> Tables:
    """Tables 1 to 5 in one reading. Village budgets come in through `funds`, and nowhere else."""
    lines = [
        Line(group, indicator, counts.get((reading, f"{group.code}.{indicator.code}"), Count()))
        for group in content.groups
        for indicator in group.indicators
    ]
    summed = [group for group in content.groups if group.in_total]
    totals = [Total(group, add([line.count for line in lines if line.group == group])) for group in summed]
    totals.append(Total(None, sum((total.count for total in totals), Count())))
    tallies = [(tally, counts.get((ANY_READING, tally.code), Count()).people) for tally in content.tallies]
    return Tables(
        headings=dict(content.headings),
        targets=[pair for pair in tallies if pair[0].table == 1],
        mat=[pair for pair in tallies if pair[0].table == 2],
        lines=lines,
        totals=totals,
        funds=funds,
    )


def add(counts: list[Count]) -> Count:
    """A group's lines together: everybody is asked all of them, and counts once."""
    return Count(
        max((count.people for count in counts), default=0),
        sum(count.due for count in counts),
        sum(count.received for count in counts),
    )
