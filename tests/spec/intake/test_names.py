"""Folding of personal names and distances between texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumbuh.engines.linkage.api import edit_distance, fold_name

NAMES = [
    ("Siti Nurhaliza", "siti nurhaliza"),
    ("SITI  NURHALIZA ", "siti nurhaliza"),
    ("siti-nurhaliza", "siti nurhaliza"),
    ("Nu'man", "numan"),
    ("Nu’man", "numan"),
    ("M. Rizky", "m rizky"),
    ("José", "jose"),
    ("By. Ny. Ani", "by ny ani"),
    ("Ani 2", "ani"),
    ("...", ""),
    ("", ""),
]
DISTANCES = [
    ("manna", "manna", 2, 0),
    ("manna", "mana", 2, 1),
    ("manna", "manan", 2, 1),
    ("manna", "amnna", 2, 1),
    ("manna", "kaur", 2, 3),
    ("", "ab", 2, 2),
    ("abc", "", 2, 3),
]


@pytest.mark.parametrize(("name", "key"), NAMES)
def test_folded_names(name, key):
    assert fold_name(name) == key


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold_name(fold_name(text)) == fold_name(text)


@pytest.mark.parametrize(("one", "two", "limit", "distance"), DISTANCES)
def test_distances(one, two, limit, distance):
    assert edit_distance(one, two, limit) == distance


@settings(deadline=None)
@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_distance_is_the_same_both_ways(one, two):
    assert edit_distance(one, two, 9) == edit_distance(two, one, 9)
    assert (edit_distance(one, two, 9) == 0) == (one == two)
