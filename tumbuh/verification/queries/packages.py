"""Packages one by one: a desa's month, cells that came back, what waits for whom."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.db.models import Count, Q

from tumbuh.accounts.api import Scope, User, get_scopes
from tumbuh.regions.api import Level, Region, get_parent_code, get_region
from tumbuh.verification.models import CellReturn, Contribution, Package, Step
from tumbuh.verification.rules import GROWTH, OWNER, PASSED, PERMISSION, DataSet, State, Tier


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


def list_rows(region: Region, month: date, data_set: str = GROWTH) -> list[Row]:
    """Every active desa in the region with its package of the month, in code order; two queries."""
    span = region.span
    desa = Region.objects.filter(level=Level.DESA, is_active=True, id__gte=span.low, id__lte=span.high)
    held = Package.objects.filter(region_id__gte=span.low, region_id__lte=span.high, month=month, data_set=data_set)
    packages = {package.region_id: package for package in held}
    return [Row(place, packages.get(place.pk)) for place in desa]


def get_row(desa: Region, month: date, data_set: str = GROWTH) -> Row:
    """One desa with its package of the month."""
    return Row(desa, Package.objects.filter(region=desa, month=month, data_set=data_set).first())


def list_closed(desa_months: Collection[tuple[int, date]], data_set: str) -> set[tuple[int, date]]:
    """Those of the desa (region ids) and months whose package was sent: their data is locked; one query."""
    months, desa = {month for _desa, month in desa_months}, {desa for desa, _month in desa_months}
    held = Package.objects.filter(data_set=data_set, is_whole_open=False, month__in=months, region_id__in=desa)
    return set(held.values_list("region_id", "month")) & set(desa_months)


def find_cell(scope: Scope, public_id: Any) -> CellReturn:
    """The returned cell in scope; CellReturn.DoesNotExist when there is none there."""
    held = CellReturn.objects.filter(scope.q("package__region_id")).select_related("package__region")
    return held.get(public_id=public_id)


def find_waiting(user: User) -> Q:
    """Packages that wait for a tier whose permission the user has there; one query for the roles.

    Drafts are not among them: they have no row until somebody sends them.
    """
    scopes = get_scopes(user, PERMISSION.values())
    mine = Q(pk__in=[])
    for tier, permission in PERMISSION.items():
        states = [state for state, owner in OWNER.items() if owner == tier]
        mine |= scopes[permission].q("region_id") & Q(state__in=states)
    return mine


def list_returned(waiting: Q) -> list[Package]:
    """Of `find_waiting`, those that came back to their desa, the longest waiting first."""
    held = Package.objects.filter(waiting, state=State.RETURNED_DESA)
    return list(held.select_related("region").order_by("moved_at"))


def count_waiting(waiting: Q) -> dict[tuple[DataSet, str, date, Tier], int]:
    """Of `find_waiting`, how many wait for a tier, by data set, the region of the board to go to and month; one query.

    Kecamatan and kabupaten/kota go through a kecamatan's desa, the province through a kabupaten/kota's.
    """
    found: Counter[tuple[DataSet, str, date, Tier]] = Counter()
    held = (
        Package.objects.filter(waiting)
        .order_by("data_set", "month")
        .values_list("data_set", "region__parent__code", "month", "state")
    )
    for data_set, kecamatan, month, state, number in held.annotate(number=Count("pk")):
        tier = OWNER[State(state)]
        if tier is not None and tier != Tier.DESA:
            code = get_parent_code(kecamatan) if tier == Tier.PROVINSI else kecamatan
            found[DataSet(data_set), code, month, tier] += number
    return dict(found)


def list_own_work(user: User, region_ids: Collection[int], month: date, data_set: str) -> set[int]:
    """Those of the desa whose month the user entered data of, or sent; two queries."""
    about = {"month": month, "data_set": data_set, "region_id__in": region_ids}
    entered = Contribution.objects.filter(user=user, **about).values_list("region_id", flat=True)
    sent = Step.objects.filter(tier=Tier.DESA, by=user, **{f"package__{name}": value for name, value in about.items()})
    return {*entered, *sent.values_list("package__region_id", flat=True)}


def get_code_above(desa: Region, tier: Tier) -> str | None:
    """The region that must be done below before the tier begins with the desa's package; None where there is none.

    A kabupaten/kota begins with a kecamatan when all its desa are verified there, the province with a kabupaten/kota.
    """
    if tier <= Tier.KECAMATAN:
        return None
    kecamatan = get_parent_code(desa.code)
    return kecamatan if tier == Tier.KABUPATEN else get_parent_code(kecamatan)


def count_open_below(desa: Region, tier: Tier, month: date, data_set: str) -> int:
    """Desa that have not been passed on to the tier yet, of those that it begins with together."""
    code = get_code_above(desa, tier)
    if code is None:
        return 0
    return sum(row.passed < tier - 1 for row in list_rows(get_region(code), month, data_set))


def list_open_cells(package: Package) -> list[CellReturn]:
    """Cells that were sent back and whose answer was not approved yet, in order."""
    return list(package.cells.filter(closed_at__isnull=True))


@cache
def read_reasons() -> dict[str, dict[str, str]]:
    """Why cells are sent back, by code: {id, en}."""
    rows = yaml.safe_load((settings.DEFINITIONS / "verification/reasons.yaml").read_text())
    return {row["code"]: {"id": row["id"], "en": row["en"]} for row in rows}
