"""Kinds of activities: what each is called, where it is held and what its record must have."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from tumbuh.regions.api import Level


def pick_words(indonesian: str, english: str) -> str:
    """The words in the reader's language."""
    return english if (get_language() or "id").startswith("en") else indonesian


@dataclass(frozen=True)
class Section:
    """One heading of the minutes; a required one may not stay empty."""

    key: str
    label_id: str
    label_en: str
    is_required: bool = False

    @property
    def label(self) -> str:
        return pick_words(self.label_id, self.label_en)


@dataclass(frozen=True)
class Needs:
    """The least that must be there before the activity counts as held."""

    participants: int = 0
    minutes: bool = False
    decisions: int = 0
    follow_ups: int = 0
    photos: int = 0
    reach: int = 0


@dataclass(frozen=True)
class Kind:
    """One kind of activity, as definitions/activities/kinds.yaml has it."""

    code: str
    label_id: str
    label_en: str
    about_id: str
    about_en: str
    levels: frozenset[Level]
    needs: Needs
    sections: tuple[Section, ...]
    agenda: tuple[str, ...]
    has_findings: bool = False
    has_reach: bool = False

    @property
    def label(self) -> str:
        return pick_words(self.label_id, self.label_en)

    @property
    def about(self) -> str:
        return pick_words(self.about_id, self.about_en)


def parse_kinds(raw: dict[str, Any]) -> dict[str, Kind]:
    """The kinds of the definition by code, in its order; a KeyError or ValueError says what is wrong with it."""
    templates = {
        name: tuple(Section(row["key"], row["id"], row["en"], row.get("required", False)) for row in rows)
        for name, rows in raw["minutes"].items()
    }
    kinds = {}
    for row in raw["kinds"]:
        if row["code"] in kinds:
            raise ValueError(f"{row['code']} stands twice in the kinds of activities.")
        kinds[row["code"]] = Kind(
            code=row["code"],
            label_id=row["id"],
            label_en=row["en"],
            about_id=row["about"],
            about_en=row["about_en"],
            levels=frozenset(Level[name] for name in row["levels"]),
            needs=Needs(**row["needs"]),
            sections=templates[row["minutes"]],
            agenda=tuple(raw["agendas"][row["agenda"]]),
            has_findings=row.get("has_findings", False),
            has_reach=row.get("has_reach", False),
        )
    return kinds
