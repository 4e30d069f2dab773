"""Service cells of a region, written straight into the table."""

from datetime import date

from tumbuh.indicators.models import ServiceCell
from tumbuh.indicators.rules.values import STRATA
from tumbuh.regions.api import Region


def make_service_cell(
    region: Region, group: str, service: str, counts: dict[tuple[str, str], tuple[int, int]], month: date
) -> ServiceCell:
    """`counts`: (sex, poverty) → (received, due)."""
    due = [counts.get(stratum, (0, 0))[1] for stratum in STRATA]
    received = [counts.get(stratum, (0, 0))[0] for stratum in STRATA]
    return ServiceCell.objects.create(
        region=region, level=region.level, month=month, target_group=group, service=service, due=due,
        received=received, only_missing=[0] * len(STRATA),
    )  # fmt: skip
