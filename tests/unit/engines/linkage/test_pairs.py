"""Who is one person and who is not; SQL and Python find the same levels; the order of the lines makes no difference."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.planted_errors import plant
from tumbuh.engines.linkage.api import Entry, find_alike, find_pairs
from tumbuh.engines.linkage.batch import LEAST, predict
from tumbuh.engines.linkage.distance import count_changes
from tumbuh.engines.linkage.entries import is_certain_nik, prepare, prepare_all, swap_date
from tumbuh.engines.linkage.model import read_model
from tumbuh.engines.linkage.single import compare
from tumbuh.engines.linkage.training import train

CROWD = 170_000  # the chances are those of a whole province
CHILD = Entry(
    1, "Muhammad Rizki Pratama", "M", date(2024, 3, 5), 9901012001, mother="Nur Aini", nik="9901010503240001",
    household=7, posyandu=11, order=1, birth_grams=3100,
)  # fmt: skip


def find_probability(other: Entry, child: Entry = CHILD) -> float:
    return find_alike(child, [replace(other, key=2)], lines=CROWD, least=0.0)[0][0]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "M. RISKI PRATAMA", "nik": ""},
        {"birth_date": date(2024, 5, 3), "nik": ""},
        {"birth_date": date(2023, 3, 5), "nik": ""},
        {"name": "By. Ny. Nur Aini", "nik": "", "order": 1},
        {"nik": "0000000000000000", "mother": "Noeraini"},
        {"nik": "9901010503240010"[:15] + "2", "posyandu": None},
        {"desa": 9901012004, "posyandu": 44, "household": None},
        {"sex": "F"},
    ],
)
def test_one_child_with_a_fault_is_found(changes):
    assert find_probability(replace(CHILD, **changes)) > 0.7


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Muhammad Raihan Pratama", "nik": "9901010503240002", "order": 2, "birth_grams": 2300},
        {"name": "Aisyah Pratama", "sex": "F", "nik": "9901014503240001", "order": 2},
        {"name": "Aisyah Pratama", "sex": "F", "nik": "", "order": None, "birth_grams": None},
        {"name": "Muhammad Raihan Pratama", "nik": "", "birth_date": date(2022, 9, 1), "order": 2, "birth_grams": 2900},
        {"mother": "Sri Wahyuni", "nik": "9901010503240014", "household": 8, "desa": 9903022001, "posyandu": 90,
         "name": "Muhammad Rizki", "birth_grams": 2900},
    ],
)  # fmt: skip
def test_twins_siblings_and_namesakes_are_others(changes):
    assert find_probability(replace(CHILD, **changes)) < 0.5


def test_a_nik_that_contradicts_speaks_against():
    agreeing, contradicting = CHILD, replace(CHILD, nik="9904021106210033")
    assert find_probability(agreeing) > find_probability(replace(CHILD, nik="")) > find_probability(contradicting)


@pytest.mark.parametrize(("nik", "is_certain"), [
    ("9901010503240001", True), ("9901010503240000", False), ("9999999999999999", False), ("123", False), ("", False),
])  # fmt: skip
def test_stopgaps_are_no_nik(nik, is_certain):
    assert is_certain_nik(nik) == is_certain


def test_a_date_is_swapped_only_where_that_is_another_date():
    assert swap_date(date(2024, 3, 5)) == date(2024, 5, 3)
    assert swap_date(date(2024, 3, 3)) is swap_date(date(2024, 3, 25)) is None


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_changes_are_counted_as_a_metric(one, two):
    changes = count_changes(one, two)
    assert changes == count_changes(two, one) and (changes == 0) == (one == two)
    assert abs(len(one) - len(two)) <= changes <= max(len(one), len(two))


def test_changes_beside_known_ones():
    assert [count_changes(*pair) for pair in (("ca", "abc"), ("rani", "rina"), ("a", ""), ("ab", "ba"))] == [2, 2, 1, 1]


@pytest.fixture(scope="module")
def planted():
    return plant(3000, 5)


@pytest.mark.slow
def test_sql_and_python_find_the_same_levels(planted):
    rows = {entry.key: prepare(entry) for entry in planted.entries}
    found = predict(prepare_all(planted.entries), read_model(), LEAST)
    assert len(found) > 500
    for one, other, _weight, levels in found:
        assert compare(rows[one], rows[other]) == levels, (rows[one], rows[other])


@pytest.mark.slow
def test_the_same_lines_in_any_order_give_the_same_pairs(planted):
    shuffled = random.Random(3).sample(planted.entries, len(planted.entries))
    assert find_pairs(planted.entries, 0.5) == find_pairs(shuffled, 0.5) != []


@pytest.mark.slow
def test_planted_doubles_are_found_and_hardly_any_others(planted):
    truth, found = planted.list_true_pairs(), {(pair.one, pair.other) for pair in find_pairs(planted.entries, 0.75)}
    assert len(found & truth) / len(found) > 0.99
    assert len(found & truth) / len(truth) > 0.94


@pytest.mark.slow
def test_training_is_the_same_each_time(planted):
    truth = {key: (planted.persons[key], planted.families[key], planted.births[key]) for key in planted.persons}
    assert train(planted.entries, truth, {}) == train(planted.entries[::-1], truth, {})


@pytest.mark.parametrize("entries", [[], [CHILD]])
def test_nothing_to_compare(entries):
    assert find_pairs(entries, 0.5) == []


def test_the_stored_model_is_whole():
    model = read_model()
    for chances in model.chances.values():
        for levels in chances.values():
            assert all(0 < chance < 1 for chance in levels.values()) and abs(sum(levels.values()) - 1) < 1e-6
    assert model.training["seed"] and model.training["people"] == CROWD
