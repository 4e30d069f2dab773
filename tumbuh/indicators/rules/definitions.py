"""An indicator as data: who is counted among whom. Read from one YAML file, checked with plain errors."""

from dataclasses import dataclass
from datetime import date

from tumbuh.engines.definitions.api import Condition, Source, Text


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
class Definition:
    """One indicator. The numerator is always counted within the denominator.

    What is not `is_public` would let readers subtract one protected figure from another: for officials only.
    """

    code: str
    order: int
    title: Text
    unit: str
    period: str
    lower_is_better: bool
    is_public: bool
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
