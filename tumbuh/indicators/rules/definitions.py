"""An indicator as data: who is counted among whom. Read from one YAML file, checked with plain errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Condition = Mapping[str, Any]


@dataclass(frozen=True)
class Text:
    """The same words in Indonesian (`id`) and English (`en`)."""

    id: str
    en: str


@dataclass(frozen=True)
class Part:
    """A numerator, a denominator or an exclusion: in words, and as a condition over the columns of child_months."""

    text: Text
    where: Condition


@dataclass(frozen=True)
class Exclusion:
    """A reason why a registered child is not in the denominator. Exclusions and denominator do not overlap."""

    code: str
    part: Part


@dataclass(frozen=True)
class Source:
    """A document the definition rests on. `is_uncertain` marks what was not read in the document itself."""

    document: str
    article: str
    is_uncertain: bool
    note: str


@dataclass(frozen=True)
class Definition:
    """One indicator. The numerator is always counted within the denominator."""

    code: str
    order: int
    title: Text
    unit: str
    period: str
    lower_is_better: bool
    numerator: Part
    denominator: Part
    exclusions: tuple[Exclusion, ...]
    disaggregation: tuple[str, ...]
    sources: tuple[Source, ...]
    notes: tuple[Text, ...]
    version: int
    valid_from: date
    author: str
    review_on: date
