"""Intervals of shares: the worked examples of the two papers, a slow second version, and what always holds."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.engines.proportions.api import Z95, newcombe_difference, wilson_interval

# Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
WILSON = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)]
# Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
DIFFERENCES = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]
shares = st.integers(1, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@pytest.mark.parametrize(("count", "total", "low", "high"), WILSON)
def test_wilson_as_published(count, total, low, high):
    found = wilson_interval(count, total)
    assert found.low == pytest.approx(low, abs=6e-5) and found.high == pytest.approx(high, abs=6e-5)


@pytest.mark.parametrize(("count", "total", "other", "others", "low", "high"), DIFFERENCES)
def test_newcombe_as_published(count, total, other, others, low, high):
    found = newcombe_difference(count, total, other, others)
    assert found.low == pytest.approx(low, abs=6e-5) and found.high == pytest.approx(high, abs=6e-5)


def search(count: int, total: int, *, upwards: bool) -> float:
    """The bound by its meaning: the furthest share whose score test does not reject the count; by halving."""
    share = count / total
    near, far = share, 1.0 if upwards else 0.0
    for _step in range(200):
        middle = (near + far) / 2
        spread = Z95 * (middle * (1 - middle) / total) ** 0.5
        if abs(share - middle) <= spread:
            near = middle
        else:
            far = middle
    return near


@given(shares)
def test_wilson_is_the_score_test_turned_round(pair):
    found = wilson_interval(*pair)
    assert isclose(found.low, search(*pair, upwards=False), abs_tol=1e-9)
    assert isclose(found.high, search(*pair, upwards=True), abs_tol=1e-9)


@given(shares)
def test_bounds_hold_the_share_and_mirror(pair):
    count, total = pair
    found, other = wilson_interval(count, total), wilson_interval(total - count, total)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert isclose(found.low, 1 - other.high, abs_tol=1e-12)


@given(shares, shares)
def test_differences_hold_their_value_and_turn_round(one, other):
    found, back = newcombe_difference(*one, *other), newcombe_difference(*other, *one)
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert isclose(found.low, -back.high, abs_tol=1e-12)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (-1, 5), (6, 5), (1, 0)])
def test_what_is_no_share_is_refused(count, total):
    with pytest.raises(ValueError, match="is no share"):
        wilson_interval(count, total)
