"""Every outcome of a row, from the file to the register."""

from decimal import Decimal

import pytest

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_csv, write_xlsx
from tests.factories.imports import preview, run, tell
from tests.factories.regions import make_province
from tumbuh.intake.api import State
from tumbuh.records.models import Measurement, Person

pytestmark = pytest.mark.django_db
NIK = "9101014503240001"


@pytest.fixture
def user():
    regions = make_province()
    return make_user(role="PROVINSI_ADMIN", region=regions["91"])


def test_a_new_child(user, tmp_path):
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK)]))
    assert (taken.state, taken.error_message) == (State.COMMITTED, "")
    assert tell(taken) == [(5, "new", ())]
    person, visit = Person.objects.get(), Measurement.objects.get()
    assert (person.name, person.desa.code, person.posyandu.name) == ("AISYAH PUTRI", "91.01.01.2001", "MELATI 1")
    assert (visit.weight_kg, visit.lenhei_cm, visit.mode) == (Decimal("11.2"), Decimal("84.5"), "H")
    assert visit.haz is not None
