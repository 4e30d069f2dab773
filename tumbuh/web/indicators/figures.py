"""Figures as a page shows them: exact for those who may, protected for everybody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tumbuh.engines.disclosure.api import Label
from tumbuh.indicators.api import (
    PublicValue,
    Value,
    list_profile,
    list_public_trend,
    list_public_values,
    list_values,
)
from tumbuh.regions.api import Level, Region

WORDS: dict[Label, str | Promise] = {
    Label.SHOWN: gettext_lazy("dibulatkan"),
    Label.BELOW_THRESHOLD: gettext_lazy("kurang dari 10"),
    Label.SMALL_BASE: gettext_lazy("jumlah anak terlalu sedikit"),
    Label.GROUP: gettext_lazy("disembunyikan: hampir semua anak"),
    Label.WITHHELD: gettext_lazy("disembunyikan untuk melindungi wilayah lain"),
    Label.NO_DATA: gettext_lazy("belum ada data"),
}
NO_DATA = WORDS[Label.NO_DATA]


@dataclass(frozen=True)
class Shown:
    """One figure on a page. `words` stand in its place where `value` is None; counts are None where hidden."""

    indicator: str
    region_id: int
    region_code: str
    region_name: str
    month: date
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    words: str | Promise
    status: str
    is_exact: bool

    @property
    def missing(self) -> int | None:
        """Denominator without numerator, as the children not weighed of D/S; None where one of them is hidden."""
        if self.numerator is None or self.denominator is None:
            return None
        return self.denominator - self.numerator


def show(value: Value) -> Shown:
    """An exact figure."""
    return Shown(
        value.indicator,
        value.region_id,
        value.region_code,
        value.region_name,
        value.month,
        value.value,
        value.numerator,
        value.denominator,
        NO_DATA if value.value is None else "",
        value.status,
        is_exact=True,
    )


def show_protected(public: PublicValue) -> Shown:
    """A figure as the public may see it."""
    figure = public.figure
    return Shown(
        public.indicator,
        public.region_id,
        public.region_code,
        public.region_name,
        public.month,
        figure.value,
        figure.numerator,
        figure.denominator,
        WORDS[figure.label] if figure.value is None else "",
        public.status,
        is_exact=False,
    )


def list_months(last: date, length: int = 12) -> list[date]:
    """The months that end with `last`, oldest first."""
    number = last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(number - length + 1, number + 1)]


def read_profile(
    region: Region, months: Sequence[date], indicators: Iterable[str], *, is_exact: bool
) -> dict[str, dict[date, Shown]]:
    """indicator → month → figure, for one region."""
    if is_exact:
        found = [show(value) for value in list_profile(region, months[0], months[-1])]
    else:
        found = [
            show_protected(public)
            for indicator in indicators
            for public in list_public_trend(indicator, region.code, months[0], months[-1])
        ]
    profile: dict[str, dict[date, Shown]] = {}
    for shown in found:
        profile.setdefault(shown.indicator, {})[shown.month] = shown
    return profile


def read_level(indicator: str, month: date, level: Level, within: str, *, is_exact: bool) -> list[Shown]:
    """One indicator of all regions of a level within a region, in code order."""
    if is_exact:
        return [show(value) for value in list_values(indicator=indicator, month=month, level=level, within=within)]
    listed = list_public_values(indicator=indicator, month=month, level=level, within=within)
    return [show_protected(public) for public in listed]
