"""The order of gaps in an analysis of the situation, as a table, and against an obvious second way."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.programme.rules.situation import Need, rank_needs

CASES = yaml.safe_load((Path(__file__).parent / "gaps.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
def test_order_of_gaps(case):
    ranked = rank_needs(Need(key, *counts) for key, counts in case["needs"].items())
    assert [(one.need.key, one.rank) for one in ranked] == list(case["order"].items())


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted), max_size=12))
def test_a_rank_is_one_more_than_the_gaps_that_weigh_more(pairs):
    needs = [Need(str(number), due, received) for number, (received, due) in enumerate(pairs)]
    for one in rank_needs(needs):
        mine = one.need
        heavier = [
            other for other in needs
            if other.missing and mine.missing and (
                other.missing > mine.missing
                or (other.missing == mine.missing and other.missing * mine.due > mine.missing * other.due)
            )
        ]  # fmt: skip
        assert one.rank == (len(heavier) + 1 if mine.missing else None)
