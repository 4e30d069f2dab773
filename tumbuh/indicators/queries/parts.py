"""A figure's parts by sex and by age, as the public may see them: for a province and its kabupaten/kota only.

Parts are further sums over the same children, so they are protected beside the whole tree of the month: all parts of
the province and its kabupaten/kota at once, each way to cut beside the other.
"""

from collections.abc import Sequence
from datetime import date

from tumbuh.engines.disclosure.api import Figure, Protected, Tree, protect_parts
from tumbuh.indicators.models import Cell
from tumbuh.indicators.queries.definitions import get_definition
from tumbuh.indicators.queries.kept import Kept
from tumbuh.indicators.queries.parameters import load_parameters
from tumbuh.indicators.queries.values import PARTS
from tumbuh.indicators.rules.values import BREAKDOWNS, GROUPS
from tumbuh.regions.api import Level, Region, get_span

Key = tuple[int | None, str]  # region id and a sex or age group, "" for the total
Sums = list[tuple[Key, list[Key]]]
OPEN_LEVELS = (Level.PROVINSI, Level.KABUPATEN)

_kept: Kept[tuple[str, str, date], dict[Key, Protected]] = Kept(100)


def list_public_parts(indicator: str, region: Region, month: date, tree: Tree) -> dict[str, Protected]:
    """Sex and age group → its figure as it may be published; empty below kabupaten/kota, and if not public.

    `tree` is that of list_public_trees for the same indicator and month: the parts are kept as long as it is.
    At most one query. Groups without children are left out.
    """
    if region.level not in OPEN_LEVELS or not get_definition(indicator).is_public:
        return {}
    key = (region.code[:2], indicator, month)
    parts = _kept.fetch([key], lambda key: tree, lambda keys: {key: protect_all(*key, tree) for key in keys})[key]
    return {part: figure for (region_id, part), figure in parts.items() if region_id == region.pk}


def protect_all(province: str, indicator: str, month: date, tree: Tree) -> dict[Key, Protected]:
    """Every part of the province and its kabupaten/kota beside the whole tree."""
    published = {(region_id, ""): tree[region_id] for region_id in tree}
    within = Cell.objects.filter(region__id__range=tuple(get_span(province)), month=month, indicator=indicator)
    columns = ("region_id", "level", "region__parent_id", "numerators", "denominators")
    figures: dict[Key, Figure] = {}
    sums: dict[Key, list[Key]] = {}
    across: Sums = []
    for region_id, level, parent_id, numerators, denominators in within.values_list(*columns):
        figures[region_id, ""] = Figure(sum(numerators), sum(denominators))
        sums.setdefault((parent_id, ""), []).append((region_id, ""))
        if level in OPEN_LEVELS:
            for part, figure in cut(numerators, denominators).items():
                figures[region_id, part] = figure
                sums.setdefault((parent_id, part), []).append((region_id, part))
            across += [((region_id, ""), [(region_id, part) for part in PARTS[by]]) for by in BREAKDOWNS]
    return protect_parts(figures, published, [*sums.items(), *across], load_parameters(month))


def cut(numerators: Sequence[int], denominators: Sequence[int]) -> dict[str, Figure]:
    """The figures of each sex and of each age group that has anybody."""
    found: dict[str, Figure] = {}
    for group, numerator, denominator in zip(GROUPS, numerators, denominators, strict=True):
        for part in group:
            old = found.get(part, Figure(0, 0))
            found[part] = Figure(old.numerator + numerator, old.denominator + denominator)
    return {part: figure for part, figure in found.items() if figure.denominator}
