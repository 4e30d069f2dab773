"""The lists we know, as data: definitions/intake/sources/*.yaml with the shared columns of list-columns.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cache, cached_property
from typing import Any, NamedTuple

from tumbuh.intake.eppgbm.fields import DEFINITIONS, Field, fold_heading, load_yaml

EPPGBM = "eppgbm"


class Shift(NamedTuple):
    """A program leaves out the heading of field `missing`, whose values stand where the heading of `before` is."""

    missing: str
    before: str


@dataclass(frozen=True)
class Figures:
    """A list of counts instead of people, a line for each desa: what must hold between its columns.

    `sums`: a total equals its parts; `within`: the first is no more than the second; `at_most`: the parts together are
    no more than the whole; `derived`: a figure is the sum of the first choice of columns that are all there.
    """

    period: str
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    within: tuple[tuple[str, str], ...]
    at_most: tuple[tuple[str, tuple[str, ...]], ...]
    derived: Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Source:
    """One list: its columns in the order of the template, and which of them are needed (one of each choice).

    `learned` are headings that officials explained, folded, with their fields.
    """

    name: str
    title: str
    title_en: str
    reader: str
    is_monthly: bool
    is_layout_read: bool
    note: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    shift: Shift | None
    example: Mapping[str, Any]
    figures: Figures | None = None
    learned: Mapping[str, str] = attribute(default_factory=dict)

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Folded spelling → field name. ValueError when two fields claim the same spelling."""
        found: dict[str, str] = {}
        for field in self.fields:
            for spelling in field.spellings:
                if found.setdefault(spelling, field.name) != field.name:
                    raise ValueError(f"{self.name}: {spelling} is {found[spelling]} and {field.name}")
        return found | dict(self.learned)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {field.name: field.label for field in self.fields}


@cache
def list_sources() -> tuple[Source, ...]:
    """All lists but e-PPGBM, in their order."""
    files = {path.stem: load_yaml(f"sources/{path.name}") for path in (DEFINITIONS / "sources").glob("*.yaml")}
    return tuple(make_source(name, file) for name, file in sorted(files.items(), key=lambda item: item[1]["order"]))


@cache
def find_source(name: str) -> Source | None:
    return next((source for source in list_sources() if source.name == name), None)


def make_source(name: str, file: dict[str, Any]) -> Source:
    shared: dict[str, Any] = {}
    for group in file["groups"]:
        shared |= load_yaml("list-columns.yaml")[group]
    layout, shift = file["layout"], file.get("shifted")
    return Source(
        name=name,
        title=file["title"]["id"],
        title_en=file["title"]["en"],
        reader=file.get("reader", ""),
        is_monthly=file.get("is_monthly", False),
        is_layout_read=layout["read"],
        note=layout["note"],
        fields=tuple(make_field(field, shared.get(field, {}), own) for field, own in file["columns"].items()),
        needs=tuple(tuple(choice) for choice in file["needs"]),
        shift=Shift(**shift) if shift else None,
        example=file["example"],
        figures=make_figures(file["figures"]) if "figures" in file else None,
    )


def make_figures(file: dict[str, Any]) -> Figures:
    return Figures(
        period=file["period"],
        sums=tuple((total, tuple(parts)) for total, parts in file["sums"]),
        within=tuple((part, whole) for part, whole in file["within"]),
        at_most=tuple((whole, tuple(parts)) for whole, parts in file["at_most"]),
        derived={name: tuple(map(tuple, choices)) for name, choices in file["derived"].items()},
    )


def make_field(name: str, shared: dict[str, Any], own: dict[str, Any]) -> Field:
    """A column: what the list says of it, else what the shared columns say; spellings of both."""
    line = {**shared, **own}
    texts = [line["label"], *shared.get("names", []), *own.get("names", [])]
    texts += [shared["label"]] if "label" in shared and name != "name" else []
    spellings = frozenset(fold_heading(text) for text in texts)
    return Field(name, line["label"], line["en"], line.get("unit", ""), False, spellings)
