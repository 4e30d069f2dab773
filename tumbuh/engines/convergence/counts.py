"""How many people are due, received and miss only this: the plain reading of what a database sums."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tumbuh.engines.convergence.answers import EVERYBODY, Answer, find_poverty
from tumbuh.engines.convergence.packages import Person, list_answers
from tumbuh.engines.convergence.types import Content, Result

POVERTY = {True: "POOR", False: "OTHER", None: "UNKNOWN"}


@dataclass(frozen=True)
class Stratum:
    """Where and when a person is counted. `poverty` is POOR, OTHER or UNKNOWN."""

    desa_id: int
    month: date
    sex: str
    poverty: str


@dataclass
class Count:
    """People to whom a service is due, who received it, and who lack only it for a complete package."""

    due: int = 0
    received: int = 0
    only_missing: int = 0


Counts = dict[tuple[Stratum, str, str], Count]  # by stratum, group and service; `*` stands for all


def count_people(content: Content, people: Iterable[Person]) -> Counts:
    """Counts of every group and service with anybody due. Service `*`: the complete package of those it is due to."""
    counts: Counts = defaultdict(Count)
    for row, receipts in people:
        stratum = Stratum(row["desa_id"], row["month"], row["sex"], POVERTY[find_poverty(row, content)])
        due = [found for found in list_answers(content.rules, row, receipts) if found.is_due]
        by_group: dict[str, list[Answer]] = defaultdict(list)
        for found in due:
            add(counts, stratum, *found.rule.key, received=found.result == Result.YES)
            if found.rule.service.in_package:
                by_group[found.rule.group.code].append(found)
                by_group[EVERYBODY].append(found)
        for group, answers in by_group.items():
            missing = [found for found in answers if found.result == Result.NO]
            add(counts, stratum, group, EVERYBODY, received=not missing)
            if group != EVERYBODY and len(missing) == 1:
                counts[(stratum, *missing[0].rule.key)].only_missing += 1
    return dict(counts)


def add(counts: Counts, stratum: Stratum, group: str, service: str, *, received: bool) -> None:
    count = counts[stratum, group, service]
    count.due += 1
    count.received += received
