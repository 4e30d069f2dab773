"""Chart lines: a child on a line has that line's z."""

import numpy as np
import pytest

from tumbuh.engines.anthropometry.api import INDICATORS, compute_zscores, list_zcurves

ZS = (-4, -3, -2, -1, 0, 1, 2, 3, 4)


@pytest.mark.parametrize("sex", [1, 2])
@pytest.mark.parametrize("indicator", INDICATORS)
@pytest.mark.parametrize("is_standing", [False, True])
def test_a_child_on_the_line_has_its_z(indicator, sex, is_standing):
    curves = list_zcurves(indicator, sex, ZS, is_standing=is_standing)
    for z in ZS:
        y = curves.y[z]
        age = np.full(len(y), 800.0 if is_standing else 300.0) if indicator == "whz" else curves.x
        lenhei = {"whz": curves.x, "haz": y}.get(indicator, np.full(len(y), 100.0))
        weight = {"whz": y, "waz": y, "baz": y}.get(indicator, np.full(len(y), np.nan))  # at 1 m, kg are kg/m²
        scores = compute_zscores(
            np.full(len(y), sex), age, weight, lenhei, head_cm=y, muac_cm=y, indicators=(indicator,)
        )
        assert np.abs(scores.get_z(indicator) - z * 100).max() <= 1
        assert (np.abs(scores.get_z(indicator) - z * 100) == 0).mean() > 0.95 or indicator == "haz"


def test_ranges():
    assert list_zcurves("haz", 1).x[[0, -1]] == pytest.approx([0, 1826])
    assert list_zcurves("muacz", 2).x[0] == 91
    assert list_zcurves("whz", 1).x[[0, -1]] == pytest.approx([45, 110])
    assert list_zcurves("whz", 1, is_standing=True).x[[0, -1]] == pytest.approx([65, 120])


def test_bad_requests():
    with pytest.raises(ValueError, match="Unknown indicator: bmi"):
        list_zcurves("bmi", 1)
    with pytest.raises(ValueError, match="3 is not a valid SexCode"):
        list_zcurves("haz", 3)
