"""Random sequences of steps by everybody on a few desa, against a small reference model."""

import os
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.packages import MONTH, make_holders
from tests.factories.regions import make_province
from tumbuh.verification.api import (
    Move,
    Package,
    State,
    Tier,
    VerificationError,
    Wish,
    get_status,
    list_rows,
    summarise,
    take_step,
)

TABLE = yaml.safe_load((Path(__file__).parents[2] / "spec/verification/moves.yaml").read_text())
DESA = ("91.01.01.2001", "91.01.01.2002", "91.01.02.1001", "91.02.01.2001")
PASSED = {
    "DRAFT": 0, "RETURNED_DESA": 0, "SUBMITTED": 1, "RETURNED_KECAMATAN": 1, "VERIFIED_KECAMATAN": 2,
    "RETURNED_KABUPATEN": 2, "VERIFIED_KABUPATEN": 3, "ACCEPTED": 4,
}  # fmt: skip
STEP = st.tuples(
    st.sampled_from(DESA), st.sampled_from(Tier), st.sampled_from(Move), st.sampled_from(State), st.booleans(),
    st.sampled_from(["", "sebab"]),
)  # fmt: skip
# Most random steps are refused; these weigh towards those that lead upwards.
UPWARDS = st.builds(
    lambda place, tier: (place, tier, Move.SUBMIT if tier == Tier.DESA else Move.VERIFY, None, True, ""),
    st.sampled_from(DESA[:3]),
    st.sampled_from(Tier),
)
FEW, MANY = 25, int(os.environ.get("TUMBUH_TEST_SEQUENCES", "300"))


class Model:
    """What should happen, as plainly as it can be said; the people are those of kabupaten 91.01."""

    def __init__(self):
        self.states = dict.fromkeys(DESA, "DRAFT")

    def step(self, place, tier, move, target, excepted, reason) -> bool:
        """Whether the step is allowed; if so it is done."""
        allowed = TABLE[self.states[place]].get(tier.name, {}).get(move, [])
        if not self.is_at_home(place, tier) or not allowed or (target and target not in allowed):
            return False
        if move in ("RETURN", "UNAPPROVE") and not reason:
            return False
        if move == "VERIFY" and not excepted and not self.is_done_below(place, tier):
            return False
        self.states[place] = str(target or allowed[0])
        return True

    def is_at_home(self, place, tier) -> bool:
        return place.startswith({1: "91.01.01.2001", 2: "91.01.01", 3: "91.01", 4: "91"}[tier])

    def is_done_below(self, place, tier) -> bool:
        above = {2: place, 3: place[:8], 4: place[:5]}[tier]
        return all(PASSED[self.states[desa]] >= tier - 1 for desa in DESA if desa.startswith(above))

    def passed(self, region) -> int:
        # the province has one desa more, which nobody ever sends
        return 0 if region == "91" else min(PASSED[s] for desa, s in self.states.items() if desa.startswith(region))


@pytest.fixture(scope="module")
def world(once_for_all):
    with once_for_all():
        regions = make_province()
        return regions, make_holders(regions)


def play(world, steps) -> None:
    regions, holders = world
    model = Model()
    for place, tier, move, target, excepted, reason in steps:
        expected = model.step(place, tier, move, target, excepted, reason)
        wish = Wish(move, tier, target, reason, "sebab" if excepted else "")
        try:
            with transaction.atomic():
                take_step(by=holders[tier], region=regions[place], month=MONTH, wish=wish)
            done = True
        except VerificationError:
            done = False
        assert done == expected, (place, tier, move, target)
    held = {package.region.code: package.state for package in Package.objects.select_related("region")}
    assert {desa: held.get(desa, "DRAFT") for desa in DESA} == model.states
    for region in ("91.01.01", "91.01", "91.02", "91"):
        status = get_status(regions[region], MONTH)
        assert status.passed == model.passed(region)
        assert status == summarise(list_rows(regions[region], MONTH))
    for package in Package.objects.all():
        targets = list(package.steps.values_list("target", flat=True))
        assert (targets[-1] if targets else "DRAFT") == package.state


def play_and_forget(world, steps) -> None:
    with transaction.atomic():
        play(world, steps)
        transaction.set_rollback(True)


SEQUENCES = given(st.lists(STEP | UPWARDS | UPWARDS | UPWARDS, max_size=25))
QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@pytest.mark.django_db
def test_sequences(world):
    settings(max_examples=FEW, **QUIET)(SEQUENCES(lambda steps: play_and_forget(world, steps)))()


@pytest.mark.slow
@pytest.mark.django_db
def test_many_sequences(world):
    settings(max_examples=MANY, **QUIET)(SEQUENCES(lambda steps: play_and_forget(world, steps)))()
