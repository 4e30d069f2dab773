"""The work list of a desa: who still misses what this month, and the one service that completes most people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from tumbuh.accounts.api import Scope
from tumbuh.engines.convergence.api import Package, Receipt, list_packages, rank_missing, read_content
from tumbuh.records.api import list_receipts, list_register
from tumbuh.regions.api import Region
from tumbuh.web.indicators.pages import say
from tumbuh.web.templatetags.numbers import count, percent

SOON_DAYS = 92  # a last day further off is no help on a list for this month
SHOWN = 4  # missing services that a line names


@dataclass(frozen=True)
class Line:
    """One person as a member of one group, with what is missing, the nearest last day first."""

    person: dict[str, Any]
    group: str
    group_code: str
    missing: list[tuple[str, date | None]]
    more: int
    is_nearly: bool


@dataclass(frozen=True)
class Work:
    """A desa's month: people with anything due and those with all of it, lines still to do, what completes most."""

    complete: int
    people: int
    lines: list[Line]
    best: tuple[str, int] | None
    posyandus: list[str]


def read_work(scope: Scope, desa: Region, month: date, *, posyandu: str = "", group: str = "") -> Work:
    """Everybody's packages of the month in the desa, of one posyandu and one group where asked."""
    people = list_register(scope, desa.pk, month)
    posyandus = sorted({person["posyandu"] for person in people if person["posyandu"]})
    people = [person for person in people if not posyandu or person["posyandu"] == posyandu]
    packages = list_all(people)
    packages = [(person, package) for person, package in packages if not group or package.group.code == group]
    lines = [make_line(person, package) for person, package in packages if package.missing]
    lines.sort(key=lambda line: (len(line.missing) + line.more, line.missing[0][1] or date.max, line.person["name"]))
    ranked = rank_missing(package for _, package in packages)
    titles = {rule.service.code: say(rule.service.title) for rule in read_content().rules}
    best = (titles[ranked[0][0]], ranked[0][1]) if ranked else None
    everybody = {person["person_id"] for person, _ in packages}
    missing = {line.person["person_id"] for line in lines}
    return Work(len(everybody - missing), len(everybody), lines, best, posyandus)


def list_all(people: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], Package]]:
    """Each person with the packages of their groups."""
    if not people:
        return []
    content, received = read_content(), list_receipts([p["person_id"] for p in people], people[0]["month_end"])
    return [
        (person, package)
        for person in people
        for package in list_packages(
            content.rules, person, [Receipt(*receipt) for receipt in received.get(person["person_id"], ())]
        )
    ]


def make_line(person: dict[str, Any], package: Package) -> Line:
    soon = person["month_end"] + timedelta(days=SOON_DAYS)
    missing = [
        (say(found.rule.service.title), found.due_on if found.due_on and found.due_on <= soon else None)
        for found in package.missing
    ]
    more = max(len(missing) - SHOWN, 0)
    group = package.group
    return Line(person, say(group.title), group.code, missing[:SHOWN], more, len(missing) == 1)


def read_aloud(desa: Region, work: Work) -> str:
    """One sentence: how many are complete, and what would complete most of the others."""
    if not work.people:
        return gettext("%(desa)s: belum ada orang dengan layanan yang jatuh tempo.") % {"desa": desa.full_name}
    said = gettext("%(desa)s: %(complete)s dari %(all)s orang lengkap layanannya (%(share)s).") % {
        "desa": desa.full_name,
        "complete": count(work.complete),
        "all": count(work.people),
        "share": percent(100 * work.complete / work.people),
    }
    if work.best:
        service, people = work.best
        said += " " + gettext("%(service)s melengkapi paling banyak: %(people)s orang.") % {
            "service": service, "people": count(people)}  # fmt: skip
    return said
