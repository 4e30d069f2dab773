"""The database refuses codes that no rule knows, whoever writes; a step keeps by which role it was taken."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories.packages import MONTH, climb, submit
from tumbuh.accounts.api import assign_role
from tumbuh.audit.api import SYSTEM
from tumbuh.verification.api import Move, Package, State, Step, Tier, Wish, set_deadline, take_step
from tumbuh.verification.models import CellReturn, DeadlineChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(holders, desa):
    """One row of each table that holds codes."""
    step = submit(holders[Tier.DESA], desa)
    CellReturn.objects.create(package=step.package, step=step, object_kind="measurement", object_id=1, field="mode")
    set_deadline(by=holders[Tier.PROVINSI], tier=Tier.DESA, day=5, valid_from=MONTH, reason="SE 1/2026")


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        (Package, {"state": "LOST"}, "package_state"),
        (
            Package,
            {"condition": "x", "condition_due": date(2026, 5, 1), "condition_tier": 5},
            "package_condition_tier",
        ),
        (Step, {"move": "FLY"}, "step_move"),
        (Step, {"tier": 0}, "step_tier"),
        (Step, {"source": ""}, "step_source"),
        (Step, {"target": "lost"}, "step_target"),
        (CellReturn, {"answer": "sudah"}, "cell_answer_words"),
        (DeadlineChange, {"tier": 9}, "deadline_tier"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_other_code_is_stored(rows, model, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.update(**values)


@pytest.mark.parametrize("state", State)
def test_every_state_of_the_table_can_be_stored(rows, state):
    assert Package.objects.update(state=state) == 1


def test_a_step_keeps_the_role_that_gave_it(holders, regions, desa):
    several = holders[Tier.KECAMATAN]
    for role, place in (("ANALYST", "91.01.01"), ("KECAMATAN_VERIFIER", "91.01.02")):
        assign_role(by=SYSTEM, user=several, role=role, region=regions[place], valid_from=date(2025, 1, 1))
    climb(holders, desa, Tier.PROVINSI)
    wish = Wish(Move.UNAPPROVE, Tier.PROVINSI, State.SUBMITTED, "tertukar")
    take_step(by=holders[Tier.PROVINSI], region=desa, month=MONTH, wish=wish)
    assert list(Step.objects.values_list("role", flat=True)) == [
        "DESA_OPERATOR", "KECAMATAN_VERIFIER", "KABUPATEN_VERIFIER", *["PROVINSI_VERIFIER"] * 4,
    ]  # fmt: skip
