"""Sheets of counts as data: definitions/intake/kpm-1.yaml and aksi-bangda.yaml. Pure rules, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tumbuh.engines.convergence.api import COLUMNS, Content, Group, Row, list_groups
from tumbuh.engines.definitions.api import check_condition, holds
from tumbuh.intake.eppgbm.fields import load_yaml

KINDS = ({"place"}, {"where"}, {"group"}, {"group", "where"}, {"indicator", "side"}, {"indicator", "side", "minus"})
PLACES = frozenset(("code", "kecamatan", "desa"))
SIDES = frozenset(("numerator", "denominator"))


@dataclass(frozen=True)
class CountLine:
    """One figure of a sheet: a place, people of a group or condition, or one side of an indicator."""

    label: str
    place: str = ""
    group: str = ""
    where: Any = None
    indicator: str = ""
    side: str = ""
    minus: str = ""

    @property
    def counts_people(self) -> bool:
        return bool(self.group) or self.where is not None


@dataclass(frozen=True)
class CountSheet:
    title: str
    title_en: str
    note: str
    lines: tuple[CountLine, ...]


@cache
def load_sheet(name: str) -> CountSheet:
    """The sheet of a file; DefinitionError or ValueError names what is wrong in it."""
    file = load_yaml(f"{name}.yaml")
    lines = tuple(make_line(line, f"{name}.yaml") for line in file["lines"])
    return CountSheet(file["title"]["id"], file["title"]["en"], file["layout"]["note"], lines)


def make_line(line: Mapping[str, Any], place: str) -> CountLine:
    found = CountLine(**line)
    if set(line) - {"label"} not in KINDS or found.place not in PLACES | {""} or found.side not in SIDES | {""}:
        raise ValueError(f"{place}: the line “{found.label}” says neither a place nor a count that we know")
    if found.where is not None:
        check_condition(found.where, f"{place}: {found.label}", COLUMNS)
    return found


def count_people(lines: Sequence[CountLine], rows: Iterable[Row], content: Content) -> list[int]:
    """How many of the people each line means."""
    known: Mapping[str, Group] = {group.code: group for group in content.groups}
    if unknown := {line.group for line in lines if line.group} - set(known):
        raise ValueError(f"No such target group: {', '.join(sorted(unknown))}")
    counts = [0] * len(lines)
    for row in rows:
        codes = {group.code for group in list_groups(row, content.groups)}
        for number, line in enumerate(lines):
            if line.counts_people and (not line.group or line.group in codes):
                counts[number] += line.where is None or holds(line.where, row)
    return counts
