"""Counts of a village's people: what is summed upwards, and the shares made of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tumbuh.engines.convergence.api import Result
from tumbuh.engines.scorecard.marks import Mark, find_version, list_groups, mark_version
from tumbuh.engines.scorecard.people import Life
from tumbuh.engines.scorecard.types import Content, Group, Indicator

ANY_READING = ""  # lines of tables 1 and 2: the same in every reading


@dataclass(frozen=True, slots=True)
class Count:
    """Of one line: people asked, those to whom it applies (due), and those of them with Y (received)."""

    people: int = 0
    due: int = 0
    received: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.people + other.people, self.due + other.due, self.received + other.received)

    @property
    def percent(self) -> Decimal | None:
        return compute_percent(self.received, self.due)


Key = tuple[str, str]  # reading and line
Counts = Mapping[Key, Count]


def compute_percent(part: int, whole: int) -> Decimal | None:
    """The percentage as it is: rounded once, where it is written. None where nothing is due."""
    return Decimal(100) * part / whole if whole else None


def round_percent(value: Decimal | None) -> Decimal | None:
    """With two decimals, halves up."""
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def count_people(content: Content, people: Iterable[Life]) -> dict[Key, Count]:
    """Every line of every reading with anybody asked. A household is counted once a line, whoever of it is met."""
    people = list(people)
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    for life in people:
        for group in list_groups(content, life):
            for indicator in group.indicators:
                add_marks(content, group, indicator, life, sums)
    counts = {(ANY_READING, code): Count(people=number) for code, number in count_tallies(content, people).items()}
    return counts | {key: Count(*numbers) for key, numbers in sums.items()}


def add_marks(content: Content, group: Group, indicator: Indicator, life: Life, sums: dict[Key, list[int]]) -> None:
    """One indicator of one person in every reading; readings with the same rule are marked once."""
    marked: dict[int, Result] = {}
    for reading in content.readings:
        version = find_version(indicator, reading.code, life.read_on)
        if id(version) not in marked:
            marked[id(version)] = mark_version(group, indicator, version, life).result
        result = marked[id(version)]
        line = sums[reading.code, f"{group.code}.{indicator.code}"]
        line[0] += 1
        line[1] += result is not Result.NOT_APPLICABLE
        line[2] += result is Result.YES


def count_tallies(content: Content, people: list[Life]) -> dict[str, int]:
    """The lines of tables 1 and 2 with anybody."""
    found = {}
    for tally in content.tallies:
        met = [life for life in people if tally.meets(life.row)]
        found[tally.code] = len({life.household for life in met}) if tally.of_households else len(met)
    return {code: number for code, number in found.items() if number}


def share(marks: Iterable[Mark]) -> Decimal | None:
    """One person's percentage: Y divided by what applies."""
    results = [one.result for one in marks if one.result != Result.NOT_APPLICABLE]
    return compute_percent(results.count(Result.YES), len(results))


def add_counts(one: Counts, other: Counts) -> dict[Key, Count]:
    """Line by line."""
    return {key: one.get(key, Count()) + other.get(key, Count()) for key in {*one, *other}}
