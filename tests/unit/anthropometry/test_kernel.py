"""The fast kernel equals the slow oracle, whatever the rows hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.growth_oracle import Child, compute_one, read_table
from tests.factories.growth_rows import compute_rows, read_flags, read_row
from tumbuh.engines.anthropometry.api import INDICATORS, MISSING, RowError, compute_zscores, list_row_errors

EDGE_DAYS = [0, 1, 90, 90.5, 91, 273, 273.9, 273.94, 274, 730, 730.4, 730.5, 731, 1826, 1826.2, 1826.25, 1827, 1856]


def grid(low, high, step):
    """Numbers on a grid, sometimes as float32 reads them, sometimes off the grid."""
    tenths = st.integers(int(low / step), int(high / step)).map(lambda n: round(n * step, 3))
    return st.one_of(st.none(), tenths, tenths, tenths.map(lambda x: float(np.float32(x))), st.floats(low, high))


CHILDREN = st.builds(
    Child,
    sex=st.sampled_from([1, 2, 1, 2, 1, 2, 3, 0]),
    age_days=st.one_of(
        st.none(), st.integers(0, 1900), st.sampled_from(EDGE_DAYS), st.floats(-10, 2000), st.just(math.inf)
    ),
    weight_kg=st.one_of(grid(0.5, 40, 0.1), st.sampled_from([0.0, -3.0, 500.0, math.inf])),
    lenhei_cm=st.one_of(grid(40, 125, 0.1), grid(44, 121, 0.01), st.sampled_from([0.0, -1.0, 110.0, 120.0, 103.1])),
    mode=st.sampled_from(["l", "h", "", "l", "h", "x"]),
    oedema=st.sampled_from([False, False, False, True]),
    head_cm=grid(25, 60, 0.1),
    muac_cm=grid(6, 30, 0.1),
)


def is_near_tie(z: float | None) -> bool:
    """Whether z lies so close to half a hundredth that the last bit of a float decides."""
    return z is not None and abs(abs(z * 100) % 1 - 0.5) < 1e-7


SOME = st.lists(CHILDREN, min_size=1, max_size=40)
RULES = st.sampled_from(["days", "completed-months"])


@settings(max_examples=50, deadline=None)
@given(SOME, RULES)
def test_kernel_equals_oracle(children, age_rule):
    check_equal(children, age_rule)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(SOME, RULES)
def test_kernel_equals_oracle_on_many_more(children, age_rule):
    check_equal(children, age_rule)


def check_equal(children: list[Child], age_rule: str) -> None:
    scores = compute_rows(children, age_rule=age_rule)
    for row, child in enumerate(children):
        expected = compute_one(child, age_rule)
        actual, flags = read_row(scores, row), read_flags(scores, row)
        for name in INDICATORS:
            same = actual[name] == expected.z[name] and flags[name] == expected.flags[name]
            assert same or is_near_tie(expected.unrounded[name]), (name, child, actual, expected)


def test_every_day_and_every_length_row_equals_the_oracle():
    children = [
        Child(sex, day, m_w * 1.07, m_l * 0.98, "l" if day < 731 else "h", head_cm=46.3, muac_cm=14.2)
        for sex in (1, 2)
        for day, (_, m_l, _) in read_table("lfa", sex).items()
        for _, m_w, _ in [read_table("wfa", sex)[day]]
    ]
    children += [Child(sex, None, 9.0, mm / 10, mode) for sex in (1, 2) for mode in "lh" for mm in range(440, 1220)]
    scores = compute_rows(children)
    for row, child in enumerate(children):
        assert read_row(scores, row) == compute_one(child).z, child


def test_chunks_do_not_matter():
    rng = np.random.default_rng(5)
    rows = 70_000
    columns = [rng.integers(1, 3, rows), rng.integers(0, 1900, rows).astype(float), rng.uniform(2, 20, rows).round(1),
               rng.uniform(45, 118, rows).round(1), rng.integers(0, 3, rows)]  # fmt: skip
    whole = compute_zscores(*columns)
    some = rng.choice(rows, 1000, replace=False)
    again = compute_zscores(*[column[some] for column in columns])
    for name in INDICATORS:
        assert (whole.get_z(name)[some] == again.get_z(name)).all()
        assert (whole.get_flag(name)[some] == again.get_flag(name)).all()


def test_only_what_is_asked_for_is_computed():
    scores = compute_zscores([1], [400.0], [9.0], [75.0], indicators=("haz",))
    assert scores.haz[0] != MISSING
    assert scores.waz[0] == scores.whz[0] == MISSING
    with pytest.raises(ValueError, match="Unknown indicators: bmi"):
        compute_zscores([1], [400.0], [9.0], [75.0], indicators=("bmi",))


def test_columns_must_be_equally_long():
    with pytest.raises(ValueError, match="equally long"):
        compute_zscores([1, 2], [400.0], [9.0], [75.0])


def test_no_rows_is_no_result():
    assert len(compute_zscores([], [], [], []).haz) == 0


def test_errors_name_what_is_wrong_and_leave_other_rows_alone():
    good = Child(1, 400, 9.0, 75.0, "l")
    bad = [Child(3, 400, 9.0, 75.0), Child(1, -1, 9.0, 75.0), Child(1, 400, 0.0, 75.0), Child(1, 400, 9.0, -2.0),
           Child(1, 400, 9.0, 75.0, "x"), Child(0, -5, 0.0, 0.0, "?", head_cm=0.0, muac_cm=-1.0)]  # fmt: skip
    scores = compute_rows([good, *bad, good])
    assert list(scores.errors) == [0, 1, 2, 8, 16, 4, 127, 0]
    assert len(list_row_errors(127)) == len(RowError) == 7
    assert read_row(scores, 0) == read_row(scores, 7) == read_row(compute_rows([good]), 0)
