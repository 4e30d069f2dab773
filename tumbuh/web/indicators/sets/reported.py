"""What Aksi Bangda reports beside what the register says, on the page of its 29 indicators."""

from datetime import date
from typing import Any

from django.utils.translation import gettext

from tumbuh.indicators.api import IndicatorSet, ReportedSide, read_reported
from tumbuh.regions.api import Region, list_regions
from tumbuh.web.indicators.pages import say

SET = "aksi-bangda-29"
MOST_BELOW = 20


def describe_reported(region: Region, chosen: IndicatorSet, month: date, figure: str) -> dict[str, Any]:
    """The section, up to the month; nothing for other sets. At most three queries."""
    if chosen.code != SET:
        return {}
    side = read_reported(region, month, figure)
    if side is None:
        return {"reported": None, "asks_reported": True}
    names = name_figures(chosen)
    return {
        "asks_reported": True,
        "reported": side,
        "reported_rows": [{"row": row, "name": names[row.code]} for row in side.rows],
        "reported_choices": [(row.code, names[row.code]) for row in side.rows if row.ours is not None],
        "reported_figure": names.get(side.chosen, ""),
        "reported_below": list_below(region, side),
        "reported_sentence": tell(side),
    }


def name_figures(chosen: IndicatorSet) -> dict[str, str]:
    """Figures in words."""
    names = {
        "families": gettext("Keluarga sasaran"), "at_risk": gettext("Keluarga berisiko stunting"),
        "pregnant": gettext("Ibu hamil"), "measured": gettext("Balita diukur"),
        "severe": gettext("Balita sangat pendek"), "short": gettext("Balita pendek (tanpa sangat pendek)"),
    }  # fmt: skip
    for item in chosen.items:
        for side, words in (("due", gettext("sasaran")), ("served", gettext("diterima"))):
            names[f"i{item.number:02d}_{side}"] = f"{item.number}. {say(item.name)}: {words}"
    return names


def list_below(region: Region, side: ReportedSide) -> list[dict[str, Any]]:
    """The regions below with the greatest differences; none for a desa, which has none."""
    parts = [(key, beside) for key, beside in side.below if key != region.pk and beside.difference][:MOST_BELOW]
    regions = {one.pk: one for one in list_regions(within=region.code).filter(pk__in=[key for key, _ in parts])}
    return [{"region": regions[key], "beside": beside} for key, beside in parts if key in regions]


def tell(side: ReportedSide) -> str:
    """How many of the figures that both give differ."""
    both = [row for row in side.rows if row.ours is not None]
    differing = [row for row in both if row.difference]
    if not both:
        return gettext("Belum ada angka register pada bulan itu untuk disandingkan.")
    return gettext("{differing} dari {all} angka yang ada di keduanya berbeda.").format(
        differing=len(differing), all=len(both)
    )
