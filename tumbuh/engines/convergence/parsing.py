"""Services: from the content of a definition file to rules; every mistake is told with file and key."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tumbuh.engines.convergence.columns import COLUMNS, DESCRIBED, STATEMENTS
from tumbuh.engines.convergence.types import (
    PACKAGES,
    Band,
    Code,
    Group,
    Intervention,
    Kind,
    Measure,
    Rule,
    Service,
    Version,
    Window,
)
from tumbuh.engines.convergence.vocabulary import parse_sources, parse_texts, sort_versions
from tumbuh.engines.definitions.api import (
    DefinitionError,
    Text,
    check_choice,
    check_condition,
    check_keys,
    parse_text,
)

SERVICE = {
    "code": str,
    "order": int,
    "title": dict,
    "package": str,
    "intervention": str,
    "in_package": bool,
    "provider": dict,
    "sources": list,
    "notes": list,
    "versions": list,
}
VERSION = {"valid_from": date, "groups": list, "window": str, "measure": dict, "bands": list}
KNOWN_UNIT = Text("hasil", "results")
STATED_UNIT = Text("keterangan", "statements")


def parse_service(content: object, file: str, groups: tuple[Group, ...], codes: Mapping[str, Code]) -> tuple[Rule, ...]:
    """The rules of one file: one for each group that a version names."""
    data = check_keys(content, SERVICE, file)
    if data["code"] != file.removesuffix(".yaml"):
        raise DefinitionError(f"{file}: code {data['code']!r} must be the file's name")
    check_choice(data["package"], PACKAGES, f"{file}: package")
    check_choice(data["intervention"], list(Intervention), f"{file}: intervention")
    service = Service(
        code=data["code"],
        order=data["order"],
        title=parse_text(data["title"], f"{file}: title"),
        package=data["package"],
        intervention=data["intervention"],
        in_package=data["in_package"],
        provider=parse_text(data["provider"], f"{file}: provider"),
        sources=parse_sources(data["sources"], f"{file}: sources"),
        notes=parse_texts(data["notes"], f"{file}: notes"),
    )
    by_group: dict[str, list[Version]] = {}
    for number, item in enumerate(data["versions"]):
        version, names = parse_version(item, f"{file}: versions[{number}]", groups, codes)
        for name in names:
            by_group.setdefault(name, []).append(version)
    if not by_group:
        raise DefinitionError(f"{file}: versions: name at least one group")
    return tuple(
        Rule(group, service, sort_versions(by_group[group.code], f"{file}: versions"))
        for group in groups
        if group.code in by_group
    )


def parse_version(
    content: object, place: str, groups: tuple[Group, ...], codes: Mapping[str, Code]
) -> tuple[Version, list[str]]:
    """A version and the groups it is for. No bands at all: the rule ended on that day."""
    data = check_keys(content, VERSION, place, {"otherwise": dict})
    for name in data["groups"]:
        check_choice(name, [group.code for group in groups], f"{place}.groups")
    check_choice(data["window"], list(Window), f"{place}.window")
    bands = tuple(parse_band(item, f"{place}.bands[{n}]") for n, item in enumerate(data["bands"]))
    if "otherwise" in data and bands and bands[-1].where == {"all": []}:
        raise DefinitionError(f"{place}.otherwise: the last band meets everyone, so this is never said")
    return Version(
        valid_from=data["valid_from"],
        window=Window(data["window"]),
        measure=parse_measure(data["measure"], f"{place}.measure", codes),
        bands=bands,
        otherwise=parse_text(data["otherwise"], f"{place}.otherwise") if "otherwise" in data else None,
    ), data["groups"]


def parse_band(content: object, place: str) -> Band:
    data = check_keys(content, {"where": dict, "needed": int}, place, {"text": dict})
    if data["needed"] < 1:
        raise DefinitionError(f"{place}.needed: expected 1 or more, found {data['needed']}")
    where = check_condition(data["where"], f"{place}.where", COLUMNS)
    text = parse_text(data["text"], f"{place}.text") if "text" in data else None
    return Band(where, data["needed"], text)


def parse_measure(content: dict[str, Any], place: str, codes: Mapping[str, Code]) -> Measure:
    """`{times: [codes]}`, kinds, quantity; `{statement: column}`; `{known: [columns]}`."""
    if len(content) != 1 or next(iter(content)) not in list(Kind):
        raise DefinitionError(f"{place}: write exactly one of {', '.join(Kind)}")
    name, value = next(iter(content.items()))
    kind, place = Kind(name), f"{place}.{name}"
    names = [value] if kind == Kind.STATEMENT else value
    if not isinstance(names, list) or not names:
        raise DefinitionError(f"{place}: expected a list, found {value!r}")
    if kind in (Kind.STATEMENT, Kind.KNOWN):
        for column in names:
            check_choice(column, STATEMENTS if kind == Kind.STATEMENT else DESCRIBED, place)
        unit = STATED_UNIT if kind == Kind.STATEMENT else KNOWN_UNIT
        return Measure(kind, {column: DESCRIBED[column].text for column in names}, unit)
    for code in names:
        check_choice(code, [known.code for known in codes.values() if known.kind == "EVENT"], place)
    return Measure(kind, {code: codes[code].title for code in names}, codes[names[0]].unit)
