"""Who of a desa is in which target group in a month, who of them got anything recorded, and who is due and did not."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tumbuh.accounts.api import Scope, whole_country
from tumbuh.engines.convergence.api import Group, Receipt, Row, list_groups, list_packages, read_content
from tumbuh.records.models import Person
from tumbuh.records.queries.care import list_receipts

ROWS = "SELECT * FROM records_person_month WHERE desa_id = %s AND month = %s ORDER BY person_id"
# Person by person, so that each table behind the view is asked by its own index.
RECORDED = """
SELECT DISTINCT r.person_id FROM unnest(%s::bigint[]) AS q(id)
CROSS JOIN LATERAL (SELECT * FROM records_receipt r WHERE r.person_id = q.id OFFSET 0) r
WHERE r.received_on BETWEEN %s AND %s AND r.code <> ALL(%s)
"""


@dataclass(frozen=True)
class GroupCount:
    """People of a target group in the register, and those of them with any service or check recorded in the month."""

    group: Group
    people: int
    recorded: int


@dataclass(frozen=True)
class Month:
    """A desa's month: the row of each person, the groups they are in, who got anything recorded."""

    rows: dict[int, Row]
    groups: dict[int, list[Group]]
    recorded: set[int]

    @property
    def codes(self) -> dict[int, set[str]]:
        return {person_id: {group.code for group in groups} for person_id, groups in self.groups.items()}


def read_month(scope: Scope, desa_id: int, month: date) -> Month:
    """What the register says of the desa's people in the month; two queries. Weighing and measuring do not count."""
    if not scope.contains(desa_id):
        return Month({}, {}, set())
    with whole_country("counts behind a figure"), connection.cursor() as cursor:  # its months are the whole country's
        cursor.execute(ROWS, [desa_id, month])
        names = [column.name for column in cursor.description]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
        content = read_content()
        groups = {person_id: list_groups(row, content.groups) for person_id, row in rows.items()}
        people = [person_id for person_id, found in groups.items() if found]
        automatic = [code for code, one in content.codes.items() if one.is_automatic]
        last = next(iter(rows.values()))["month_end"] if rows else month
        cursor.execute(RECORDED, [people, month, last, automatic])
        recorded = {person_id for (person_id,) in cursor.fetchall()}
    return Month(rows, groups, recorded)


def count_groups(month: Month) -> list[GroupCount]:
    """Each group with its people, in the order of the definitions; empty ones too."""
    people: dict[str, list[int]] = defaultdict(list)
    for person_id, groups in month.groups.items():
        for group in groups:
            people[group.code].append(person_id)
    return [
        GroupCount(group, len(people[group.code]), sum(one in month.recorded for one in people[group.code]))
        for group in read_content().groups
    ]


def list_unserved(month: Month) -> dict[int, list[str]]:
    """People to whom something is due by the rules and who got nothing recorded in the month: codes of what is missing.

    What is weighed or measured is not looked at: it is of another package. One query.
    """
    content = read_content()
    automatic = {code for code, one in content.codes.items() if one.is_automatic}
    rules = [rule for rule in content.rules if rule.service.in_package and not is_automatic(rule, automatic)]
    of_group = defaultdict(list)
    for rule in rules:
        of_group[rule.group.code].append(rule)
    asked = [one for one, groups in month.groups.items() if groups and one not in month.recorded]
    last = next(iter(month.rows.values()))["month_end"] if asked else date.min
    received = list_receipts(asked, last)
    found: dict[int, list[str]] = {}
    for one in asked:
        mine = [rule for group in month.groups[one] for rule in of_group[group.code]]
        packages = list_packages(mine, month.rows[one], [Receipt(*receipt) for receipt in received.get(one, ())])
        missing = [answer.rule.service.code for package in packages for answer in package.missing]
        if missing:
            found[one] = list(dict.fromkeys(missing))
    return found


def is_automatic(rule: Any, automatic: Collection[str]) -> bool:
    """Whether all that the rule counts comes from measurements."""
    return all(set(version.measure.parts) <= set(automatic) for version in rule.versions)


def find_persons(scope: Scope, keys: Collection[int]) -> dict[int, Person]:
    """The people with these keys in scope; one query."""
    return {person.pk: person for person in Person.objects.filter(scope.q("desa_id"), pk__in=list(keys))}
