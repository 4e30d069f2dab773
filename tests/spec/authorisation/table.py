"""The declared matrix, read, and spread out into cells."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.urls import URLPattern, get_resolver

from tests.factories.regions import TREE
from tumbuh.accounts.api import ROLES
from tumbuh.regions.api import Level, get_level, get_parent_code

METHODS = ("GET", "POST", "PUT", "DELETE")
RELATIONS = ("own", "child", "parent", "sibling", "other")
PLACES = {  # where each role is held, by the level at which it can be
    Level.PROVINSI: "91",
    Level.KABUPATEN: "91.01",
    Level.KECAMATAN: "91.01.01",
    Level.DESA: "91.01.01.2001",
}
VISITOR = "VISITOR"
OTHER_KABUPATEN = "91.02"


class Cell(NamedTuple):
    """Somebody (a role held at a place, or a visitor) asks for a thing at a place; `is_open`: are they let in."""

    route: str
    method: str
    role: str
    held_at: str
    relation: str
    place: str
    rule: str | None
    is_open: bool


def read_matrix() -> dict[str, Any]:
    """The file's rules and routes."""
    return yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text())


def list_routes(patterns: list | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site as it is declared, with its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from list_routes(pattern.url_patterns, route)


def find_place(held_at: str, relation: str, level: Level) -> str | None:
    """A region of that level that stands in the relation to the region of the role; None where there is none."""
    tree = sorted(TREE)
    parent = get_parent_code(held_at)
    choices = {
        "own": [held_at],
        "child": [code for code in tree if code.startswith(f"{held_at}.")],
        "parent": [parent] if parent else [],
        "sibling": [
            code for code in tree
            if parent and code.startswith(f"{parent}.") and not f"{code}.".startswith(f"{held_at}.")
        ],
        "other": [code for code in tree if code.startswith(OTHER_KABUPATEN) and held_at != "91"],
    }[relation]  # fmt: skip
    return next((code for code in choices if get_level(code) == level), None)


def is_let_in(rule: dict[str, list[str]], role: str, relation: str) -> bool:
    """What the rule says of one role at one relation."""
    named = [rule.get("everybody", ())]
    if role != VISITOR:
        named += [rule.get("signed_in", ()), rule.get(role, ())]
    return any(relation in relations for relations in named)


def list_holders() -> Iterator[tuple[str, str]]:
    """(role, region code): every role at every level at which it can be held, and the visitor."""
    yield VISITOR, "91"
    for role in ROLES.values():
        for level in sorted(role.levels):
            yield role.code, PLACES[level]


def list_relations(route: dict[str, Any], held_at: str) -> Iterator[tuple[str, str]]:
    """(relation, place) of a route for somebody with a role there."""
    if "about" not in route:
        yield "none", held_at
        return
    level = Level[route.get("at", "DESA")]
    for relation in RELATIONS:
        place = find_place(held_at, relation, level)
        if place is not None:
            yield relation, place


def list_cells(matrix: dict[str, Any]) -> Iterator[Cell]:
    """All cells of the matrix; `rule` is None for a method that the route does not take."""
    for name, route in matrix["routes"].items():
        for role, held_at in list_holders():
            for relation, place in list_relations(route, held_at):
                for method in METHODS:
                    rule = route["methods"].get(method)
                    is_open = rule is not None and is_let_in(matrix["rules"][rule], role, relation)
                    yield Cell(name, method, role, held_at, relation, place, rule, is_open)
