"""What target groups were due and received, from the cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tumbuh.engines.convergence.api import EVERYBODY, Rule, read_content
from tumbuh.indicators.errors import IndicatorNotFound
from tumbuh.indicators.models import ServiceCell
from tumbuh.indicators.rules.values import STRATA
from tumbuh.regions.api import Region


@dataclass(frozen=True)
class ServiceValue:
    """One service of a group, region and month; `strata` are (sex, poverty, received, due)."""

    region: Region
    month: date
    target_group: str
    service: str
    received: int
    due: int
    only_missing: int
    strata: tuple[tuple[str, str, int, int], ...]

    @property
    def percent(self) -> Decimal | None:
        return Decimal(100) * self.received / self.due if self.due else None


def find_rule(group: str, service: str) -> Rule | None:
    """The rule of a service for a group, None for the complete package `*`; raises IndicatorNotFound."""
    content = read_content()
    found = next((rule for rule in content.rules if rule.key == (group, service)), None)
    groups = {EVERYBODY, *(rule.group.code for rule in content.rules)}
    if found is None and not (service == EVERYBODY and group in groups):
        raise IndicatorNotFound(
            f"Layanan “{group}/{service}” tidak ada. Tulis KELOMPOK/LAYANAN dari definitions/services, atau KELOMPOK/*."
        )
    return found


def list_service_values(group: str, service: str, regions: Sequence[Region], month: date) -> list[ServiceValue]:
    """The figure of each region, zeros where nobody is due; one query."""
    find_rule(group, service)
    month = month.replace(day=1)
    cells = ServiceCell.objects.filter(
        region__in=[one.pk for one in regions], month=month, target_group=group, service=service
    )
    by_region = {cell.region_id: cell for cell in cells}
    return [make_service_value(by_region.get(one.pk), one, month, group, service) for one in regions]


def make_service_value(cell: ServiceCell | None, region: Region, month: date, group: str, service: str) -> ServiceValue:
    if cell is None:
        return ServiceValue(region, month, group, service, 0, 0, 0, ())
    strata = zip(STRATA, cell.received, cell.due, strict=True)
    parts = tuple((*stratum, received, due) for stratum, received, due in strata if due)
    counts = cell.received_total, cell.due_total, cell.only_missing_total
    return ServiceValue(region, month, group, service, *counts, parts)
