"""The complete package of a person, work lists, and the one missing service that completes most people."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tumbuh.engines.convergence.answers import Answer, answer, list_groups
from tumbuh.engines.convergence.columns import Row, complete_row
from tumbuh.engines.convergence.types import Group, Receipt, Result, Rule

Person = tuple[Row, Iterable[Receipt]]


@dataclass(frozen=True)
class Package:
    """What is due to a person as a member of one group; services outside the package are not in it."""

    person_id: int
    group: Group
    received: tuple[Answer, ...]
    missing: tuple[Answer, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def only_missing(self) -> Answer | None:
        """The answer that alone keeps the package from being complete."""
        return self.missing[0] if len(self.missing) == 1 else None

    @property
    def next_missing(self) -> Answer | None:
        """The missing service with the nearest last day."""
        return self.missing[0] if self.missing else None


def list_answers(rules: Iterable[Rule], row: Row, receipts: Iterable[Receipt], on: date | None = None) -> list[Answer]:
    """Every rule of the groups the person is in, those not due to them (TS) too."""
    row, receipts, rules = complete_row(row), list(receipts), list(rules)
    groups = {rule.group.code: rule.group for rule in rules}
    mine = {group.code for group in list_groups(row, groups.values(), on)}
    answers = (answer(rule, row, receipts, on) for rule in rules if rule.group.code in mine)
    return [found for found in answers if found.version is not None]


def list_packages(
    rules: Iterable[Rule], row: Row, receipts: Iterable[Receipt], on: date | None = None
) -> list[Package]:
    """A package for each group in which anything is due. The missing services come by their last day."""
    by_group: dict[str, list[Answer]] = {}
    for found in list_answers(rules, row, receipts, on):
        if found.is_due and found.rule.service.in_package:
            by_group.setdefault(found.rule.group.code, []).append(found)
    return [make_package(row["person_id"], answers) for answers in by_group.values()]


def make_package(person_id: int, answers: list[Answer]) -> Package:
    missing = [found for found in answers if found.result == Result.NO]
    missing.sort(key=lambda found: (found.due_on or date.max, found.rule.service.order))
    received = tuple(found for found in answers if found.result == Result.YES)
    return Package(person_id, answers[0].rule.group, received, tuple(missing))


def list_work(rules: Iterable[Rule], people: Iterable[Person], on: date | None = None) -> list[Package]:
    """Everyone who misses something: who is nearest to complete first, then whose last day is nearest."""
    rules = list(rules)
    packages = [package for row, receipts in people for package in list_packages(rules, row, receipts, on)]
    return sorted((package for package in packages if package.missing), key=order_work)


def order_work(package: Package) -> tuple[int, date, int, int]:
    due_on = package.missing[0].due_on or date.max
    return len(package.missing), due_on, package.group.order, package.person_id


def rank_missing(packages: Iterable[Package]) -> list[tuple[str, int]]:
    """Services with the packages that each alone would complete, most first."""
    alone = [package.only_missing.rule.service for package in packages if package.only_missing]
    people, orders = Counter(service.code for service in alone), {service.code: service.order for service in alone}
    return sorted(people.items(), key=lambda item: (-item[1], orders[item[0]]))
