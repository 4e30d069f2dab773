"""From the content of the scorecard's files to its definitions; every mistake is told with file and key."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tumbuh.engines.convergence.api import Code
from tumbuh.engines.definitions.api import (
    DefinitionError,
    Source,
    Text,
    check_choice,
    check_condition,
    check_keys,
    parse_source,
    parse_text,
)
from tumbuh.engines.scorecard.people import COLUMNS, STATEMENTS
from tumbuh.engines.scorecard.types import (
    DUE_MONTHS,
    Absent,
    Band,
    Group,
    Indicator,
    Kind,
    Measure,
    Version,
    Window,
)

GROUP = {
    "code": str,
    "order": int,
    "title": dict,
    "member": dict,
    "where": dict,
    "in_total": bool,
    "sources": list,
    "notes": list,
    "indicators": list,
}
INDICATOR = {"code": str, "title": dict, "short": dict, "notes": list, "versions": list}
VERSION = {"valid_from": date, "readings": list, "window": str, "measure": dict, "bands": list}
STATED = Text("keterangan", "statements")
Codes = Mapping[str, Code]


def parse_group(content: object, file: str, codes: Codes, readings: tuple[str, ...]) -> Group:
    """One file of a group with its indicators."""
    data = check_keys(content, GROUP, file)
    indicators = tuple(
        parse_indicator(item, number, f"{file}: indicators[{number - 1}]", codes, readings)
        for number, item in enumerate(data["indicators"], 1)
    )
    check_single([one.code for one in indicators], f"{file}: indicators")
    return Group(
        code=data["code"],
        order=data["order"],
        title=parse_text(data["title"], f"{file}: title"),
        member=parse_text(data["member"], f"{file}: member"),
        where=check_condition(data["where"], f"{file}: where", COLUMNS),
        in_total=data["in_total"],
        indicators=indicators,
        sources=parse_sources(data["sources"], f"{file}: sources"),
        notes=parse_notes(data["notes"], f"{file}: notes"),
    )


def parse_indicator(content: object, number: int, place: str, codes: Codes, readings: tuple[str, ...]) -> Indicator:
    data = check_keys(content, INDICATOR, place, {"parts": list})
    versions = tuple(
        parse_version(item, f"{place}.versions[{n}]", codes, readings) for n, item in enumerate(data["versions"])
    )
    for reading in readings:
        days = [one.valid_from.isoformat() for one in versions if reading in one.readings]
        if not days:
            raise DefinitionError(f"{place}.versions: reading {reading} has no rule")
        check_single(days, f"{place}.versions, reading {reading}")
    return Indicator(
        code=data["code"],
        number=number,
        title=parse_text(data["title"], f"{place}.title"),
        short=parse_text(data["short"], f"{place}.short"),
        parts=tuple(parse_absent(item, f"{place}.parts[{n}]") for n, item in enumerate(data.get("parts", []))),
        notes=parse_notes(data["notes"], f"{place}.notes"),
        versions=versions,
    )


def parse_absent(content: object, place: str) -> Absent:
    data = check_keys(content, {"title": dict, "reason": dict}, place)
    return Absent(parse_text(data["title"], f"{place}.title"), parse_text(data["reason"], f"{place}.reason"))


def parse_version(content: object, place: str, codes: Codes, readings: tuple[str, ...]) -> Version:
    data = check_keys(content, VERSION, place, {"otherwise": dict})
    if not data["readings"]:
        raise DefinitionError(f"{place}.readings: name at least one")
    for reading in data["readings"]:
        check_choice(reading, readings, f"{place}.readings")
    check_choice(data["window"], list(Window), f"{place}.window")
    measure = parse_measure(data["measure"], f"{place}.measure", codes)
    return Version(
        valid_from=data["valid_from"],
        readings=tuple(data["readings"]),
        window=Window(data["window"]),
        measure=measure,
        bands=tuple(parse_band(item, f"{place}.bands[{n}]", measure) for n, item in enumerate(data["bands"])),
        otherwise=parse_text(data["otherwise"], f"{place}.otherwise") if "otherwise" in data else None,
    )


def parse_band(content: object, place: str, measure: Measure) -> Band:
    """`needed` is a number, 0 for nothing due, or `due_months`."""
    if not isinstance(content, dict):
        raise DefinitionError(f"{place}: expected keys where, needed, text")
    needed = content.get("needed")
    by_month = needed == DUE_MONTHS
    data = check_keys(content, {"where": dict, "needed": str if by_month else int}, place, {"text": dict})
    if by_month != (measure.kind == Kind.MONTHS) and needed != 0:
        raise DefinitionError(
            f"{place}.needed: {DUE_MONTHS} goes with the measure {Kind.MONTHS.value}, and with no other"
        )
    if not by_month and data["needed"] < 0:
        raise DefinitionError(f"{place}.needed: expected 0 or more, found {needed}")
    text = parse_text(data["text"], f"{place}.text") if "text" in data else None
    return Band(check_condition(data["where"], f"{place}.where", COLUMNS), data["needed"], text)


def parse_measure(content: dict[str, Any], place: str, codes: Codes) -> Measure:
    """`{times: [codes]}`, months, quantity, kinds (a part may be a list of codes); `{statement: column}`."""
    if len(content) != 1 or next(iter(content)) not in list(Kind):
        raise DefinitionError(f"{place}: write exactly one of {', '.join(Kind)}")
    name, value = next(iter(content.items()))
    kind, place = Kind(name), f"{place}.{name}"
    if kind == Kind.STATEMENT:
        check_choice(value, STATEMENTS, place)
        return Measure(kind, ((value,),), (codes[value].title,), STATED)
    if not isinstance(value, list) or not value:
        raise DefinitionError(f"{place}: expected a list, found {value!r}")
    parts = tuple(tuple(part) if isinstance(part, list) else (part,) for part in value)
    for code in (code for part in parts for code in part):
        check_choice(code, [known.code for known in codes.values() if known.kind == "EVENT"], place)
    return Measure(kind, parts, tuple(name_part(part, codes) for part in parts), codes[parts[0][0]].unit)


def name_part(part: tuple[str, ...], codes: Codes) -> Text:
    """A code's own name; of several, the first with a word that there are others."""
    first = codes[part[0]].title
    return first if len(part) == 1 else Text(f"{first.id} atau yang sejenis", f"{first.en} or another of its kind")


def parse_sources(content: list[object], place: str) -> tuple[Source, ...]:
    if not content:
        raise DefinitionError(f"{place}: name at least one document")
    return tuple(parse_source(item, f"{place}[{number}]") for number, item in enumerate(content))


def parse_notes(content: list[object], place: str) -> tuple[Text, ...]:
    return tuple(parse_text(item, f"{place}[{number}]") for number, item in enumerate(content))


def check_single(names: list[str], place: str) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise DefinitionError(f"{place}: {doubled[0]} is there twice")
