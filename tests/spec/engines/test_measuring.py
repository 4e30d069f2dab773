"""Measurement quality: the table beside this file, the engine against its slow twin, and what grades must hold."""

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.measuring import NAN, count_slowly, list_doubts, make_visit, make_visits
from tumbuh.engines.anthropometry.api import get_parameters
from tumbuh.engines.measuring.api import (
    NOTHING,
    PLACES,
    WIDTH,
    Doubt,
    count_visits,
    expect_dissimilarity,
    find_doubts,
    find_letter,
    grade_counts,
)

CASES = yaml.safe_load((Path(__file__).parent / "measuring.yaml").read_text())
RULES = get_parameters("measurement-quality", date(2026, 11, 1))
LIMITS = {"tolerance_cm": 0.7, "copied_within_days": 45}


def name_doubts(bits) -> set[str]:
    return {doubt.name for doubt in Doubt if doubt & int(bits)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["show"])
def test_case(case):
    rows = [make_visit(**case["visit"])] + ([make_visit(**case["beside"])] if "beside" in case else [])
    assert name_doubts(find_doubts(make_visits(rows), **LIMITS)[0]) == set(case["doubts"])
    assert list_doubts(rows)[0] == set(case["doubts"])


HUNDREDTHS = st.integers(-650, 650) | st.just(NOTHING)
WEIGHTS = st.sampled_from([8.0, 8.5, 9.3, 9.31, 10.7]) | st.integers(20, 300).map(lambda n: n / 10)
LENGTHS = st.sampled_from([70.0, 78.4, 78.5, 79.2]) | st.integers(450, 1200).map(lambda n: n / 10)


def maybe(values):
    return values | st.just(NAN)


@st.composite
def draw_visit(draw):
    length, before = draw(maybe(LENGTHS)), draw(maybe(LENGTHS))
    mode = draw(st.sampled_from(["L", "H", ""]))
    return make_visit(
        session=draw(st.integers(1, 3)), age_days=draw(st.integers(0, 1826)), weight_kg=draw(maybe(WEIGHTS)),
        lenhei_cm=length, corrected_cm=length, is_lying=mode == "L", is_standing=mode == "H", haz=draw(HUNDREDTHS),
        whz=draw(HUNDREDTHS), is_scored=draw(st.booleans()), is_flagged=draw(st.booleans()),
        before_weight_kg=draw(maybe(WEIGHTS)), before_weight_days=draw(st.integers(1, 100)),
        before_corrected_cm=before, before_corrected_age=draw(st.integers(0, 1826)),
    )  # fmt: skip


GROUPED = st.lists(st.tuples(st.integers(0, 2), draw_visit()), max_size=30)


def count(groups, rows, size=3):
    visits = make_visits(rows)
    doubts = find_doubts(visits, **LIMITS)
    return count_visits(np.array(groups, np.int64), size, visits, doubts, within_days=45)


@given(GROUPED)
def test_the_engine_agrees_with_its_slow_twin(pairs):
    groups, rows = [group for group, _ in pairs], [row for _, row in pairs]
    visits = make_visits(rows)
    assert [name_doubts(bits) for bits in find_doubts(visits, **LIMITS)] == list_doubts(rows)
    assert count(groups, rows).tolist() == count_slowly(groups, 3, rows)


@given(GROUPED)
def test_counts_of_parts_add_up_and_order_does_not_matter(pairs):
    """Kept by posyandu and month, read by desa and season: the sum is the count of all together."""
    groups, rows = [group for group, _ in pairs], [row for _, row in pairs]
    apart, together = count(groups, rows), count([0] * len(rows), rows, size=1)
    assert apart.sum(axis=0).tolist() == together[0].tolist()
    assert count(groups[::-1], rows[::-1]).tolist() == apart.tolist()


@given(GROUPED)
def test_grades_stay_within_their_scale(pairs):
    rules = {**RULES, "minimum_rows": 1}
    for counts in count([group for group, _ in pairs], [row for _, row in pairs]):
        grade = grade_counts(counts, rules)
        assert all(sign.cost is None or 0 <= sign.cost <= 1 for sign in grade.signs)
        assert grade.points is None or 0 <= grade.points <= 100
        assert (grade.letter is None) == (grade.points is None)


def make_good(number=120, seed=3):
    """A posyandu that measures well: every digit alike often, z-scores with a deviation of 1.1."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(number):
        age, length = int(rng.integers(30, 1800)), round(float(rng.uniform(55, 105)), 1)
        rows.append(
            make_visit(
                session=int(rng.integers(1, 4)), age_days=age, weight_kg=round(float(rng.uniform(5, 15)), 1),
                lenhei_cm=length, corrected_cm=length, is_lying=age < 731, is_standing=age >= 731,
                haz=round(rng.normal(-120, 110)), whz=round(rng.normal(0, 110)), before_weight_kg=5.05,
                before_weight_days=30, before_corrected_cm=length - 1, before_corrected_age=max(age - 30, 0),
            )
        )  # fmt: skip
    return rows


def grade(rows):
    return grade_counts(count([0] * len(rows), rows, size=1)[0], RULES)


def test_good_measuring_is_an_a():
    found = grade(make_good())
    assert (found.letter, found.rows) == ("A", 120)


SPOILED = {  # sign → what makes it worse
    "weight_digits": lambda row: {"weight_kg": float(round(row["weight_kg"]))},
    "weight_rounds": lambda row: {"weight_kg": round(row["weight_kg"] * 2) / 2},
    "length_digits": lambda row: {"lenhei_cm": float(round(row["lenhei_cm"]))},
    "length_rounds": lambda row: {"lenhei_cm": round(row["lenhei_cm"] * 2) / 2},
    "age_heaping": lambda row: {"age_days": row["age_days"] // 366 * 366 + 5},
    "haz_spread": lambda row: {"haz": row["haz"] * 2},
    "whz_spread": lambda row: {"whz": row["whz"] // 4},
    "flagged": lambda row: {"is_flagged": row["haz"] > -120},
    "shrunk": lambda row: {"before_corrected_cm": row["corrected_cm"] + 2},
    "copied_weight": lambda row: {"before_weight_kg": row["weight_kg"]},
    "repeated_pair": lambda row: {"weight_kg": 9.3, "lenhei_cm": 78.4},
    "wrong_mode": lambda row: {"is_lying": row["is_standing"], "is_standing": row["is_lying"]},
}


@pytest.mark.parametrize("code", SPOILED)
def test_each_sign_costs_when_it_is_bad(code):
    good = make_good()
    bad = [{**row, **SPOILED[code](row)} for row in good]
    before = {sign.code: sign for sign in grade(good).signs}
    after = {sign.code: sign for sign in grade(bad).signs}
    assert set(SPOILED) == set(before)
    assert before[code].cost == 0 < after[code].cost
    assert grade(bad).points < grade(good).points


def test_too_few_visits_have_no_grade_and_too_few_cases_no_cost():
    found = grade(make_good(29))
    assert (found.points, found.letter, found.rows) == (None, None, 29)
    few = {sign.code: sign for sign in grade(make_good(19)).signs}
    assert few["weight_digits"].value is not None
    assert few["weight_digits"].cost is None
    assert grade_counts(np.zeros(WIDTH, np.int64), RULES).letter is None


def test_dissimilarity_by_hand():
    """All digits alike: nine tenths would have to end otherwise. Half 0, half 5: eight tenths. Even: none."""
    counts = np.zeros(WIDTH, np.int64)
    for digits, index, rounds in [
        ([50] + [0] * 9, 0.9, 1),
        ([25, 0, 0, 0, 0, 25, 0, 0, 0, 0], 0.8, 1),
        ([5] * 10, 0, 0.2),
    ]:
        counts[PLACES["weight_digits"]] = digits
        signs = {sign.code: sign.value for sign in grade_counts(counts, RULES).signs}
        assert signs["weight_digits"] == pytest.approx(index)
        assert signs["weight_rounds"] == pytest.approx(rounds)


@pytest.mark.parametrize("cases", [20, 40, 200])
def test_chance_gives_what_is_taken_off(cases):
    """The mean index of 4,000 even draws; the normal approximation is within 5 % of it."""
    digits = np.random.default_rng(1).multinomial(cases, [0.1] * 10, size=4000)
    mean = np.abs(digits / cases - 0.1).sum(axis=1).mean() / 2
    assert expect_dissimilarity(cases, 10) == pytest.approx(mean, rel=0.05)


def test_spread_is_the_sample_deviation():
    rows = [make_visit(haz=z) for z in (-250, -100, 40, NOTHING)]
    counts = count([0] * 4, rows, size=1)[0]
    signs = {sign.code: sign for sign in grade_counts(counts, RULES).signs}
    assert signs["haz_spread"].cases == 3
    assert signs["haz_spread"].value == pytest.approx(np.std([-2.5, -1, 0.4], ddof=1))


@pytest.mark.parametrize(("points", "letter"), [(100, "A"), (90, "A"), (89.9, "B"), (75, "B"), (55, "C"), (0, "D")])
def test_letters(points, letter):
    assert find_letter(points, RULES["grades"]) == letter


def test_no_visit_at_all():
    assert count([], [], size=2).tolist() == [[0] * WIDTH] * 2
    assert math.isclose(expect_dissimilarity(100, 10), 0.1197, abs_tol=1e-3)
