"""From the content of a definition file to a Definition; every mistake is told with file and key."""

from datetime import date

from tumbuh.engines.definitions.api import (
    DefinitionError,
    check_choice,
    check_condition,
    check_keys,
    parse_source,
    parse_text,
)
from tumbuh.indicators.rules.conditions import COLUMNS
from tumbuh.indicators.rules.definitions import Definition, Exclusion, Part
from tumbuh.indicators.rules.values import BREAKDOWNS

KEYS = {
    "code": str,
    "order": int,
    "title": dict,
    "unit": str,
    "period": str,
    "lower_is_better": bool,
    "is_public": bool,
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
        is_public=data["is_public"],
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


def parse_part(content: object, place: str) -> Part:
    data = check_keys(content, {"text": dict, "where": dict}, place)
    where = check_condition(data["where"], f"{place}.where", COLUMNS)
    return Part(parse_text(data["text"], f"{place}.text"), where)


def parse_exclusion(content: object, place: str) -> Exclusion:
    data = check_keys(content, {"code": str, "text": dict, "where": dict}, place)
    return Exclusion(data["code"], parse_part({"text": data["text"], "where": data["where"]}, place))
