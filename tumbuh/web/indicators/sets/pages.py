"""What the page of a set of indicators shows, and the rows of its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from tumbuh.accounts.api import READ_FIGURES
from tumbuh.engines.scorecard.api import round_percent
from tumbuh.indicators.api import (
    IndicatorNotFound,
    IndicatorSet,
    SetTarget,
    SetValue,
    get_set,
    get_status,
    list_service_months,
    list_sets,
    read_set,
)
from tumbuh.lib.spreadsheets.api import Cell
from tumbuh.regions.api import Region, list_lineage
from tumbuh.verification.api import list_official
from tumbuh.web.indicators.pages import make_trail, say
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count, no_data, percent, write_number

MOST_MONTHS = 24
PARTS: tuple[tuple[str, dict[str, str], Promise], ...] = (
    ("male", {"sex": "M"}, gettext_lazy("Laki-laki")),
    ("female", {"sex": "F"}, gettext_lazy("Perempuan")),
    ("poor", {"poverty": "POOR"}, gettext_lazy("Miskin")),
    ("other", {"poverty": "OTHER"}, gettext_lazy("Tidak miskin")),
    ("unknown", {"poverty": "UNKNOWN"}, gettext_lazy("Desil tidak diketahui")),
)


@dataclass(frozen=True)
class AskedSet:
    lineage: list[Region]
    chosen: IndicatorSet
    months: list[date]
    month: date | None

    @property
    def region(self) -> Region:
        return self.lineage[-1]


def read_asked(request: HttpRequest, code: str, chosen: str) -> AskedSet:
    """`bulan=2026-09` or `semester=2026-1`, the newest month for none. Http404 for what is not there or not theirs."""
    lineage = list_lineage(code)
    if not lineage or not may(request, READ_FIGURES, lineage[-1].pk):
        raise Http404
    try:
        found = get_set(chosen)
    except IndicatorNotFound as error:
        raise Http404 from error
    months = list_service_months(lineage[-1])[:MOST_MONTHS]
    asked, half = request.GET.get("bulan", ""), request.GET.get("semester", "")
    if asked or half:
        month = next((at for at in months if asked in ("", f"{at:%Y-%m}") and half in ("", write_half(at))), None)
        if month is None:
            raise Http404
        return AskedSet(lineage, found, months, month)
    return AskedSet(lineage, found, months, months[0] if months else None)


def write_half(month: date) -> str:
    """2026-1 for January to June."""
    return f"{month.year}-{1 if month.month < 7 else 2}"


def read_page(asked: AskedSet) -> dict[str, Any]:
    """At most four queries."""
    values = read_set(asked.chosen, [asked.region], asked.month) if asked.month else []
    official = list_official([asked.region.pk], [asked.month]) if asked.month else set()
    return {
        "asked": asked,
        "region": asked.region,
        "chosen": asked.chosen,
        "month": asked.month,
        "months": asked.months,
        "halves": list(dict.fromkeys(write_half(month) for month in asked.months)),
        "sets": list_sets(),
        "status": get_status(asked.region.pk, asked.month, official).value if asked.month else "",
        "sections": list_sections(values),
        "parts": [words for _, _, words in PARTS],
        "values": values,
        "sentence": tell(asked, values),
        "trail": [*make_trail(asked.lineage), ("", say(asked.chosen.title))],
    }


def list_sections(values: list[SetValue]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows under their headings."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for value in values:
        sections.setdefault(say(value.item.section), []).append(describe(value))
    return list(sections.items())


def describe(value: SetValue) -> dict[str, Any]:
    """A row of the page; `parts` are the shares of each sex and state of poverty, empty where they are not kept."""
    return {
        "value": value,
        "target": write_target(value.target),
        "is_met": None if value.gap is None else (value.gap <= 0 if value.item.lower_is_better else value.gap >= 0),
        "parts": [share_part(value, part) for _, part, _ in PARTS] if value.strata else [],
    }


def share_part(value: SetValue, part: dict[str, str]) -> str:
    """“12,3 % (4 dari 30)”, or a dash where nobody of that part is counted."""
    numerator, denominator = value.add_up(**part)
    if not denominator:
        return "–"
    share = percent(100 * numerator / denominator)
    return gettext("{share} ({part} dari {all})").format(share=share, part=count(numerator), all=count(denominator))


def write_target(target: SetTarget | None) -> str:
    """“90 % (2024)”; a number with what it is of, where it is no percentage."""
    if target is None:
        return ""
    units = {"people": gettext("orang, seluruh Indonesia"), "families": gettext("keluarga, seluruh Indonesia")}
    if target.unit == "percent":
        places = 0 if target.value == target.value.to_integral_value() else 1
        return f"{percent(target.value, places)} ({target.year})"
    return f"{write_number(target.value)} {units[target.unit]} ({target.year})"


def tell(asked: AskedSet, values: list[SetValue]) -> str:
    """How many of the set's indicators have data, and how many of those with a target have reached it."""
    with_data = sum(value.denominator is not None for value in values)
    words = gettext("{place}: {number} dari {all} indikator sudah ada datanya.").format(
        place=asked.region.full_name, number=with_data, all=len(asked.chosen.items)
    )
    rows = [row["is_met"] for row in map(describe, values) if row["is_met"] is not None]
    if not rows:
        return words
    met = gettext("{met} dari {all} yang ada sasarannya sudah tercapai.").format(met=sum(rows), all=len(rows))
    return f"{words} {met}"


def list_head() -> list[str]:
    """The columns of the files."""
    parts = [f"{words} ({what})" for _, _, words in PARTS for what in (gettext("pembilang"), gettext("penyebut"))]
    return [
        gettext("No"), gettext("Kelompok"), gettext("Indikator"), gettext("Kode wilayah"), gettext("Wilayah"),
        gettext("Bulan"), gettext("Pembilang"), gettext("Penyebut"), gettext("Persen"), gettext("Sasaran"),
        gettext("Selisih (poin)"), *parts, gettext("Status"), gettext("Catatan"),
    ]  # fmt: skip


def list_rows(page: dict[str, Any]) -> Iterator[list[Cell]]:
    """A row of the files for each indicator; what is not known is said in the last column."""
    for value in page["values"]:
        target, notes = value.target, [say(note) for note in value.item.notes]
        if value.denominator is None:
            notes.insert(0, say(value.item.missing) if value.item.missing else no_data())
        yield [
            value.item.number, say(value.item.section), value.item.name.id, value.region.code, value.region.full_name,
            f"{value.month:%Y-%m}", value.numerator, value.denominator, round_percent(value.percent),
            target.value if target and target.unit == "percent" else write_target(target), round_percent(value.gap),
            *[number for _, part, _ in PARTS for number in value.add_up(**part)], page["status"], " ".join(notes),
        ]  # fmt: skip
