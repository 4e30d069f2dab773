"""Measurement quality, on groups whose answers can be worked out by hand."""

import math

import numpy as np
import pytest

from tests.factories.growth_oracle import Child
from tests.factories.growth_rows import compute_rows
from tumbuh.engines.anthropometry.api import quality_statistics

NAN = math.nan


def compute(groups, age_days, weight_kg, lenhei_cm):
    children = [Child(1, a, w, x) for a, w, x in zip(age_days, weight_kg, lenhei_cm, strict=True)]
    columns = [np.array(c, np.float64) for c in (age_days, weight_kg, lenhei_cm)]
    return quality_statistics(groups, *columns, compute_rows(children))


def test_digit_preference():
    """Each last digit once: 0. All digits alike: 100. Half 0 and half 5: chi² = 4n, so 100 * sqrt(4 / 9) = 66.7."""
    even = [8 + n / 10 for n in range(10)]
    whole = [9.0] * 10
    halves = [9.0, 9.5] * 5
    groups = ["even"] * 10 + ["halves"] * 10 + ["whole"] * 10
    result = compute(groups, [500] * 30, even + halves + whole, [80.0] * 30)
    assert list(result.groups) == ["even", "halves", "whole"]
    assert result.digit_preference["weight_kg"] == pytest.approx([0, 200 / 3, 100])
    assert result.digit_preference["lenhei_cm"] == pytest.approx([100, 100, 100])
    assert result.round_share["weight_kg"] == pytest.approx([0.2, 1, 1])


def test_last_digit_is_read_as_written():
    """8.3 is stored as 8.300000000000000710 and 8.7 as 8.699999999999999289: the digits are 3 and 7."""
    weights = [8.3, 8.7, float(np.float32(8.1)), float(np.float32(8.9))]
    result = compute([0] * 4, [500] * 4, weights, [80.0] * 4)
    assert result.round_share["weight_kg"][0] == 0


def test_age_heaping():
    """Ages of 1, 13 and 25 months share one remainder of twelve: 100; twelve successive months: 0."""
    month = 30.4375
    heaped = [math.ceil(m * month) + 3 for m in (1, 13, 25)]
    spread = [math.ceil(m * month) + 3 for m in range(12)]
    result = compute([0] * 3 + [1] * 12, heaped + spread, [9.0] * 15, [80.0] * 15)
    assert result.age_heaping == pytest.approx([100, 0])


def test_spread_leaves_out_flagged_and_missing():
    """Four children of 500 days: two good, one 40 cm too long (flagged), one without length."""
    result = compute([0] * 4, [500] * 4, [10.0, 11.0, 10.0, NAN], [78.0, 82.0, 120.0, NAN])
    scores = compute_rows([Child(1, 500, 10.0, 78.0), Child(1, 500, 11.0, 82.0)])
    a, b = scores.haz / 100
    assert result.z_mean["haz"][0] == pytest.approx((a + b) / 2)
    assert result.z_sd["haz"][0] == pytest.approx(abs(a - b) / math.sqrt(2))
    assert result.flagged_share["haz"][0] == pytest.approx(1 / 3)
    assert result.missing_share["lenhei_cm"][0] == pytest.approx(0.25)
    assert result.missing_share["weight_kg"][0] == pytest.approx(0.25)
    assert result.missing_share["age_days"][0] == 0


def test_a_group_with_nothing_to_tell():
    result = compute(["x"], [NAN], [NAN], [NAN])
    assert result.rows[0] == 1
    for values in (result.digit_preference["weight_kg"], result.age_heaping, result.z_sd["haz"]):
        assert math.isnan(values[0])
    assert result.missing_share["age_days"][0] == 1
