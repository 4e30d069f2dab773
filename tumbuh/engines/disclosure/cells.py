"""One figure: which counts are hidden, which are rounded, and when there is no rate.

Rules and their sources: `definitions/parameters/disclosure.yaml`; why: `docs/explanation/disclosure.md`.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Label(StrEnum):
    """What a reader may be told about a protected figure; `text` is Indonesian, ready for translation."""

    SHOWN = "SHOWN"
    BELOW_THRESHOLD = "BELOW_THRESHOLD"
    SMALL_BASE = "SMALL_BASE"
    GROUP = "GROUP"
    WITHHELD = "WITHHELD"
    NO_DATA = "NO_DATA"

    @property
    def text(self) -> str:
        return TEXTS[self]


TEXTS: dict[Label, str] = {
    Label.SHOWN: "dibulatkan",
    Label.BELOW_THRESHOLD: "kurang dari 10",
    Label.SMALL_BASE: "jumlah anak terlalu sedikit",
    Label.GROUP: "disembunyikan: hampir semua anak",
    Label.WITHHELD: "disembunyikan untuk melindungi wilayah lain",
    Label.NO_DATA: "belum ada data",
}


@dataclass(frozen=True)
class Parameters:
    """Counts below `threshold` are hidden, others rounded to `base`; no rate on fewer than `rate_minimum` people."""

    threshold: int = 10
    base: int = 5
    rate_minimum: int = 20


@dataclass(frozen=True)
class Figure:
    """True counts of people, not for publishing."""

    numerator: int
    denominator: int


@dataclass(frozen=True)
class Protected:
    """What may be published: rounded counts, or None where hidden. `value` is a percentage with one decimal."""

    numerator: int | None
    denominator: int | None
    value: Decimal | None
    label: Label


def round_count(count: int, base: int) -> int:
    """The nearest multiple of `base`, halves upwards."""
    return (2 * count + base) // (2 * base) * base


def protect(
    numerator: int, denominator: int, *, threshold: int = 10, base: int = 5, rate_minimum: int = 20
) -> Protected:
    """The figure as it may be published, looked at alone; ValueError where it cannot be a count of people.

    Zero is hidden with the small counts ("kurang dari 10" covers 0 to 9), so that "none of them" is not told of a
    small group; a figure whose rounded parts are equal is hidden, so that "all of them" is not told either.
    The value is computed from the rounded counts and tells nothing more than they do.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is not a count of people among people")
    if denominator == 0:
        return Protected(None, None, None, Label.NO_DATA)
    if denominator < threshold:
        return Protected(None, None, None, Label.SMALL_BASE)
    among = round_count(denominator, base)
    if denominator < rate_minimum:
        return Protected(None, among, None, Label.SMALL_BASE)
    if numerator < threshold:
        return Protected(None, among, None, Label.BELOW_THRESHOLD)
    count = round_count(numerator, base)
    if count >= among:
        return Protected(None, among, None, Label.GROUP)
    return Protected(count, among, compute_value(count, among), Label.SHOWN)


def compute_value(count: int | None, among: int | None) -> Decimal | None:
    """The percentage with one decimal that two published counts give; None where one is hidden."""
    if count is None or among is None:
        return None
    return (Decimal(100) * count / among).quantize(Decimal("0.1"), ROUND_HALF_UP)
