"""Official sets of indicators as data: their names, what each figure is computed from, and their targets."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from tumbuh.engines.definitions.api import (
    DefinitionError,
    Source,
    Text,
    check_choice,
    check_keys,
    parse_source,
    parse_text,
)

SET = {"code": str, "order": int, "title": dict, "sources": list, "notes": list, "indicators": list}
ITEM = {"number": int, "section": dict, "name": dict, "from": dict, "notes": list}
TARGET = {"year": int, "value": str, "unit": str, "source": dict}
UNITS = ("percent", "people", "families")
Pair = tuple[str, str]  # target group and service


@dataclass(frozen=True)
class SetTarget:
    """What was to be reached by the end of a year. Only a percentage is compared with a region's figure."""

    year: int
    value: Decimal
    unit: str
    source: Source


@dataclass(frozen=True)
class SetItem:
    """One indicator of a set: computed from service cells, from a growth indicator, or not yet (`missing` says why)."""

    number: int
    section: Text
    name: Text
    services: tuple[Pair, ...]
    indicator: str
    missing: Text | None
    lower_is_better: bool
    targets: tuple[SetTarget, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class IndicatorSet:
    code: str
    order: int
    title: Text
    sources: tuple[Source, ...]
    notes: tuple[Text, ...]
    items: tuple[SetItem, ...]


def parse_set(content: object, file: str, pairs: frozenset[Pair], indicators: frozenset[str]) -> IndicatorSet:
    """One file; every mistake is told with file and key. `pairs` and `indicators` are those that there are."""
    data = check_keys(content, SET, file)
    if data["code"] != file.removesuffix(".yaml"):
        raise DefinitionError(f"{file}: code {data['code']!r} must be the file's name")
    items = tuple(
        parse_item(item, f"{file}: indicators[{number}]", pairs, indicators)
        for number, item in enumerate(data["indicators"])
    )
    if [item.number for item in items] != list(range(1, len(items) + 1)):
        raise DefinitionError(f"{file}: indicators: expected the numbers 1, 2, 3 … in their order")
    return IndicatorSet(
        code=data["code"],
        order=data["order"],
        title=parse_text(data["title"], f"{file}: title"),
        sources=tuple(parse_source(item, f"{file}: sources[{n}]") for n, item in enumerate(data["sources"])),
        notes=tuple(parse_text(item, f"{file}: notes[{n}]") for n, item in enumerate(data["notes"])),
        items=items,
    )


def parse_item(content: object, place: str, pairs: frozenset[Pair], indicators: frozenset[str]) -> SetItem:
    data = check_keys(content, ITEM, place, {"targets": list, "lower_is_better": bool})
    origin, here = data["from"], f"{place}.from"
    if len(origin) != 1 or next(iter(origin)) not in ("services", "indicator", "missing"):
        raise DefinitionError(f"{here}: write exactly one of services, indicator, missing")
    services = parse_pairs(origin.get("services", []), f"{here}.services", pairs)
    if "indicator" in origin:
        check_choice(origin["indicator"], indicators, f"{here}.indicator")
    return SetItem(
        number=data["number"],
        section=parse_text(data["section"], f"{place}.section"),
        name=parse_text(data["name"], f"{place}.name"),
        services=services,
        indicator=origin.get("indicator", ""),
        missing=parse_text(origin["missing"], f"{here}.missing") if "missing" in origin else None,
        lower_is_better=data.get("lower_is_better", False),
        targets=tuple(parse_target(item, f"{place}.targets[{n}]") for n, item in enumerate(data.get("targets", []))),
        notes=tuple(parse_text(item, f"{place}.notes[{n}]") for n, item in enumerate(data["notes"])),
    )


def parse_pairs(content: list[object], place: str, pairs: frozenset[Pair]) -> tuple[Pair, ...]:
    found = []
    for number, item in enumerate(content):
        if not isinstance(item, list) or tuple(item) not in pairs:
            raise DefinitionError(f"{place}[{number}]: {item!r} is no [group, service] that has a rule")
        found.append((str(item[0]), str(item[1])))
    return tuple(found)


def parse_target(content: object, place: str) -> SetTarget:
    data = check_keys(content, TARGET, place)
    check_choice(data["unit"], UNITS, f"{place}.unit")
    try:
        value = Decimal(data["value"])
    except InvalidOperation as error:
        raise DefinitionError(f"{place}.value: expected a number, found {data['value']!r}") from error
    return SetTarget(data["year"], value, data["unit"], parse_source(data["source"], f"{place}.source"))


def find_set_target(item: SetItem, month: date) -> SetTarget | None:
    """The target of the month's year; after the last year the last one holds on, before the first the first."""
    held = sorted(item.targets, key=lambda target: target.year)
    past = [target for target in held if target.year <= month.year]
    return past[-1] if past else held[0] if held else None


def compute_gap(percent: Decimal | None, target: SetTarget | None) -> Decimal | None:
    """Percentage points from the target, positive above it; None where the two cannot be compared."""
    if percent is None or target is None or target.unit != "percent":
        return None
    return percent - target.value
