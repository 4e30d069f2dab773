"""The two numbers: the table beside this file, and what must hold whatever the counts are."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.engines.reconcile.api import (
    Basis,
    Comparison,
    Note,
    Ratio,
    Routine,
    adjust_for_coverage,
    compare_numbers,
    compute_bounds,
    make_survey,
)

CASES = yaml.safe_load((Path(__file__).parent / "two_numbers.yaml").read_text())
RATIO = Ratio(1, 1.5, 3)


def read_case(case: dict) -> Comparison:
    survey = case["survey"]
    if survey is not None:
        shares = {name: survey[name] / 100 for name in ("low", "high") if name in survey}
        held = {name: survey[name] for name in ("sample", "design_effect") if name in survey}
        survey = make_survey(survey["value"] / 100, **shares, **held, assumed_effect=2)
    return compare_numbers(Routine(**case["routine"]), survey, RATIO)


def tell(estimate, factor: float = 100) -> list[float] | None:
    """Value, low, high in percent, as far as known."""
    if estimate is None:
        return None
    held = [estimate.value, estimate.low, estimate.high]
    return [part * factor for part in held if part is not None]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case):
    found = read_case(case)
    expect = case["expect"]
    coverage = found.routine.coverage
    got = {
        "coverage": None if coverage is None else coverage * 100,
        "bounds": None if found.bounds is None else [found.bounds.low * 100, found.bounds.high * 100],
        "adjusted": tell(found.adjusted),
        "implied": tell(found.implied),
        "missing": tell(found.missing, 1),
    }
    for name, value in expect.items():
        if value is None:
            assert got[name] is None, name
        else:
            assert got[name] == pytest.approx(value, abs=0.01), name
    assert {note.value for note in found.notes} == set(case["notes"])


COUNTS = st.integers(0, 2000).flatmap(
    lambda target: st.tuples(
        st.just(target), st.integers(0, target).flatmap(lambda m: st.tuples(st.just(m), st.integers(0, m)))
    )
)


@given(COUNTS, st.floats(0, 20), st.integers(0, 2000))
def test_the_truth_lies_within_the_bounds_whoever_was_not_measured(counts, ratio, hidden):
    """However many of the unmeasured are stunted, and whatever the ratio: the bounds hold it."""
    target, (measured, stunted) = counts
    routine = Routine(stunted, measured, target)
    bounds = compute_bounds(routine)
    if not target:
        assert bounds is None
        return
    truth = (stunted + hidden % (target - measured + 1)) / target
    assert bounds.low <= truth <= bounds.high
    adjusted = adjust_for_coverage(routine, ratio)
    assert adjusted is None or bounds.low - 1e-9 <= adjusted <= bounds.high + 1e-9


@given(COUNTS, st.floats(0, 1))
def test_implied_prevalence_gives_the_survey_back(counts, share):
    target, (measured, stunted) = counts
    found = compare_numbers(Routine(stunted, measured, target), make_survey(share, assumed_effect=2), Ratio(1, 1, 1))
    if found.implied is not None:
        assert (stunted + found.implied.value * (target - measured)) / target == pytest.approx(share)
        can_be = -1e-9 <= found.implied.value <= 1 + 1e-9
        assert can_be != bool({Note.SURVEY_ABOVE_WORST, Note.SURVEY_BELOW_BEST} & set(found.notes))
    assert found.missing is None or found.missing.value >= 0


def test_no_interval_is_invented():
    survey = make_survey(0.221, assumed_effect=2)
    assert (survey.low, survey.high, survey.basis) == (None, None, Basis.NONE)


@pytest.mark.parametrize(("value", "low", "high"), [(1.2, None, None), (0.2, 0.3, 0.4), (-0.1, None, None)])
def test_shares_that_cannot_be_are_refused(value, low, high):
    with pytest.raises(ValueError, match=r"is no share|lies outside"):
        make_survey(value, low=low, high=high, assumed_effect=2)
