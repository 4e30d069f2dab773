"""The trees that pages keep say the same as the protected figures asked one by one."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cells import MONTHS
from tumbuh.indicators.actions.refresh import raise_versions
from tumbuh.indicators.api import forget_kept, list_definitions, list_public_trees, list_public_values
from tumbuh.indicators.models import Cell
from tumbuh.indicators.queries import trees
from tumbuh.indicators.queries.kept import Kept, read_versions

PAIRS = [("stunting", MONTHS[0]), ("stunting", MONTHS[2]), ("weighed_share", MONTHS[2])]


@pytest.mark.parametrize("definition", list_definitions(), ids=lambda definition: definition.code)
def test_same_as_one_by_one(figures, definition):
    tree = list_public_trees("91", [(definition.code, MONTHS[2])])[definition.code, MONTHS[2]]
    for value in list_public_values(indicator=definition.code, month=MONTHS[2], within="91"):
        if value.figure.label != "NO_DATA":
            assert tree[value.region_id] == value.figure, value.region_code


def test_three_queries_then_one(figures):
    forget_kept()
    with CaptureQueriesContext(connection) as first:
        list_public_trees("91", PAIRS)
    with CaptureQueriesContext(connection) as second:
        list_public_trees("91", PAIRS)
    assert (len(first), len(second)) == (3, 1)


def test_a_new_version_is_read_anew_and_other_months_are_kept(figures):
    before = list_public_trees("91", PAIRS)
    gone = figures["91.01.01.2001"].pk
    Cell.objects.filter(region=gone).delete()
    assert gone in list_public_trees("91", PAIRS)[PAIRS[1]], "cells change with their version only"
    raise_versions([MONTHS[2]])
    after = list_public_trees("91", PAIRS)
    assert after[PAIRS[0]] is before[PAIRS[0]]
    assert gone in before[PAIRS[1]] and gone not in after[PAIRS[1]] and gone not in after[PAIRS[2]]


def test_memory_is_bounded(figures, monkeypatch):
    monkeypatch.setattr(trees, "_kept", Kept(2))
    assert set(list_public_trees("91", PAIRS)) == set(PAIRS)
    assert len(trees._kept) == 2


def test_versions_only_rise(figures):
    seen = [read_versions(MONTHS)]
    for _ in range(3):
        raise_versions(MONTHS)
        seen.append(read_versions(MONTHS))
    assert all(old[month] < new[month] for old, new in pairwise(seen) for month in MONTHS)
    assert read_versions([date(1999, 1, 1)]) == {date(1999, 1, 1): 0}
