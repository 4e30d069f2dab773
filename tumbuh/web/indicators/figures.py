"""Figures as a page shows them: exact for those who may, protected for everybody else."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tumbuh.engines.disclosure.api import Label, Protected, Tree
from tumbuh.indicators.api import Official, Value, get_status, list_profile, list_public_trees, list_values
from tumbuh.regions.api import Level, Region, list_regions

WORDS: dict[Label, str | Promise] = {
    Label.SHOWN: gettext_lazy("dibulatkan"),
    Label.BELOW_THRESHOLD: gettext_lazy("kurang dari 10"),
    Label.SMALL_BASE: gettext_lazy("jumlah anak terlalu sedikit"),
    Label.GROUP: gettext_lazy("disembunyikan: hampir semua anak"),
    Label.WITHHELD: gettext_lazy("disembunyikan untuk melindungi wilayah lain"),
    Label.NO_DATA: gettext_lazy("belum ada data"),
}
NO_DATA = WORDS[Label.NO_DATA]
NOTHING = Protected(None, None, None, Label.NO_DATA)
OPEN_LEVELS = (Level.PROVINSI, Level.KABUPATEN)  # whose parts by sex and age are open to everybody


class Place(NamedTuple):
    """What a figure needs to know of its region."""

    pk: int
    code: str
    name: str


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


Profile = dict[str, dict[date, Shown]]
Trees = dict[tuple[str, date], Tree]


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


def show_protected(indicator: str, place: Place, month: date, figure: Protected, official: Official) -> Shown:
    """A figure as the public may see it."""
    status = get_status(place.pk, month, official).value
    words = WORDS[figure.label] if figure.value is None else ""
    counts = (figure.value, figure.numerator, figure.denominator)
    return Shown(indicator, place.pk, place.code, place.name, month, *counts, words, status, is_exact=False)


def list_months(last: date, length: int = 12) -> list[date]:
    """The months that end with `last`, oldest first."""
    number = last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(number - length + 1, number + 1)]


def read_trees(region: Region, months: Sequence[date], month: date, indicators: Sequence[str]) -> Trees:
    """The protected trees that a public page needs: all indicators in all months. What is kept costs one query."""
    pairs = [(indicator, at) for indicator in indicators for at in dict.fromkeys([*months, month])]
    return list_public_trees(region.code[:2], pairs)


def read_profile(region: Region, cells: Collection[Any], trees: Trees | None, official: Official) -> Profile:
    """indicator → month → figure, for one region: exact, from its `cells`, where `trees` is None; else protected.

    Months without data are left out, as they are for those who see exact figures.
    """
    profile: Profile = defaultdict(dict)
    if trees is None:
        for value in list_profile(region, cells, official):
            profile[value.indicator][value.month] = show(value)
    for (indicator, at), tree in (trees or {}).items():
        if region.pk in tree:
            profile[indicator][at] = show_protected(indicator, region, at, tree[region.pk], official)
    return profile


def read_level(
    indicators: Sequence[str], month: date, level: Level, within: str, trees: Trees | None, official: Official
) -> list[list[Shown]]:
    """Each indicator's figures of all regions of a level within a region, in code order."""
    if trees is None:
        return [
            [
                show(value)
                for value in list_values(indicator=code, month=month, level=level, within=within, official=official)
            ]
            for code in indicators
        ]
    places = [Place(*row) for row in list_regions(within=within, level=level).values_list("pk", "code", "name")]
    return [
        [show_protected(code, place, month, trees[code, month].get(place.pk, NOTHING), official) for place in places]
        for code in indicators
    ]
