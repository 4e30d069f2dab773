"""The trees that pages keep say the same as the protected figures asked one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cells import MONTHS, make_cells
from tests.factories.regions import make_province
from tumbuh.indicators.api import list_definitions, list_public_trees, list_public_values
from tumbuh.indicators.models import Cell
from tumbuh.indicators.queries import trees

PAIRS = [("stunting", MONTHS[0]), ("stunting", MONTHS[2]), ("weighed_share", MONTHS[2])]


@pytest.mark.parametrize("definition", list_definitions(), ids=lambda definition: definition.code)
def test_same_as_one_by_one(figures, definition):
    tree = list_public_trees("91", [(definition.code, MONTHS[2])])[definition.code, MONTHS[2]]
    for value in list_public_values(indicator=definition.code, month=MONTHS[2], within="91"):
        if value.figure.label != "NO_DATA":
            assert tree[value.region_id] == value.figure, value.region_code


def test_two_queries_then_one(figures):
    with CaptureQueriesContext(connection) as first:
        list_public_trees("91", PAIRS)
    with CaptureQueriesContext(connection) as second:
        list_public_trees("91", PAIRS)
    assert (len(first), len(second)) == (2, 1)


def test_a_new_version_is_read_anew(figures, monkeypatch):
    before = list_public_trees("91", PAIRS)
    Cell.objects.filter(region=figures["91.01.01.2001"]).delete()
    monkeypatch.setattr(trees, "get_data_version", lambda: -1)
    after = list_public_trees("91", PAIRS)
    assert figures["91.01.01.2001"].pk in before[PAIRS[0]] and figures["91.01.01.2001"].pk not in after[PAIRS[0]]


def test_memory_is_bounded(figures, monkeypatch):
    monkeypatch.setattr(trees, "MOST_KEPT", 2)
    assert set(list_public_trees("91", PAIRS)) == set(PAIRS)
    assert len(trees._kept) == 2


@pytest.mark.django_db(transaction=True)
def test_the_version_moves_with_committed_cells():
    """`pg_stat_force_next_flush` ends PostgreSQL's wait of up to ten seconds before it counts."""
    regions = make_province()
    before = trees.get_data_version()
    make_cells(regions)
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_force_next_flush()")
    assert trees.get_data_version() > before
