"""The signs of measurement quality in words, and the visits that stand behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.accounts.api import Scope
from tumbuh.engines.anthropometry.api import DAYS_PER_MONTH
from tumbuh.engines.measuring.api import Doubt, Grade, Sign
from tumbuh.indicators.api import Graded, read_measuring
from tumbuh.records.api import Measurement, Visit, find_month_doubts, list_month_visits
from tumbuh.regions.api import Region
from tumbuh.web.templatetags.numbers import decimal, percent, share

EVEN = gettext_lazy("0 % merata; dikurangi kebetulan sebelum dinilai")
UNDER = gettext_lazy("wajar sampai {limit}")
NAMES: dict[str, tuple[Promise, Promise]] = {
    "weight_digits": (gettext_lazy("Kegemaran angka terakhir, berat"), EVEN),
    "length_digits": (gettext_lazy("Kegemaran angka terakhir, panjang/tinggi"), EVEN),
    "weight_rounds": (gettext_lazy("Berat berakhir 0 atau 5"), gettext_lazy("merata: 20 %")),
    "length_rounds": (gettext_lazy("Panjang/tinggi berakhir 0 atau 5"), gettext_lazy("merata: 20 %")),
    "age_heaping": (gettext_lazy("Umur menumpuk pada bulan tertentu"), EVEN),
    "haz_spread": (gettext_lazy("Sebaran TB/U (SD)"), gettext_lazy("lazimnya {low} sampai {high}")),
    "whz_spread": (gettext_lazy("Sebaran BB/TB (SD)"), gettext_lazy("lazimnya {low} sampai {high}")),
    "flagged": (gettext_lazy("Z-score tidak wajar"), UNDER),
    "shrunk": (gettext_lazy("Lebih pendek dari sebelumnya"), UNDER),
    "copied_weight": (gettext_lazy("Berat sama dengan kunjungan lalu"), UNDER),
    "repeated_pair": (gettext_lazy("Berat dan tinggi sama dengan anak lain sehari itu"), UNDER),
    "wrong_mode": (gettext_lazy("Telentang/berdiri tidak sesuai umur"), UNDER),
}
DOUBTS: dict[str, Doubt] = {
    "flagged": Doubt.FLAGGED,
    "shrunk": Doubt.SHRUNK,
    "copied_weight": Doubt.COPIED_WEIGHT,
    "repeated_pair": Doubt.REPEATED_PAIR,
    "wrong_mode": Doubt.WRONG_MODE,
}
Rules = dict[str, Any]
SPREADS = ("haz_spread", "whz_spread")
FAR = 300  # hundredths: visits so far from the median stand behind a wide spread


@dataclass(frozen=True)
class Named:
    """A sign as a page writes it; `state`: good, warn, bad, or "" where there are too few cases."""

    code: str
    label: str
    hint: str
    value: str
    cases: int
    state: str


def name_sign(sign: Sign, rules: Rules) -> Named:
    label, hint = NAMES[sign.code]
    write = (lambda value: decimal(value, 2)) if sign.code in SPREADS else share
    value = "–" if sign.value is None else write(sign.value)
    state = "" if sign.cost is None else "good" if sign.cost == 0 else "warn" if sign.cost < 0.5 else "bad"
    rule = rules["signs"][sign.code]
    limits = {
        "limit": percent(100 * rule["from"], 0),
        "low": decimal(rule.get("low")),
        "high": decimal(rule.get("high")),
    }
    return Named(sign.code, str(label), str(hint).format(**limits), value, sign.cases, state)


def name_signs(one: Graded, rules: Rules) -> list[Named]:
    return [name_sign(sign, rules) for sign in one.now.signs]


def list_worst(grade: Grade, rules: Rules, most: int = 2) -> list[Named]:
    """The signs that cost the grade most; none that cost nothing."""
    costly = sorted((sign for sign in grade.signs if sign.cost), key=lambda sign: -(sign.cost or 0))
    return [name_sign(sign, rules) for sign in costly[:most]]


def read_grade(desa: Region, month: date) -> dict[str, Any]:
    """The desa's grade with the costly signs that a review does not tell already; one query."""
    found = read_measuring(desa, month)
    told = {"weight_digits", "length_digits", "haz_spread", "whz_spread", "flagged", "shrunk"}
    signs = [
        sign for sign in name_signs(found.whole, found.rules)
        if sign.code not in told and sign.state in ("warn", "bad")
    ]  # fmt: skip
    return {"whole": found.whole, "signs": signs, "rules": found.rules}


def name_doubts(doubts: Doubt) -> list[str]:
    """What is odd about a visit, in words; WHO's flags and shrinking are told by the review itself."""
    words = {
        Doubt.FLAGGED: _("z-score tidak wajar"),
        Doubt.SHRUNK: _("lebih pendek dari sebelumnya"),
        Doubt.COPIED_WEIGHT: _("berat sama dengan kunjungan lalu"),
        Doubt.REPEATED_PAIR: _("ukuran sama dengan anak lain hari itu"),
        Doubt.WRONG_MODE: _("telentang/berdiri tidak sesuai umur"),
    }
    return [text for bit, text in words.items() if bit in doubts]


def is_round(value: Any) -> bool:
    """Whether the first decimal is 0 or 5."""
    return value is not None and int(value * 10) % 5 == 0


TESTS: dict[str, Callable[[Measurement], bool]] = {
    "weight_digits": lambda visit: is_round(visit.weight_kg),
    "weight_rounds": lambda visit: is_round(visit.weight_kg),
    "length_digits": lambda visit: is_round(visit.lenhei_cm),
    "length_rounds": lambda visit: is_round(visit.lenhei_cm),
    "age_heaping": lambda visit: int(visit.age_days / DAYS_PER_MONTH) % 12 == 0,
    "haz_spread": lambda visit: visit.haz is not None and abs(visit.haz) > FAR,
    "whz_spread": lambda visit: visit.whz is not None and abs(visit.whz) > FAR,
}


def stands_behind(sign: str, visit: Measurement, doubts: Doubt) -> bool:
    """Whether the visit is one of those that the sign counts; without a sign, whether anything is odd about it."""
    if sign in TESTS:
        return TESTS[sign](visit)
    return bool(doubts & DOUBTS[sign]) if sign in DOUBTS else bool(doubts)


def describe_rows(
    scope: Scope, desa: Region, month: date, posyandu: str, sign: str
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """The visits behind a sign, of one posyandu if asked, with what is odd; and the signs to choose from."""
    doubts = find_month_doubts(scope, desa.pk, month)
    visits: list[Visit] = list_month_visits(scope, desa.pk, month)
    rows = [
        {"visit": one.measurement, "before": one.before, "odd": name_doubts(doubts.get(one.measurement.pk, Doubt(0)))}
        for one in visits
        if posyandu in ("", str(one.measurement.posyandu_id or 0))
        and stands_behind(sign, one.measurement, doubts.get(one.measurement.pk, Doubt(0)))
    ]
    return rows, [(code, str(label)) for code, (label, _hint) in NAMES.items()]
