"""What the definitions say: groups, codes that can be recorded, services and their dated rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tumbuh.engines.definitions.api import Condition, Source, Text


class Result(StrEnum):
    """Received in time, still missing, or not due to this person."""

    YES = "Y"
    NO = "T"
    NOT_APPLICABLE = "TS"


class Window(StrEnum):
    """The days whose receipts count: a calendar period, or all since an event. Never after the month's last day."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    HALF_YEAR = "HALF_YEAR"
    YEAR = "YEAR"
    PREGNANCY = "PREGNANCY"
    BIRTH = "BIRTH"
    COUPLE = "COUPLE"
    LIFE = "LIFE"


class Kind(StrEnum):
    """What a rule counts: receipts, different codes, their quantity, one statement, or results that are known."""

    TIMES = "times"
    KINDS = "kinds"
    QUANTITY = "quantity"
    STATEMENT = "statement"
    KNOWN = "known"


class Intervention(StrEnum):
    SPECIFIC = "SPECIFIC"
    SENSITIVE = "SENSITIVE"


PACKAGES: Mapping[str, Text] = {
    "MATERNAL_CHILD_HEALTH": Text("Kesehatan ibu dan anak (KIA)", "Maternal and child health"),
    "NUTRITION": Text("Konseling gizi terpadu", "Integrated nutrition counselling"),
    "WATER_SANITATION": Text("Air bersih dan sanitasi", "Water and sanitation"),
    "SOCIAL_PROTECTION": Text("Perlindungan sosial", "Social protection"),
    "PARENTING": Text("PAUD dan pengasuhan", "Preschool and parenting"),
}


@dataclass(frozen=True)
class GroupVersion:
    """Who belongs to the group, from a day on."""

    valid_from: date
    where: Condition


@dataclass(frozen=True)
class Group:
    """A target group: nobody is put into it, the condition tells who belongs."""

    code: str
    order: int
    title: Text
    member: Text
    intervention: str
    versions: tuple[GroupVersion, ...]
    sources: tuple[Source, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class Code:
    """What can be recorded as received or stated, and what is plausible."""

    code: str
    title: Text
    unit: Text
    kind: str
    holder: str
    groups: tuple[str, ...]
    quantity: tuple[int, int]
    usual: Mapping[str, int]
    age_months: tuple[int, int]
    is_once: bool
    is_automatic: bool


@dataclass(frozen=True)
class Measure:
    """What is counted, with each part's name: codes of receipts, or columns."""

    kind: Kind
    parts: Mapping[str, Text]
    unit: Text


@dataclass(frozen=True)
class Band:
    """How much is needed of those whom the condition meets. The first band that meets a person decides."""

    where: Condition
    needed: int
    text: Text | None


@dataclass(frozen=True)
class Version:
    """A rule from a day on. `otherwise` says why somebody whom no band meets has nothing due."""

    valid_from: date
    window: Window
    measure: Measure
    bands: tuple[Band, ...]
    otherwise: Text | None


@dataclass(frozen=True)
class Service:
    """One service of a definition file. Outside the complete package (`in_package` false) it is only shown beside."""

    code: str
    order: int
    title: Text
    package: str
    intervention: str
    in_package: bool
    provider: Text
    sources: tuple[Source, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class Rule:
    """A service as it is due to one group, in its versions, oldest first."""

    group: Group
    service: Service
    versions: tuple[Version, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.group.code, self.service.code


@dataclass(frozen=True)
class PoorUntil:
    """Up to which welfare decile a household counts as poor, from a day on."""

    valid_from: date
    decile: int
    source: Source


@dataclass(frozen=True)
class Content:
    """Everything that the definitions say about target groups and services."""

    groups: tuple[Group, ...]
    codes: Mapping[str, Code]
    rules: tuple[Rule, ...]
    poor: tuple[PoorUntil, ...]


@dataclass(frozen=True, order=True)
class Receipt:
    """A service received. The same service on the same day counts once, with the quantities together."""

    received_on: date
    code: str
    quantity: int = 1
