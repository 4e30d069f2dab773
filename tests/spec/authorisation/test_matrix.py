"""The authorisation matrix: every address × method × role × relation answers as declared, and none is undeclared."""

from collections import defaultdict

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.spec.authorisation.table import VISITOR, Cell, list_cells, list_routes, read_matrix
from tests.spec.authorisation.world import World
from tumbuh.accounts.api import ROLES

MATRIX = read_matrix()
CELLS: dict[str, list[Cell]] = defaultdict(list)
for one in list_cells(MATRIX):
    CELLS[one.route].append(one)


@pytest.fixture(scope="module")
def world(once_for_all):
    with once_for_all():
        return World()


def test_every_route_is_declared_and_no_other():
    assert {route for route, _ in list_routes()} == set(MATRIX["routes"])


def test_every_rule_names_roles_that_there_are():
    named = {role for rule in MATRIX["rules"].values() for role in rule} - {"everybody", "signed_in"}
    assert named <= set(ROLES)


def test_the_table_denies_more_than_it_allows():
    """A table that lets everybody in everywhere would pass every other test."""
    guarded = [cell for cells in CELLS.values() for cell in cells if cell.rule not in (None, "public", "signed_in")]
    assert sum(not cell.is_open for cell in guarded) > sum(cell.is_open for cell in guarded) > 50


def ask(world: World, cell: Cell) -> str:
    """What the site did: "open", "absent", "sign in" or "no such method"; whatever it wrote is taken back."""
    cache.clear()  # nobody's tries are counted
    client = Client(raise_request_exception=True)
    user = world.users[cell.role, cell.held_at]
    if user.is_authenticated:
        if user.pk not in world.sessions:
            client.force_login(user)
            world.sessions[user.pk] = client.cookies
        client.cookies = world.sessions[user.pk].copy()
    route = MATRIX["routes"][cell.route]
    with transaction.atomic():
        answer = client.generic(cell.method, world.fill(cell.route, route.get("about", ""), cell.place))
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith("/masuk?next="):
        return "sign in"
    if answer.status_code == route.get("finds"):
        return "open" if cell.is_open else "absent"
    return {404: "absent", 405: "no such method"}.get(answer.status_code, f"{answer.status_code}")


def expect(cell: Cell) -> set[str]:
    """Refusals by exact kind; open is any answer of the page itself."""
    if cell.rule is None:
        return {"no such method", "sign in"} if cell.role == VISITOR else {"no such method"}
    if not cell.is_open:
        return {"sign in"} if cell.role == VISITOR and cell.rule != "nobody" else {"absent"}
    return {"open", "200", "302", "301", "204", "400", "409", "422"}


def pick(cells: list[Cell]) -> list[Cell]:
    """For the fast set: every twenty-third, which meets each role, method and relation of some address."""
    return [cell for number, cell in enumerate(cells) if number % 23 == 0]


@pytest.mark.django_db
@pytest.mark.parametrize("route", MATRIX["routes"])
def test_some_cells(world, route):
    check(world, pick(CELLS[route]))


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("route", MATRIX["routes"])
def test_every_cell(world, route):
    check(world, CELLS[route])


def check(world: World, cells: list[Cell]) -> None:
    world.sessions.clear()  # those of another test went with it
    wrong = [(cell, got) for cell in cells if (got := ask(world, cell)) not in expect(cell)]
    assert wrong == []
