"""What an indicator's figure is, and the groups by which cells are kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import models

AGE_GROUPS = ("0-5", "6-11", "12-23", "24-35", "36-47", "48-59")  # completed months
SEXES = ("M", "F")
BREAKDOWNS = ("sex", "age_group")
GROUPS = tuple((sex, age) for sex in SEXES for age in AGE_GROUPS)  # the order of a cell's arrays: never change it

POVERTIES = ("POOR", "OTHER", "UNKNOWN")
STRATA = tuple((sex, poverty) for sex in SEXES for poverty in POVERTIES)  # of service cells: never change it


class Status(models.TextChoices):
    """Official: every desa of the region was accepted by every tier in that month; else provisional."""

    PROVISIONAL = "PROVISIONAL", "Sementara"
    OFFICIAL = "OFFICIAL", "Resmi"


Official = Collection[tuple[int, date]]  # (region id, month) of which every desa was accepted


def get_status(region_id: int, month: date, official: Official) -> Status:
    """The status of a figure, by the (region id, month) that are official."""
    return Status.OFFICIAL if (region_id, month) in official else Status.PROVISIONAL


@dataclass(frozen=True)
class Value:
    """One figure. `sex` and `age_group` are "" for all; `value` is a percentage, None where nobody is counted."""

    indicator: str
    region_id: int
    region_code: str
    region_name: str
    level: int
    month: date
    sex: str
    age_group: str
    numerator: int
    denominator: int
    value: Decimal | None
    status: str


def compute_percent(numerator: int, denominator: int) -> Decimal | None:
    """Percentage with two decimals, halves away from zero; None where the denominator is zero."""
    if denominator == 0:
        return None
    return (Decimal(100) * numerator / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
