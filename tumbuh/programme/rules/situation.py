"""Analysis of the situation: in which order gaps stand, and which kinds of barriers can be noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tumbuh.programme.rules.convergence import pick


@dataclass(frozen=True)
class Need:
    """What was due to how many people and how many received it; None where that is not known or protected."""

    key: str
    due: int | None
    received: int | None

    @property
    def missing(self) -> int | None:
        return None if self.due is None or self.received is None else self.due - self.received


@dataclass(frozen=True)
class Ranked:
    """A need and its place, 1 the first; None for what is no gap or is not known."""

    need: Need
    rank: int | None


def rank_needs(needs: Iterable[Need]) -> list[Ranked]:
    """Most missing people first; of as many, the larger share of those due; of the same share, in the order given.

    People count before shares because a plan reaches people: 40 of 400 who miss a service come before 5 of 5. Equal
    people and shares are equal in rank, and the rank after them is left out. Behind them, without rank: where nothing
    is missing, where nobody is due, where the figure is not known or protected.
    """
    listed = list(needs)
    open_ones = sorted((one for one in listed if one.missing), key=weigh)
    weights = [weigh(one) for one in open_ones]
    ranked = [Ranked(one, weights.index(weight) + 1) for one, weight in zip(open_ones, weights, strict=True)]
    others = sorted((one for one in listed if not one.missing), key=lambda one: (one.missing is None, one.due == 0))
    return ranked + [Ranked(one, None) for one in others]


def weigh(need: Need) -> tuple[int, Fraction]:
    """The smaller, the further in front."""
    missing = need.missing or 0
    return -missing, -Fraction(missing, need.due or 1)


@dataclass(frozen=True)
class BarrierKind:
    code: str
    indonesian: str
    english: str

    @property
    def label(self) -> str:
        return pick(self.indonesian, self.english)


@dataclass(frozen=True)
class BarrierKinds:
    """The kinds that can be noted from a day on, and whose list it is."""

    valid_from: date
    source: str
    uncertain: bool
    kinds: tuple[BarrierKind, ...]

    def find(self, code: str) -> BarrierKind | None:
        return next((kind for kind in self.kinds if kind.code == code), None)


def parse_kinds(content: Mapping[str, Any]) -> list[BarrierKinds]:
    """The versions of definitions/programme/barriers.yaml, the newest first; KeyError for a file not written so."""
    found = [
        BarrierKinds(
            one["valid_from"], one["source"], one["uncertain"],
            tuple(BarrierKind(kind["code"], kind["id"], kind["en"]) for kind in one["kinds"]),
        )
        for one in content["versions"]
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.valid_from, reverse=True)


def find_kinds(versions: Sequence[BarrierKinds], year: int) -> BarrierKinds:
    """The version in force at the end of the year; the oldest for the years before it."""
    return next((one for one in versions if one.valid_from <= date(year, 12, 31)), versions[-1])
