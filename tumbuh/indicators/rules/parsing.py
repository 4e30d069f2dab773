"""From the content of a definition file to a Definition; every mistake is told with file and key."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tumbuh.indicators.errors import DefinitionError
from tumbuh.indicators.rules.conditions import check_condition
from tumbuh.indicators.rules.definitions import Definition, Exclusion, Part, Source, Text
from tumbuh.indicators.rules.values import BREAKDOWNS

KEYS = {
    "code": str,
    "order": int,
    "title": dict,
    "unit": str,
    "period": str,
    "lower_is_better": bool,
    "numerator": dict,
    "denominator": dict,
    "exclusions": list,
    "disaggregation": list,
    "sources": list,
    "notes": list,
    "version": int,
    "valid_from": date,
    "author": str,
    "review_on": date,
}


def parse_definition(content: object, file: str) -> Definition:
    """The definition in a file's content (as YAML gives it); raises DefinitionError."""
    data = check_keys(content, KEYS, file)
    if data["code"] != file.removesuffix(".yaml"):
        raise DefinitionError(f"{file}: code {data['code']!r} must be the file's name")
    check_choice(data["unit"], ("percent",), f"{file}: unit")
    check_choice(data["period"], ("month",), f"{file}: period")
    for breakdown in data["disaggregation"]:
        check_choice(breakdown, BREAKDOWNS, f"{file}: disaggregation")
    if not data["sources"]:
        raise DefinitionError(f"{file}: sources: name at least one document")
    return Definition(
        code=data["code"],
        order=data["order"],
        title=parse_text(data["title"], f"{file}: title"),
        unit=data["unit"],
        period=data["period"],
        lower_is_better=data["lower_is_better"],
        numerator=parse_part(data["numerator"], f"{file}: numerator"),
        denominator=parse_part(data["denominator"], f"{file}: denominator"),
        exclusions=tuple(
            parse_exclusion(item, f"{file}: exclusions[{n}]") for n, item in enumerate(data["exclusions"])
        ),
        disaggregation=tuple(data["disaggregation"]),
        sources=tuple(parse_source(item, f"{file}: sources[{n}]") for n, item in enumerate(data["sources"])),
        notes=tuple(parse_text(item, f"{file}: notes[{n}]") for n, item in enumerate(data["notes"])),
        version=data["version"],
        valid_from=data["valid_from"],
        author=data["author"],
        review_on=data["review_on"],
    )


def check_keys(content: object, keys: Mapping[str, type], place: str) -> dict[str, Any]:
    """The content as a dict with exactly these keys and types."""
    if not isinstance(content, dict):
        raise DefinitionError(f"{place}: expected keys {', '.join(keys)}")
    missing, unknown = sorted(set(keys) - set(content)), sorted(map(str, set(content) - set(keys)))
    if missing:
        raise DefinitionError(f"{place}: {missing[0]} is missing")
    if unknown:
        raise DefinitionError(f"{place}: {unknown[0]} is not a known key; there are {', '.join(keys)}")
    for key, kind in keys.items():
        if type(content[key]) is not kind:
            raise DefinitionError(f"{place}: {key}: expected {kind.__name__}, found {content[key]!r}")
    return content


def check_choice(value: object, choices: tuple[str, ...], place: str) -> None:
    if value not in choices:
        raise DefinitionError(f"{place}: {value!r} is not one of {', '.join(choices)}")


def parse_text(content: object, place: str) -> Text:
    data = check_keys(content, {"id": str, "en": str}, place)
    return Text(id=data["id"], en=data["en"])


def parse_part(content: object, place: str) -> Part:
    data = check_keys(content, {"text": dict, "where": dict}, place)
    return Part(parse_text(data["text"], f"{place}.text"), check_condition(data["where"], f"{place}.where"))


def parse_exclusion(content: object, place: str) -> Exclusion:
    data = check_keys(content, {"code": str, "text": dict, "where": dict}, place)
    return Exclusion(data["code"], parse_part({"text": data["text"], "where": data["where"]}, place))


def parse_source(content: object, place: str) -> Source:
    keys = {"document": str, "article": str, "uncertain": bool, "note": str}
    data = check_keys(content, keys, place)
    return Source(data["document"], data["article"], data["uncertain"], data["note"])
