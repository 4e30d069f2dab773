"""The table `categories.yaml`, and the cut-offs of prevalence."""

from datetime import date

import numpy as np
import pytest

from tests.spec.anthropometry.tables import read_table
from tumbuh.engines.anthropometry import api
from tumbuh.engines.anthropometry.parameters import NoParametersError

CASES = [(t["index"], z, label) for t in read_table("categories") for z, label in t["z"].items()]


@pytest.mark.parametrize(("index", "z", "label"), CASES)
def test_category_of_one_and_of_many(index, z, label):
    hundredths = round(z * 100)
    category = api.find_category(index, hundredths)
    assert category.label == label
    assert getattr(api, f"classify_{index}")(hundredths) == category.code
    codes = api.classify_many(index, np.array([hundredths, api.MISSING], np.int16))
    assert list(codes) == [category.code, ""]


def test_no_z_is_no_category():
    assert api.find_category("haz", None) is None
    assert api.find_category("haz", api.MISSING) is None
    assert api.classify_whz(None) is None


@pytest.mark.parametrize("index", ["haz", "waz", "whz", "baz"])
def test_every_z_has_exactly_one_category(index):
    every = np.arange(-32767, 32768)
    codes = api.classify_many(index, every)
    assert "" not in codes
    for category in api.list_categories(index):
        inside = (every >= category.low) & (every <= category.high)
        assert (codes[inside] == category.code).all()


def test_categories_are_dated():
    assert api.list_categories("haz", date(2020, 1, 8)) == api.list_categories("haz")
    with pytest.raises(NoParametersError, match="2019-12-31"):
        api.list_categories("haz", date(2019, 12, 31))


@pytest.mark.parametrize(
    ("code", "indicator", "case", "no_case", "oedema_counts"),
    [
        ("stunting", "haz", -201, -200, False),
        ("severe_stunting", "haz", -301, -300, False),
        ("wasting", "whz", -201, -200, True),
        ("severe_wasting", "whz", -301, -300, True),
        ("underweight", "waz", -201, -200, True),
        ("overweight", "whz", 201, 200, False),
    ],
)
def test_cutoffs(code, indicator, case, no_case, oedema_counts):
    cutoff = api.get_cutoffs()[code]
    assert cutoff.indicator == indicator
    assert cutoff.low <= case <= cutoff.high
    assert not cutoff.low <= no_case <= cutoff.high
    assert cutoff.oedema_counts is oedema_counts
