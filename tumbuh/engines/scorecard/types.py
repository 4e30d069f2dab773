"""What the definitions of the scorecard say: readings, groups, indicators and their dated versions, counts, tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from tumbuh.engines.definitions.api import Condition, Source, Text
from tumbuh.engines.scorecard.conditions import Test, compile_condition

DUE_MONTHS = "due_months"  # instead of a number needed: one for each month that is due to the person


class Window(StrEnum):
    """The days whose receipts count, never after the day the quarter is read on."""

    QUARTER = "QUARTER"
    TWELVE_MONTHS = "TWELVE_MONTHS"
    DUE_MONTHS = "DUE_MONTHS"
    PREGNANCY = "PREGNANCY"
    BIRTH = "BIRTH"
    LIFE = "LIFE"


class Kind(StrEnum):
    """What is counted: days with a receipt, months with one, different kinds, quantities; or one statement."""

    TIMES = "times"
    MONTHS = "months"
    KINDS = "kinds"
    QUANTITY = "quantity"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Reading:
    """One way to read the scorecard that can be defended."""

    code: str
    title: Text
    text: Text


@dataclass(frozen=True)
class Measure:
    """Each part is one or several codes (any of them counts as this part); `unit` is what is counted, in words."""

    kind: Kind
    parts: tuple[tuple[str, ...], ...]
    names: tuple[Text, ...]
    unit: Text

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for part in self.parts for code in part)


@dataclass(frozen=True)
class Band:
    """How much is needed of those whom the condition meets: 0, nothing is due (TS). The first that meets decides."""

    where: Condition
    needed: int | str
    text: Text | None

    @cached_property
    def meets(self) -> Test:
        return compile_condition(self.where)


@dataclass(frozen=True)
class Version:
    """A rule from a day on, for some readings. `otherwise` says why somebody has nothing due."""

    valid_from: date
    readings: tuple[str, ...]
    window: Window
    measure: Measure
    bands: tuple[Band, ...]
    otherwise: Text | None


@dataclass(frozen=True)
class Absent:
    """A row of the format of which nothing is recorded, and why."""

    title: Text
    reason: Text


@dataclass(frozen=True)
class Indicator:
    """A row of table 3. `number` is its place in its group, from 1."""

    code: str
    number: int
    title: Text
    short: Text
    parts: tuple[Absent, ...]
    notes: tuple[Text, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Group:
    """Who is asked the group's indicators. `in_total`: summed in table 4."""

    code: str
    order: int
    title: Text
    member: Text
    where: Condition
    in_total: bool
    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    notes: tuple[Text, ...]

    @cached_property
    def meets(self) -> Test:
        return compile_condition(self.where)


@dataclass(frozen=True)
class Tally:
    """A line of table 1 or 2: people, or their households, whom the condition meets."""

    code: str
    table: int
    title: Text
    of_households: bool
    where: Condition
    notes: tuple[Text, ...]

    @cached_property
    def meets(self) -> Test:
        return compile_condition(self.where)


@dataclass(frozen=True)
class Heading:
    """The title and notes of one of the five tables."""

    number: int
    title: Text
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class Content:
    """Everything that the definitions say. The first reading is the one shown unless another is asked for."""

    readings: tuple[Reading, ...]
    groups: tuple[Group, ...]
    tallies: tuple[Tally, ...]
    headings: Mapping[int, Heading]
    fund_fields: Mapping[str, Text]
    sources: tuple[Source, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code of a receipt that some rule counts."""
        return frozenset(
            code
            for group in self.groups
            for indicator in group.indicators
            for version in indicator.versions
            if version.measure.kind != Kind.STATEMENT
            for code in version.measure.codes
        )
