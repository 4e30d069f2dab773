"""Target groups, codes that can be recorded and who is poor: from file content, every mistake with file and key."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from tumbuh.engines.convergence.columns import COLUMNS, STATEMENTS
from tumbuh.engines.convergence.types import Code, Group, GroupVersion, Intervention, PoorUntil, Version
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

GROUP = {"code": str, "title": dict, "member": dict, "intervention": str, "versions": list, "sources": list}
CODE = {"code": str, "title": dict, "unit": dict, "kind": str, "holder": str, "groups": list}
OPTIONAL = {"quantity": list, "usual": dict, "age_months": list, "once": bool, "automatic": bool}
KINDS = ("EVENT", "STATEMENT")
HOLDERS = ("PERSON", "HOUSEHOLD")
ANY_AGE = [0, 1440]

Dated = TypeVar("Dated", GroupVersion, Version, PoorUntil)


def parse_groups(content: object, file: str) -> tuple[Group, ...]:
    """The target groups in their order."""
    groups = check_keys(content, {"groups": list}, file)["groups"]
    found = [parse_group(item, number, f"{file}: groups[{number}]") for number, item in enumerate(groups)]
    check_single([group.code for group in found], f"{file}: groups")
    return tuple(found)


def parse_group(content: object, number: int, place: str) -> Group:
    data = check_keys(content, GROUP, place, {"notes": list})
    check_choice(data["intervention"], list(Intervention), f"{place}.intervention")
    versions = []
    for index, item in enumerate(data["versions"]):
        here = f"{place}.versions[{index}]"
        version = check_keys(item, {"valid_from": date, "where": dict}, here)
        versions.append(
            GroupVersion(version["valid_from"], check_condition(version["where"], f"{here}.where", COLUMNS))
        )
    return Group(
        code=data["code"],
        order=number,
        title=parse_text(data["title"], f"{place}.title"),
        member=parse_text(data["member"], f"{place}.member"),
        intervention=data["intervention"],
        versions=sort_versions(versions, f"{place}.versions"),
        sources=parse_sources(data["sources"], f"{place}.sources"),
        notes=parse_texts(data.get("notes", []), f"{place}.notes"),
    )


def parse_codes(content: object, file: str, groups: tuple[Group, ...]) -> dict[str, Code]:
    """What can be recorded, by code."""
    items = check_keys(content, {"codes": list}, file)["codes"]
    found = [parse_code(item, f"{file}: codes[{number}]", groups) for number, item in enumerate(items)]
    check_single([code.code for code in found], f"{file}: codes")
    return {code.code: code for code in found}


def parse_code(content: object, place: str, groups: tuple[Group, ...]) -> Code:
    data = check_keys(content, CODE, place, OPTIONAL)
    check_choice(data["kind"], KINDS, f"{place}.kind")
    check_choice(data["holder"], HOLDERS, f"{place}.holder")
    if data["kind"] == "STATEMENT":
        check_choice(data["code"], STATEMENTS, f"{place}.code")
    for group in data["groups"]:
        check_choice(group, [known.code for known in groups], f"{place}.groups")
    quantity = parse_ends(data.get("quantity", [1, 1]), f"{place}.quantity")
    return Code(
        code=data["code"],
        title=parse_text(data["title"], f"{place}.title"),
        unit=parse_text(data["unit"], f"{place}.unit"),
        kind=data["kind"],
        holder=data["holder"],
        groups=tuple(data["groups"]),
        quantity=quantity,
        usual=parse_usual(data.get("usual", {}), data["groups"], quantity, f"{place}.usual"),
        age_months=parse_ends(data.get("age_months", ANY_AGE), f"{place}.age_months"),
        is_once=data.get("once", False),
        is_automatic=data.get("automatic", False),
    )


def parse_usual(
    content: dict[str, object], groups: list[str], quantity: tuple[int, int], place: str
) -> Mapping[str, int]:
    """How much is usually given at once, by group."""
    for group, amount in content.items():
        check_choice(group, groups, place)
        if type(amount) is not int or not quantity[0] <= amount <= quantity[1]:
            raise DefinitionError(f"{place}.{group}: expected a number within the quantity, found {amount!r}")
    return {group: amount for group, amount in content.items() if isinstance(amount, int)}


def parse_poor(content: object, file: str) -> tuple[PoorUntil, ...]:
    """Who counts as poor, by day."""
    values = check_keys(content, {"values": list}, file)["values"]
    found = []
    for number, item in enumerate(values):
        place = f"{file}: values[{number}]"
        data = check_keys(item, {"valid_from": date, "decile": int, "source": dict}, place)
        found.append(PoorUntil(data["valid_from"], data["decile"], parse_source(data["source"], f"{place}.source")))
    return sort_versions(found, f"{file}: values")


def parse_sources(content: list[object], place: str) -> tuple[Source, ...]:
    if not content:
        raise DefinitionError(f"{place}: name at least one document")
    return tuple(parse_source(item, f"{place}[{number}]") for number, item in enumerate(content))


def parse_texts(content: list[object], place: str) -> tuple[Text, ...]:
    return tuple(parse_text(item, f"{place}[{number}]") for number, item in enumerate(content))


def parse_ends(content: list[object], place: str) -> tuple[int, int]:
    if len(content) != 2 or not all(type(end) is int for end in content) or not 0 <= content[0] <= content[1]:  # type: ignore[operator]
        raise DefinitionError(f"{place}: expected [lowest, highest], found {content!r}")
    return content[0], content[1]  # type: ignore[return-value]


def sort_versions(versions: list[Dated], place: str) -> tuple[Dated, ...]:
    if not versions:
        raise DefinitionError(f"{place}: there must be at least one")
    check_single([version.valid_from.isoformat() for version in versions], place)
    return tuple(sorted(versions, key=lambda version: version.valid_from))


def check_single(names: list[str], place: str) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise DefinitionError(f"{place}: {doubled[0]} is there twice")
