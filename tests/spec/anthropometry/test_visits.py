"""The tables `weight_gain.yaml` and `findings.yaml`: one child over several visits."""

from datetime import date

import numpy as np
import pytest

from tests.spec.anthropometry.tables import read_table
from tumbuh.engines.anthropometry import api

GAINS, FINDINGS = read_table("weight_gain"), read_table("findings")


def read_gain(child: dict) -> dict[str, list]:
    visits = child["visits"]
    return {
        "measured_on": [v[0] for v in visits],
        "age_days": [(v[0] - child["born"]).days for v in visits],
        "weight_kg": [np.nan if v[1] is None else v[1] for v in visits],
        "waz": [api.MISSING if len(v) < 4 else round(v[3] * 100) for v in visits],
    }


@pytest.mark.parametrize("child", GAINS, ids=[c["show"] for c in GAINS])
def test_weight_gain(child):
    statuses = api.weight_gain_statuses([7] * len(child["visits"]), **read_gain(child))
    assert list(statuses) == [v[2] for v in child["visits"]]


def test_children_do_not_mix():
    columns = {"measured_on": [], "age_days": [], "weight_kg": [], "waz": []}
    ids, expected = [], []
    for number, child in enumerate(GAINS):
        for name, values in read_gain(child).items():
            columns[name] += values
        ids += [f"child {number}"] * len(child["visits"])
        expected += [v[2] for v in child["visits"]]
    assert list(api.weight_gain_statuses(ids, **columns)) == expected


def test_one_visit_at_a_time_gives_the_same():
    for child in GAINS:
        for i, (day, weight, status, *_) in enumerate(child["visits"]):
            earlier = [v for v in child["visits"][:i] if v[1] is not None and v[0].replace(day=1) < day.replace(day=1)]
            before = (earlier[-1][0], earlier[-1][1]) if earlier else None
            z = [round(v[3] * 100) if len(v) > 3 else None for v in (child["visits"][i], *earlier[-1:])]
            age = (day - child["born"]).days
            waz = tuple(z) if len(z) == 2 else (None, None)
            assert api.weight_gain_status(day, age, weight, before, waz) == status


@pytest.mark.parametrize("ids", [[1, 2, 1], ["a", "b", "a"]])
def test_unsorted_rows_are_refused(ids):
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)]
    with pytest.raises(api.UnsortedError, match="sorted by child and date"):
        api.weight_gain_statuses(ids, days, [400.0] * 3, [9.0] * 3)
    with pytest.raises(api.UnsortedError):
        api.growth_findings([1, 1, 1], days[::-1], [400.0] * 3, [9.0] * 3, [75.0] * 3)


def test_no_rows():
    assert list(api.weight_gain_statuses([], [], [], [])) == []
    assert list(api.growth_findings([], [], [], [], [])) == []


@pytest.mark.parametrize("child", FINDINGS, ids=[c["show"] for c in FINDINGS])
def test_findings(child):
    ages, weights, lengths, expected = zip(*child["visits"], strict=True)
    days = np.datetime64("2024-01-01") + np.array(ages)
    found = api.growth_findings(
        np.ones(len(ages)), days, ages, np.array(weights, np.float64), np.array(lengths, np.float64)
    )
    assert [[f.name for f in api.GrowthFinding(int(bits))] for bits in found] == list(expected)
