"""The list of institutions that each region of a level has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from tumbuh.accounts.rules import InstitutionKind
from tumbuh.regions.api import Kind, Level, Region, fold_name

PLACE = "{wilayah}"


@dataclass(frozen=True)
class Listed:
    """One entry. Without `level` it is a name only, of people or of many, and no institution is made of it."""

    code: str
    name: str
    kind: InstitutionKind
    level: Level | None
    valid_from: date
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    only: tuple[Kind, ...] = ()
    valid_to: date | None = None

    def fits(self, region: Region) -> bool:
        """Whether that region has one."""
        return region.level == self.level and (not self.only or region.kind in self.only)

    def name_for(self, region: Region) -> str:
        return self.name.replace(PLACE, region.full_name)

    def list_names(self) -> set[str]:
        """The names by which texts call it, folded."""
        return {fold_name(text) for text in self.aliases}


def list_listed() -> tuple[Listed, ...]:
    """Every entry of `definitions/institutions.yaml`, in its order."""
    return _read(Path(settings.DEFINITIONS) / "institutions.yaml")


@cache
def _read(path: Path) -> tuple[Listed, ...]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_make(entry, content["valid_from"]) for entry in content["institutions"])


def _make(entry: dict[str, Any], valid_from: date) -> Listed:
    return Listed(
        code=entry["code"],
        name=entry["name"],
        kind=InstitutionKind[entry["kind"]],
        level=Level[entry["level"]] if entry.get("level") else None,
        valid_from=entry.get("valid_from", valid_from),
        short_name=entry.get("short_name", ""),
        aliases=tuple(entry.get("aliases", ())),
        only=tuple(Kind[kind] for kind in entry.get("only", ())),
        valid_to=entry.get("valid_to"),
    )


def find_listed(name: str, listed: Iterable[Listed] | None = None) -> list[Listed]:
    """The entries that texts call by this name, whatever its capitals and spaces."""
    folded = fold_name(name)
    return [entry for entry in (list_listed() if listed is None else listed) if folded in entry.list_names()]
