"""The made-up province is believable, the same for the same seed, and nobody real is in it."""

from datetime import date

import numpy as np
import pytest

from tumbuh.engines.anthropometry.api import MISSING, compute_zscores
from tumbuh.intake.demo.curves import read_curves
from tumbuh.intake.demo.population import Desa, Plan, make_children
from tumbuh.intake.demo.visits import make_visits
from tumbuh.intake.demo.workbooks import describe_age

PLAN = Plan(children=6000, first_month=date(2025, 11, 1))
DESAS = [Desa(9_100_000_000 + kab * 10**6 + kec * 10**4 + 2000 + n, n == 1)
         for kab in range(1, 6) for kec in range(1, 5) for n in range(1, 9)]  # fmt: skip


@pytest.fixture(scope="module")
def made():
    children = make_children(PLAN, DESAS)
    return children, make_visits(PLAN, children, read_curves())


@pytest.fixture(scope="module")
def scores(made):
    children, visits = made
    return compute_zscores(
        children.is_girl[visits.child] + 1, list_ages(made), visits.weight_kg, visits.lenhei_cm, visits.mode
    )


def list_ages(made):
    children, visits = made
    return (visits.measured_on - children.born[visits.child]).astype(int)


def share_below(z, flag, limit):
    known = (z != MISSING) & ~flag
    return (z[known] < limit).mean()


def test_the_same_seed_makes_the_same_province(made):
    again = make_children(PLAN, DESAS)
    visits = make_visits(PLAN, again, read_curves())
    assert again.names == made[0].names
    assert np.array_equal(visits.weight_kg, made[1].weight_kg)


def test_every_desa_has_children_and_they_add_up(made):
    counts = np.bincount(made[0].desa, minlength=len(DESAS))
    assert counts.min() >= 8
    assert counts.sum() == PLAN.children


def test_about_a_fifth_is_stunted_and_the_map_has_hills(made, scores):
    assert 0.16 < share_below(scores.haz, scores.haz_flag, -200) < 0.24
    kabupaten = np.array([desa.id // 10**6 for desa in DESAS])[made[0].desa[made[1].child]]
    shares = [
        share_below(scores.haz[kabupaten == code], scores.haz_flag[kabupaten == code], -200)
        for code in np.unique(kabupaten)
    ]
    assert max(shares) - min(shares) > 0.03


def test_wasting_underweight_and_flags_are_in_the_usual_range(scores):
    assert 0.04 < share_below(scores.whz, scores.whz_flag, -200) < 0.09
    assert 0.08 < share_below(scores.waz, scores.waz_flag, -200) < 0.17
    assert 0 < scores.haz_flag.mean() < 0.01


def test_some_visits_are_missed_and_none_is_impossible(made):
    children, visits = made
    ages = list_ages(made)
    assert ages.min() >= 0
    assert ages.max() < 1827
    starts = PLAN.month_starts
    assert ((visits.measured_on >= starts[0]) & (visits.measured_on < starts[-1])).all()
    assert len(set(zip(visits.child.tolist(), visits.month.tolist(), strict=True))) == visits.child.size
    alive = sum(
        ((children.born < starts[m]) & (starts[m] - children.born < np.timedelta64(1800))).sum() for m in range(12)
    )
    assert 0.6 < visits.child.size / alive < 0.95


def test_some_children_have_brothers_and_sisters(made):
    children = made[0]
    homes: dict[tuple, list[int]] = {}
    for child in range(children.size):
        home = (children.homes.addresses[child], children.homes.rts[child], children.homes.rws[child])
        homes.setdefault((int(children.desa[child]), children.mothers[child], *home), []).append(child)
    families = [members for members in homes.values() if len(members) > 1]
    assert 0.06 < sum(map(len, families)) / children.size < 0.16
    twins = [two for two in families if children.born[two[0]] == children.born[two[1]]]
    assert 0.005 < 2 * len(twins) / children.size < 0.02
    for family in families:
        gaps = np.diff(np.sort(children.born[family])).astype(int)
        assert ((gaps == 0) | (gaps >= 300)).all()
        assert len({children.names[child].split()[0] for child in family if gaps[0] == 0}) in (0, 2)


def test_no_nik_can_be_anybodys(made):
    niks = [nik for nik in made[0].niks if nik]
    assert len(niks) == len(set(niks))
    assert all(nik.startswith("99") and len(nik) == 16 for nik in niks)
    assert 0.9 < len(niks) / made[0].size < 0.96


@pytest.mark.parametrize(
    ("born", "measured_on", "text"),
    [
        (date(2024, 3, 10), date(2026, 6, 22), "2 Tahun - 3 Bulan - 12 Hari"),
        (date(2026, 1, 31), date(2026, 2, 28), "0 Tahun - 0 Bulan - 28 Hari"),
        (date(2025, 12, 5), date(2026, 1, 5), "0 Tahun - 1 Bulan - 0 Hari"),
    ],
)
def test_ages_are_written_as_the_export_does(born, measured_on, text):
    assert describe_age(born, measured_on) == text
