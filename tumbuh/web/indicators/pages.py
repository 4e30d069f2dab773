"""What the figures' pages are made of: read once, handed to the template."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tumbuh.accounts.api import READ_FIGURES
from tumbuh.indicators.api import (
    Official,
    Text,
    list_breakdown,
    list_cells,
    list_definitions,
    list_public_parts,
    list_values,
)
from tumbuh.regions.api import Level, Region, list_regions
from tumbuh.verification.api import Status, get_status, list_official
from tumbuh.web.indicators.figures import (
    OPEN_LEVELS,
    Shown,
    Trees,
    list_months,
    read_level,
    read_profile,
    read_trees,
)
from tumbuh.web.indicators.groups import Group, group_by, group_protected
from tumbuh.web.indicators.sentences import find_target, tell_region
from tumbuh.web.indicators.targets import list_targets
from tumbuh.web.regions.maps import MapItem, draw_map
from tumbuh.web.regions.scales import make_diverging, make_even
from tumbuh.web.site.trend import COMPACT, WIDE, Point, Target, sparkline, trend_chart
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import percent

STUNTING, WEIGHED = "stunting", "weighed_share"


def say(text: Text) -> str:
    """A definition's words in the page's language."""
    return text.en if (get_language() or "id").startswith("en") else text.id


@dataclass(frozen=True)
class Card:
    """An indicator of the region in the month, with its way here."""

    title: str
    shown: Shown | None
    line: SafeString
    change: Decimal | None


@dataclass(frozen=True)
class Line:
    """A region below in the table: its stunting, its distance from the target, who was weighed; `bar` of 100 units."""

    shown: Shown
    weighed: Shown | None
    gap: Decimal | None
    bar: Decimal | None


def round_share(value: Decimal) -> Decimal:
    """The percentage as it is written, so that differences agree with what is read."""
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def make_cards(profile: Mapping[str, Mapping[date, Shown]], months: Sequence[date], month: date) -> list[Card]:
    """One card for each indicator in the definitions' order; those not public only where the profile has them."""
    cards = []
    for definition in list_definitions():
        by_month = profile.get(definition.code, {})
        if not (definition.is_public or by_month):
            continue
        shown = by_month.get(month)
        before = by_month.get(list_months(month, 2)[0])
        change = None
        if shown and before and shown.value is not None and before.value is not None:
            change = round_share(shown.value) - round_share(before.value)
        line = sparkline([Point(at, by_month[at].value if at in by_month else None) for at in months])
        cards.append(Card(say(definition.title), shown, line, change))
    return cards


def make_lines(stunting: Sequence[Shown], weighed: Sequence[Shown], target: Target | None) -> list[Line]:
    """The regions below, highest stunting first, those without a figure last, else by code."""
    beside = {shown.region_id: shown for shown in weighed}
    highest = max([shown.value for shown in stunting if shown.value is not None] + [Decimal(1)])
    lines = [
        Line(
            shown,
            beside.get(shown.region_id),
            round_share(shown.value) - target.value if target and shown.value is not None else None,
            round(shown.value * 100 / highest) if shown.value is not None else None,
        )
        for shown in stunting
    ]
    return sorted(lines, key=lambda line: (line.shown.value is None, -(line.shown.value or 0), line.shown.region_id))


def draw_trends(
    by_month: Mapping[date, Shown], months: Sequence[date], targets: Sequence[Target], title: str, *, is_long: bool
) -> dict[str, SafeString]:
    """The trend twice: wide, and compact for a phone; `is_long` shows the road to the last target."""
    points = [Point(at, by_month[at].value if at in by_month else None) for at in months]
    last = list_months(months[-1], 1)[0].replace(day=28)
    if is_long and targets:
        last = max(last, date(targets[-1].year, 12, 31))
    return {
        name: trend_chart(points, targets, last=last, title=title, size=size)
        for name, size in (("wide", WIDE), ("compact", COMPACT))
    }


def draw_below(stunting: Sequence[Shown], target: Target | None, title: str) -> SafeString:
    """The map of the regions below, coloured by distance from the target; "" below a desa."""
    if not stunting:
        return SafeString()
    values = [shown.value for shown in stunting if shown.value is not None]
    items = [
        MapItem(
            code=shown.region_code,
            name=shown.region_name,
            value=shown.value,
            label=percent(shown.value) if shown.value is not None else str(shown.words),
            href=f"/wilayah/{shown.region_code}",
            is_protected=shown.value is None and shown.denominator is not None and not shown.is_exact,
        )
        for shown in stunting
    ]
    scale = make_diverging(target.value) if target else make_even(values)
    return draw_map(items, scale=scale, width=430, height=430, title=title)


def get_child_level(region: Region) -> Level | None:
    """The level below, None below a desa."""
    return Level(region.level + 1) if region.level < Level.DESA else None


def read_official(region: Region, newest: date) -> Official:
    """What is official of the region and those directly below it in the last two years; one query."""
    return list_official([region.pk], list_months(newest, 24), with_children=True)


def choose_first(request: HttpRequest, region: Region, newest: date, official: Official) -> date:
    """The month shown unless another is asked for: the newest, for the public the newest official one if any is."""
    if may(request, READ_FIGURES, region.pk):
        return newest
    return max((month for key, month in official if key == region.pk), default=newest)


def choose_month(newest: date, asked: str) -> date | None:
    """The month asked for as 2026-09, the newest for none; None when it is not one of the last twenty-four."""
    if not asked:
        return newest
    return next((at for at in list_months(newest, 24) if f"{at:%Y-%m}" == asked), None)


def read_page(
    request: HttpRequest, region: Region, month: date, newest: date, official: Official, *, is_long: bool
) -> dict[str, Any]:
    """All that a region's page shows of a month: at most ten queries for those signed in."""
    is_exact = may(request, READ_FIGURES, region.pk)
    months = list_months(newest if month in list_months(newest) else month)
    codes = [definition.code for definition in list_definitions()]
    trees = None if is_exact else read_trees(region, months, month, codes)
    cells = list_cells(region, months[0], months[-1]) if is_exact else []
    profile = read_profile(region, cells, trees, official)
    targets = list_targets(region)
    target = find_target(targets, month.year)
    stunting, weighed = (profile.get(code, {}).get(month) for code in (STUNTING, WEIGHED))
    level = get_child_level(region)
    pair = (STUNTING, WEIGHED)
    below = read_level(pair, month, level, region.code, trees, official) if level else ([], [])
    title = gettext("Prevalensi stunting {place} menurut bulan").format(place=region.full_name)
    return {
        "region": region,
        "month": month,
        "months": list_months(newest)[::-1],
        "is_exact": is_exact,
        "sentence": tell_region(region.full_name, month, stunting, weighed, target),
        "stunting": stunting,
        "weighed": weighed,
        "target": target,
        "targets": targets,
        "cards": make_cards(profile, months, month),
        "trends": draw_trends(profile.get(STUNTING, {}), months, targets, title, is_long=is_long),
        "history": [profile[STUNTING][at] for at in months if at in profile.get(STUNTING, {})],
        "lines": make_lines(*below, target),
        "map": draw_below(below[0], target, title),
        "level_below": level,
        "has_groups": is_exact or region.level in OPEN_LEVELS,
        **read_groups(region, month, trees, cells, official),
        "page_period": month,
        "newest": newest,
        "standing": "" if (region.pk, month) in official else tell_standing(get_status(region, month)),
    }


def tell_standing(status: Status) -> str:
    """How far a month that is not official has come; "" for a region without desa."""
    if not status.desa:
        return ""
    accepted = status.counts[4]
    words = {
        0: gettext("Belum semua desa mengirim data bulan ini."),
        1: gettext("Semua desa sudah mengirim; kecamatan sedang memeriksa."),
        2: gettext("Sudah diperiksa kecamatan; kabupaten/kota sedang memeriksa."),
        3: gettext("Sudah diperiksa kabupaten/kota; provinsi sedang memeriksa."),
        4: gettext("Diterima provinsi dengan syarat yang belum dipenuhi."),
    }[status.passed]
    if status.desa == 1:
        return words
    return words + " " + gettext("%(done)d dari %(all)d desa sudah diterima.") % {"done": accepted, "all": status.desa}


def read_groups(
    region: Region, month: date, trees: Trees | None, cells: Collection[Any], official: Official
) -> dict[str, list[Group]]:
    """Stunting by sex and by age: exact where `trees` is None, else as the public may see it; at most one query."""
    if trees is None:
        groups = list_breakdown(STUNTING, region, month, cells, official)
        return {"by_sex": group_by(groups, "sex"), "by_age": group_by(groups, "age_group")}
    parts = list_public_parts(STUNTING, region, month, trees[STUNTING, month])
    return {"by_sex": group_protected(parts, "sex"), "by_age": group_protected(parts, "age_group")}


def make_trail(lineage: Sequence[Region]) -> list[tuple[str, str]]:
    """Breadcrumbs from home down to the last of the regions."""
    return [("/", gettext("Beranda")), *((f"/wilayah/{place.code}", place.full_name) for place in lineage)]


def find_home(month: date | None) -> Region | None:
    """The province of the home page: the one with most children in the newest month, else the first."""
    provinces = list(list_regions(level=Level.PROVINSI))
    if len(provinces) > 1 and month is not None:
        values = list_values(indicator=STUNTING, month=month, level=Level.PROVINSI)
        most = max(values, key=lambda value: value.denominator)
        return next(place for place in provinces if place.pk == most.region_id)
    return provinces[0] if provinces else None
