"""Pace to target: the intervals hold what they promise, and the model does what its words say."""

from datetime import date

import numpy as np
import pytest

from tumbuh.engines.anthropometry.parameters import get_parameters
from tumbuh.engines.forecast.api import (
    Effect,
    Grid,
    Month,
    TooFewMonthsError,
    apply_effect,
    compute_factor,
    describe,
    fit_trend,
    look_ahead,
    project,
)

RULES = get_parameters("pace", date(2026, 11, 1))
GRID = Grid(RULES["overdispersions"], RULES["wanderings"], RULES["drift_sd_per_year"])
RUNS, LEVEL = 400, 0.8


def to_share(logit):
    return 1 / (1 + np.exp(-logit))


def draw(rng, *, length, total, phi, wandering, drift):
    """One province's months: a level that drifts and wanders, counted with overdispersion (beta-binomial)."""
    level = np.log(0.2 / 0.8) + np.cumsum(drift / 12 + wandering * rng.standard_normal(length))
    share = to_share(level)
    if phi > 1:
        strength = (total - 1) / (phi - 1) - 1
        share = rng.beta(share * strength, (1 - share) * strength)
    return rng.binomial(total, share)


def count_held(rng, ahead, choose):
    """In how many of the drawn provinces the interval holds the figure of that month to come."""
    held = 0
    for _ in range(RUNS):
        phi, wandering = choose(rng)
        drift = rng.normal(0, GRID.drift_sd_per_year)
        counts = draw(rng, length=24 + ahead, total=4000, phi=phi, wandering=wandering, drift=drift)
        months = [Month(place, int(count), 4000) for place, count in enumerate(counts[:24])]
        (found,) = project(months, [(23 + ahead, None)], GRID, level=LEVEL, minimum=12)
        held += found.low <= counts[-1] / 4000 <= found.high
    return held / RUNS


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [1, 14])
def test_intervals_of_80_percent_hold_about_80_percent(ahead):
    """Provinces as the grid expects them: 80 % ± 6 points, three standard errors of such a share (√(.8·.2/400) = 2)."""
    share = count_held(
        np.random.default_rng(20261124), ahead,
        lambda rng: (rng.choice(GRID.overdispersions), rng.choice(GRID.wanderings)),
    )  # fmt: skip
    assert share == pytest.approx(LEVEL, abs=0.06)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("phi", "wandering"), [(1, 0.0), (8, 0.0), (1, 0.02), (8, 0.02)],
    ids=["line", "line, overdispersed", "wandering", "wandering, overdispersed"],
)  # fmt: skip
def test_one_kind_of_province_alone_is_held_less_exactly(phi, wandering):
    """From 24 months nobody can tell a line from a slowly wandering level: a line is held too often, the other too
    seldom. A year and more ahead it stays within 66 to 96 %: 70 to 92 % with two standard errors to either side."""
    assert 0.66 <= count_held(np.random.default_rng(5), 14, lambda rng: (phi, wandering)) <= 0.96


@pytest.mark.slow
def test_probabilities_come_true_as_often_as_they_say():
    """Of 600 drawn targets, those given about p are reached in about p of the cases (four groups, three errors)."""
    rng, told, came = np.random.default_rng(7), [], []
    for _ in range(600):
        drift = rng.normal(0, GRID.drift_sd_per_year)
        counts = draw(rng, length=36, total=4000, phi=4, wandering=0.01, drift=drift)
        target = counts[23] / 4000 * rng.uniform(0.6, 1.4)
        months = [Month(place, int(count), 4000) for place, count in enumerate(counts[:24])]
        (found,) = project(months, [(35, target)], GRID, level=LEVEL, minimum=12)
        told.append(found.probability)
        came.append(counts[35] / 4000 <= target)
    told, came = np.array(told), np.array(came)
    for low, high in [(0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.01)]:
        group = (told >= low) & (told < high)
        size, mean = group.sum(), told[group].mean()
        assert size > 30
        assert came[group].mean() == pytest.approx(mean, abs=3 * np.sqrt(max(mean * (1 - mean), 0.02) / size))


def make_months(length=24, *, start=0.2, drift=-0.2, total=10000):
    levels = np.log(start / (1 - start)) + drift / 12 * np.arange(length)
    return [Month(place, round(total * to_share(level)), total) for place, level in enumerate(levels)]


def test_a_straight_road_is_followed():
    months = make_months()
    (found,) = project(months, [(35, 0.2)], GRID, level=LEVEL, minimum=12)
    truth = to_share(np.log(0.25) - 0.2 * 35 / 12)
    assert found.middle == pytest.approx(truth, abs=0.005)
    assert found.low < truth < found.high
    assert found.probability > 0.95


def test_farther_is_less_certain_and_fewer_children_too():
    months = make_months()
    near, far = project(months, [(25, None), (60, None)], GRID, level=LEVEL, minimum=12)
    assert far.high - far.low > near.high - near.low
    small = [Month(month.place, month.count // 50, month.total // 50) for month in months]
    (few,) = project(small, [(25, None)], GRID, level=LEVEL, minimum=12)
    assert few.high - few.low > near.high - near.low


def test_a_higher_target_is_reached_more_surely():
    months = make_months()
    found = project(months, [(35, target / 100) for target in range(2, 40, 2)], GRID, level=LEVEL, minimum=12)
    chances = [one.probability for one in found]
    assert chances == sorted(chances)
    assert 0 <= chances[0] < 0.1 and 0.9 < chances[-1] <= 1


def test_too_few_months_say_so():
    with pytest.raises(TooFewMonthsError, match="perlu 12"):
        project(make_months(11), [(20, 0.1)], GRID, level=LEVEL, minimum=12)
    empty = [Month(20, 0, 0)]
    with pytest.raises(TooFewMonthsError):
        project(make_months(11) + empty, [(30, 0.1)], GRID, level=LEVEL, minimum=12)


def test_a_missing_month_only_widens():
    months = make_months()
    holed = [month for month in months if month.place not in (10, 11, 20)]
    (whole,) = project(months, [(30, None)], GRID, level=LEVEL, minimum=12)
    (less,) = project(holed, [(30, None)], GRID, level=LEVEL, minimum=12)
    assert less.middle == pytest.approx(whole.middle, abs=0.002)
    assert less.high - less.low >= whole.high - whole.low


def test_the_filter_agrees_with_weighted_least_squares():
    """Without wandering and with a flat prior of the drift, the level is the weighted line's (another algorithm)."""
    rng = np.random.default_rng(3)
    months = [Month(place, int(rng.binomial(5000, 0.2 - 0.002 * place)), 5000) for place in range(24)]
    state = fit_trend(months, Grid([1.0], [0.0], 1000.0))
    value = np.array([np.log((m.count + 0.5) / (m.total - m.count + 0.5)) for m in months])
    share = np.array([(m.count + 0.5) / (m.total + 1) for m in months])
    weight = np.sqrt(5001 * share * (1 - share))
    design = np.stack([np.ones(24), np.arange(24)], axis=1)
    line = np.linalg.lstsq(design * weight[:, None], value * weight, rcond=None)[0]
    assert state.mean[0] == pytest.approx([line[0] + 23 * line[1], line[1]], abs=1e-5)


# risk ratio, coverage now, then, share concerned → factor of the prevalence
FACTORS = [
    (0.88, 0.0, 1.0, 1.0, 0.88),   # everybody gets it, nobody had it
    (0.88, 0.5, 0.5, 1.0, 1.0),    # nothing changes
    (0.88, 1.0, 0.0, 1.0, 1 / 0.88),  # it is taken away
    (0.88, 0.0, 1.0, 0.25, 0.97),  # a quarter of the children is concerned
    (0.5, 0.4, 0.8, 1.0, 0.75),    # (1 - .8·.5) / (1 - .4·.5)
    (1.0, 0.0, 1.0, 1.0, 1.0),     # a service without effect
]  # fmt: skip


@pytest.mark.parametrize(("ratio", "now", "then", "concerned", "factor"), FACTORS)
def test_factor(ratio, now, then, concerned, factor):
    assert compute_factor(ratio, now, then, concerned) == pytest.approx(factor)


def test_a_doubted_effect_widens_the_figure():
    mixture = look_ahead(fit_trend(make_months(), GRID), 35)
    plain = describe(mixture, 35, 0.17, LEVEL)
    sure = describe(apply_effect(mixture, Effect(0.88, 0.88, 0.88, 1), 0, 1), 35, 0.17, LEVEL)
    doubted = describe(apply_effect(mixture, Effect(0.88, 0.6, 1.3, 1), 0, 1), 35, 0.17, LEVEL)
    assert sure.middle == pytest.approx(plain.middle * 0.88, rel=0.01)
    assert doubted.high - doubted.low > sure.high - sure.low
    assert sure.probability > plain.probability


@pytest.mark.parametrize("effect", [(0.9, 0.95, 1, 1), (0, 0, 1, 1), (0.9, 0.8, 1, 1.5)])
def test_effects_that_cannot_be_are_refused(effect):
    with pytest.raises(ValueError, match="effect"):
        Effect(*effect)
