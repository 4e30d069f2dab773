"""Reading packages: where they stand, what waits for whom, until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tumbuh.accounts.api import Scope, User, get_scope
from tumbuh.regions.api import Level, Region
from tumbuh.verification.models import CellReturn, Contribution, DeadlineChange, Package, Step
from tumbuh.verification.rules import OWNER, PASSED, PERMISSION, DeadlineRule, State, Tier, find_rule_on
from tumbuh.verification.rules import compute_deadline as compute

GROWTH = "growth"


@dataclass(frozen=True)
class Row:
    """A desa's package of a month, whether it has a row or not."""

    region: Region
    package: Package | None

    @property
    def state(self) -> State:
        return State(self.package.state) if self.package else State.DRAFT

    @property
    def owner(self) -> Tier | None:
        return OWNER[self.state]

    @property
    def passed(self) -> int:
        return PASSED[self.state]

    @property
    def is_official(self) -> bool:
        return self.state == State.ACCEPTED and not (self.package and self.package.condition)


@dataclass(frozen=True)
class Status:
    """Of a region's month: the tier that every desa below has passed (0 to 4), and whether it is official."""

    passed: int
    is_official: bool
    desa: int
    counts: dict[int, int]  # desa by how many tiers they have passed


def list_rows(region: Region, month: date, data_set: str = GROWTH) -> list[Row]:
    """Every active desa in the region with its package of the month, in code order; two queries."""
    span = region.span
    desa = Region.objects.filter(level=Level.DESA, is_active=True, id__gte=span.low, id__lte=span.high)
    held = Package.objects.filter(region_id__gte=span.low, region_id__lte=span.high, month=month, data_set=data_set)
    packages = {package.region_id: package for package in held}
    return [Row(place, packages.get(place.pk)) for place in desa.select_related("parent")]


STATUS = """
SELECT r.id, count(d.id), count(*) FILTER (WHERE p.state = 'ACCEPTED' AND p.condition = ''),
       {counts}
FROM regions_region r
JOIN regions_region d ON d.level = 4 AND d.is_active
 AND d.id BETWEEN r.id AND r.id + (ARRAY[99999999, 999999, 9999, 0])[r.level]
LEFT JOIN verification_package p ON p.region_id = d.id AND p.month = %s AND p.data_set = %s
WHERE r.id = ANY(%s) GROUP BY r.id
""".format(
    counts=", ".join(
        "count(*) FILTER (WHERE coalesce(p.state, 'DRAFT') IN ({}))".format(
            ", ".join(f"'{state}'" for state in State if PASSED[state] == passed)
        )
        for passed in range(5)
    )
)


def get_statuses(region_ids: Collection[int], month: date, data_set: str = GROWTH) -> dict[int, Status]:
    """The status of each region in a month, by region id; one query. A region without any desa is left out."""
    with connection.cursor() as cursor:
        cursor.execute(STATUS, [month, data_set, list(region_ids)])
        return {
            key: Status(min(n for n in range(5) if counts[n]), official == desa, desa, dict(enumerate(counts)))
            for key, desa, official, *counts in cursor.fetchall()
        }


def get_status(region: Region, month: date, data_set: str = GROWTH) -> Status:
    """The status of one region; of a region without desa: nothing passed."""
    return get_statuses([region.pk], month, data_set).get(region.pk, Status(0, False, 0, {}))


OFFICIAL = """
SELECT max(month) FROM (
    SELECT month FROM verification_package
    WHERE region_id BETWEEN %s AND %s AND data_set = %s AND state = 'ACCEPTED' AND condition = ''
    GROUP BY month HAVING count(*) >= (
        SELECT count(*) FROM regions_region WHERE level = 4 AND is_active AND id BETWEEN %s AND %s)
) m
"""


def find_official_month(region: Region, data_set: str = GROWTH) -> date | None:
    """The newest month in which every desa of the region was accepted without conditions, or None."""
    low, high = region.span.low, region.span.high
    with connection.cursor() as cursor:
        cursor.execute(OFFICIAL, [low, high, data_set, low, high])
        return cursor.fetchone()[0]


ALL_ACCEPTED = """
SELECT r.id, g.month FROM regions_region r CROSS JOIN unnest(%(months)s::date[]) AS g(month)
WHERE (r.id = ANY(%(regions)s) OR (%(with_children)s AND r.is_active AND r.parent_id = ANY(%(regions)s)))
AND g.month = ANY(SELECT DISTINCT month FROM verification_package
                  WHERE data_set = %(data_set)s AND month = ANY(%(months)s))
AND NOT EXISTS (
    SELECT FROM regions_region d LEFT JOIN verification_package p ON p.region_id = d.id AND p.month = g.month
        AND p.data_set = %(data_set)s AND p.state = 'ACCEPTED' AND p.condition = ''
    WHERE d.level = 4 AND d.is_active AND p.id IS NULL
      AND d.id BETWEEN r.id AND r.id + (ARRAY[99999999, 999999, 9999, 0])[r.level])
AND EXISTS (SELECT FROM regions_region d WHERE d.level = 4 AND d.is_active
            AND d.id BETWEEN r.id AND r.id + (ARRAY[99999999, 999999, 9999, 0])[r.level])
"""


def list_official(
    region_ids: Collection[int], months: Collection[date], *, with_children: bool = False, data_set: str = GROWTH
) -> set[tuple[int, date]]:
    """(region id, month) of those in which every active desa was accepted without an open condition; one query.

    `with_children`: the regions directly below are asked for too.
    """
    values = {"regions": list(region_ids), "months": list(months), "data_set": data_set}
    with connection.cursor() as cursor:
        values["with_children"] = with_children
        cursor.execute(ALL_ACCEPTED, values)
        return set(cursor.fetchall())


def find_package(scope: Scope, public_id: Any) -> Package:
    """The package in scope; Package.DoesNotExist when there is none there."""
    return Package.objects.filter(scope.q("region_id")).select_related("region__parent").get(public_id=public_id)


def find_cell(scope: Scope, public_id: Any) -> CellReturn:
    """The returned cell in scope; CellReturn.DoesNotExist when there is none there."""
    held = CellReturn.objects.filter(scope.q("package__region_id")).select_related("package__region")
    return held.get(public_id=public_id)


def list_waiting(user: User, limit: int = 20) -> list[Package]:
    """Packages that wait for a tier whose permission the user has there, the longest waiting first.

    Drafts are not among them: they have no row until somebody sends them.
    """
    found: list[Package] = []
    for tier, permission in PERMISSION.items():
        scope = get_scope(user, permission)
        states = [state for state, owner in OWNER.items() if owner == tier]
        if scope.spans:
            held = Package.objects.filter(scope.q("region_id"), state__in=states).select_related("region__parent")
            found += held.order_by("moved_at")[:limit]
    return sorted(found, key=lambda package: package.moved_at)[:limit]


def is_own_work(user: User, package: Package) -> bool:
    """Whether the user entered data of the package or sent it."""
    entered = Contribution.objects.filter(
        region_id=package.region_id, month=package.month, data_set=package.data_set, user=user
    )
    return entered.exists() or Step.objects.filter(package=package, tier=Tier.DESA, by=user).exists()


def count_open_below(package: Package, tier: Tier) -> int:
    """Desa under the region of the tier below that have not been passed on to `tier` yet.

    A kabupaten/kota begins with a kecamatan when all its desa are verified there, the province with a kabupaten/kota.
    """
    if tier <= Tier.KECAMATAN:
        return 0
    above = package.region.parent if tier == Tier.KABUPATEN else package.region.parent.parent
    rows = list_rows(above, package.month, package.data_set)
    return sum(row.passed < tier - 1 for row in rows)


def list_open_cells(package: Package) -> list[CellReturn]:
    """Cells that were sent back and whose answer was not approved yet, in order."""
    return list(package.cells.filter(closed_at__isnull=True))


@cache
def read_definitions() -> dict[str, Any]:
    """definitions/verification/deadlines.yaml."""
    return yaml.safe_load((settings.DEFINITIONS / "verification/deadlines.yaml").read_text())


@cache
def read_reasons() -> dict[str, dict[str, str]]:
    """Why cells are sent back, by code: {id, en}."""
    rows = yaml.safe_load((settings.DEFINITIONS / "verification/reasons.yaml").read_text())
    return {row["code"]: {"id": row["id"], "en": row["en"]} for row in rows}


def list_deadline_rules() -> list[DeadlineRule]:
    """The rules of the definitions and those that officials set; of the same month, the officials' go first."""
    rules = [DeadlineRule(**{**row, "tier": Tier[row["tier"]]}) for row in read_definitions()["rules"]]
    for change in DeadlineChange.objects.all():
        rules.insert(0, DeadlineRule(Tier(change.tier), change.day, change.valid_from, change.reason, True))
    return rules


def list_days_off(years: Collection[int]) -> set[date]:
    """Days on which offices are closed besides Saturdays and Sundays."""
    found = read_definitions()
    each = {date.fromisoformat(f"{year}-{day}") for year in years for day in found["days_off_each_year"]}
    return each | set(found["days_off"])


def list_deadlines(month: date) -> dict[Tier, date]:
    """Until when each tier must have done its part of the month's data; one query."""
    rules = list_deadline_rules()
    days_off = list_days_off({month.year, month.year + 1})
    return {tier: compute(find_rule_on(rules, tier, month), month, days_off) for tier in Tier}


def list_late(rows: Collection[Row], month: date, *, today: date | None = None) -> list[Row]:
    """Those whose owner's day is over."""
    deadlines = list_deadlines(month)
    day = today or timezone.localdate()
    return [row for row in rows if row.owner is not None and deadlines[row.owner] < day]
