"""Category of nutritional status of a z-score (PMK 2/2020), and what counts as a case in prevalence."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tumbuh.engines.anthropometry.parameters import get_parameters
from tumbuh.engines.anthropometry.rules import MISSING

LOWEST, HIGHEST = MISSING + 1, -MISSING


@dataclass(frozen=True, slots=True)
class Category:
    """One category; `low` and `high` are the first and last hundredths of z that belong to it."""

    code: str
    label: str
    label_en: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Cutoff:
    """Who counts as a case: hundredths of z from `low` to `high`; with oedema also children without a z."""

    code: str
    indicator: str
    low: int
    high: int
    oedema_counts: bool


class BadCategoriesError(Exception):
    """The categories in a parameter file leave a gap or overlap."""

    code = "GROWTH_CATEGORIES_BROKEN"


def read_bounds(entry: dict[str, Any]) -> tuple[int, int]:
    """`below`, `from`, `to`, `above` (z) as the first and last hundredths inside."""
    low, high = LOWEST, HIGHEST
    if "from" in entry:
        low = round(entry["from"] * 100)
    if "above" in entry:
        low = round(entry["above"] * 100) + 1
    if "to" in entry:
        high = round(entry["to"] * 100)
    if "below" in entry:
        high = round(entry["below"] * 100) - 1
    return low, high


@lru_cache(maxsize=32)
def list_categories(indicator: str, on: date | None = None) -> tuple[Category, ...]:
    """The categories of haz, waz, whz or baz in force on a day, lowest first.

    Raises KeyError for an indicator without categories, BadCategoriesError when the file has gaps or overlaps.
    """
    entries = get_parameters("growth-categories", on)["indicators"][indicator]["categories"]
    categories = [Category(e["code"], e["label"], e["label_en"], *read_bounds(e)) for e in entries]
    edges = [LOWEST - 1, *(c.high for c in categories)]
    if edges[-1] != HIGHEST or any(c.low != edge + 1 for c, edge in zip(categories, edges, strict=False)):
        raise BadCategoriesError(f"The categories of {indicator} must follow each other without gap or overlap.")
    return tuple(categories)


def find_category(indicator: str, z_hundredths: int | None, on: date | None = None) -> Category | None:
    """The category of one z in hundredths; None without a z."""
    if z_hundredths is None or z_hundredths == MISSING:
        return None
    return next((c for c in list_categories(indicator, on) if c.low <= z_hundredths <= c.high), None)


def classify_many(indicator: str, z_hundredths: ArrayLike, on: date | None = None) -> NDArray[np.str_]:
    """The category codes of many z-scores in hundredths; empty text where MISSING."""
    categories = list_categories(indicator, on)
    z = np.asarray(z_hundredths)
    codes = np.array([*(c.code for c in categories), ""])
    place = np.searchsorted([c.high for c in categories], z)
    classified: NDArray[np.str_] = codes[np.where(z == MISSING, len(categories), place)]
    return classified


def classify_haz(z_hundredths: int | None, on: date | None = None) -> str | None:
    """The category code of length/height-for-age; None without a z."""
    return get_code(find_category("haz", z_hundredths, on))


def classify_waz(z_hundredths: int | None, on: date | None = None) -> str | None:
    """The category code of weight-for-age; None without a z."""
    return get_code(find_category("waz", z_hundredths, on))


def classify_whz(z_hundredths: int | None, on: date | None = None) -> str | None:
    """The category code of weight-for-length/height; None without a z."""
    return get_code(find_category("whz", z_hundredths, on))


def classify_baz(z_hundredths: int | None, on: date | None = None) -> str | None:
    """The category code of BMI-for-age; None without a z."""
    return get_code(find_category("baz", z_hundredths, on))


def get_code(category: Category | None) -> str | None:
    return None if category is None else category.code


@lru_cache(maxsize=8)
def get_cutoffs(on: date | None = None) -> dict[str, Cutoff]:
    """Prevalence code (stunting, wasting, …) → who counts, as in force on a day."""
    entries = get_parameters("growth-prevalence", on)["cutoffs"]
    return {
        code: Cutoff(code, e["indicator"], *read_bounds(e), bool(e.get("oedema_counts", False)))
        for code, e in entries.items()
    }
