"""The definitions that are shipped, read once per process."""

from functools import lru_cache
from pathlib import Path

from tumbuh.engines.convergence.api import read_content as read_convergence
from tumbuh.engines.definitions.api import (
    DefinitionError,
    check_choice,
    check_condition,
    check_keys,
    parse_text,
    read_yaml,
)
from tumbuh.engines.scorecard.parsing import check_single, parse_group, parse_notes, parse_sources
from tumbuh.engines.scorecard.people import COLUMNS
from tumbuh.engines.scorecard.types import Content, Heading, Reading, Tally

FOLDER = Path(__file__).parents[3] / "definitions"
GROUPS = ("mothers", "children", "preschool")
TABLES = {"counts": list, "tables": list, "fund_fields": list, "sources": list}


@lru_cache(maxsize=4)
def read_content(folder: Path = FOLDER) -> Content:
    """Everything about the scorecard in a folder of definitions; raises DefinitionError naming file and key."""
    codes, place = read_convergence(folder).codes, folder / "scorecard"
    readings = parse_readings(read_yaml(place / "readings.yaml"), "readings.yaml")
    known = tuple(reading.code for reading in readings)
    groups = [parse_group(read_yaml(place / f"{name}.yaml"), f"{name}.yaml", codes, known) for name in GROUPS]
    tables = check_keys(read_yaml(place / "tables.yaml"), TABLES, "tables.yaml")
    check_single([group.code for group in groups], "groups")
    tallies = tuple(parse_tally(item, f"tables.yaml: counts[{n}]") for n, item in enumerate(tables["counts"]))
    headings = [parse_heading(item, f"tables.yaml: tables[{n}]") for n, item in enumerate(tables["tables"])]
    if [heading.number for heading in headings] != [1, 2, 3, 4, 5]:
        raise DefinitionError("tables.yaml: tables: expected the numbers 1 to 5 in their order")
    fields = [
        check_keys(item, {"code": str, "title": dict}, "tables.yaml: fund_fields") for item in tables["fund_fields"]
    ]
    return Content(
        readings=readings,
        groups=tuple(sorted(groups, key=lambda group: group.order)),
        tallies=tallies,
        headings={heading.number: heading for heading in headings},
        fund_fields={item["code"]: parse_text(item["title"], "tables.yaml: fund_fields") for item in fields},
        sources=parse_sources(tables["sources"], "tables.yaml: sources"),
    )


def parse_readings(content: object, file: str) -> tuple[Reading, ...]:
    found = []
    for number, item in enumerate(check_keys(content, {"readings": list}, file)["readings"]):
        place = f"{file}: readings[{number}]"
        data = check_keys(item, {"code": str, "title": dict, "text": dict}, place)
        found.append(
            Reading(data["code"], parse_text(data["title"], f"{place}.title"), parse_text(data["text"], place))
        )
    if not found:
        raise DefinitionError(f"{file}: readings: there must be at least one")
    check_single([reading.code for reading in found], file)
    return tuple(found)


def parse_tally(content: object, place: str) -> Tally:
    keys = {"code": str, "table": int, "title": dict, "count": str, "where": dict, "notes": list}
    data = check_keys(content, keys, place)
    check_choice(data["count"], ("people", "households"), f"{place}.count")
    return Tally(
        code=data["code"],
        table=data["table"],
        title=parse_text(data["title"], f"{place}.title"),
        of_households=data["count"] == "households",
        where=check_condition(data["where"], f"{place}.where", COLUMNS),
        notes=parse_notes(data["notes"], f"{place}.notes"),
    )


def parse_heading(content: object, place: str) -> Heading:
    data = check_keys(content, {"number": int, "title": dict, "notes": list}, place)
    return Heading(data["number"], parse_text(data["title"], place), parse_notes(data["notes"], f"{place}.notes"))
