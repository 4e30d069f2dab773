"""The columns we know, as data: definitions/intake/eppgbm.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from tumbuh.engines.linkage.api import edit_distance

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions" / "intake"
BRACKETS = re.compile(r"[(\[].*?[)\]]")
NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One column we know: our name, Indonesian and English label, unit ("" none), needed or not, folded spellings."""

    name: str
    label: str
    label_en: str
    unit: str
    is_required: bool
    spellings: frozenset[str]


@lru_cache(maxsize=4096)
def fold_heading(text: str) -> str:
    """Letters and digits only, lower case: "Kab/Kota" → "kabkota"."""
    return NOISE.sub("", text.casefold())


def load_yaml(name: str) -> Any:
    """A file of definitions/intake."""
    return yaml.safe_load((DEFINITIONS / name).read_text(encoding="utf-8"))


@cache
def list_fields() -> tuple[Field, ...]:
    """All columns we know, in the order of a real export."""
    return tuple(
        Field(
            name=name,
            label=line["label"],
            label_en=line["en"],
            unit=line.get("unit", ""),
            is_required=line.get("required", False),
            spellings=frozenset(fold_heading(text) for text in (line["label"], *line["names"])),
        )
        for name, line in load_yaml("eppgbm.yaml").items()
    )


@cache
def get_labels() -> dict[str, str]:
    """Field name -> Indonesian label."""
    return {field.name: field.label for field in list_fields()}


@cache
def get_spellings() -> dict[str, str]:
    """Folded spelling -> field name. ValueError when two fields claim the same spelling."""
    found: dict[str, str] = {}
    for field in list_fields():
        for spelling in field.spellings:
            if found.setdefault(spelling, field.name) != field.name:
                raise ValueError(f"{spelling}: {found[spelling]} and {field.name}")
    return found


@lru_cache(maxsize=4096)
def guess_field(heading: str) -> tuple[str, float]:
    """Field ("" unknown) and confidence of a heading of e-PPGBM."""
    return match_heading(heading, get_spellings())


def match_heading(heading: str, spellings: Mapping[str, str]) -> tuple[str, float]:
    """Field ("" unknown) and confidence of a heading: 1.0 a known spelling, 0.95 but for its unit, less misspelt."""
    folded = fold_heading(heading)
    if folded in spellings:
        return spellings[folded], 1.0
    bare = fold_heading(BRACKETS.sub("", heading))
    if bare in spellings:
        return spellings[bare], 0.95
    if len(bare) < 5:
        return "", 0.0
    allowed = 1 if len(bare) < 9 else 2
    ranked = sorted((edit_distance(bare, known, allowed), known) for known in spellings if len(known) >= 5)
    best = ranked[0][0] if ranked else allowed + 1
    fields = {spellings[known] for distance, known in ranked if distance == best}
    if best > allowed or len(fields) > 1:
        return "", 0.0
    return fields.pop(), round(0.9 - 0.1 * best, 2)
