"""Who hears of obligations: units, institutions, and the level above; each once for a due date."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.programme import load_here
from tests.factories.regions import make_province
from tumbuh.accounts.api import list_institutions, load_institutions
from tumbuh.accounts.models import Assignment
from tumbuh.accounts.rules import Scope
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.models import Notice
from tumbuh.programme.api import Obligation, remind_of_obligations

pytestmark = pytest.mark.django_db
DESA, LATE_DAY = "91.01.01.2001", date(2027, 2, 5)


@pytest.fixture
def people():
    regions = make_province()
    load_here()
    load_institutions(by=SYSTEM, province="91")
    operator = make_user("operator", role="DESA_OPERATOR", region=regions[DESA])
    camat = make_user("camat", role="KECAMATAN_VERIFIER", region=regions["91.01.01"])
    office = make_user("bappeda", role="OPD_OFFICER", region=regions["91"])
    bapperida = list_institutions(Scope((regions["91"].span,))).get(code="bapperida", region=regions["91"])
    Assignment.objects.filter(user=office).update(institution=bapperida)
    make_user("kader", role="KADER", region=regions[DESA])
    return regions, operator, camat, office


def told(user, kind: str) -> list[str]:
    return [one.places["number"] for one in Notice.objects.filter(user=user, kind=kind)]


def test_each_hears_of_their_own_once(people):
    regions, operator, camat, office = people
    first = remind_of_obligations(by=SYSTEM, today=LATE_DAY)
    assert first > 0
    assert remind_of_obligations(by=SYSTEM, today=LATE_DAY) == 0
    own = Obligation.objects.filter(due_on=date(2026, 12, 31), counts=True)
    assert told(operator, "obligation.late") == [str(own.filter(region=regions[DESA]).count())]
    assert told(camat, "obligation.late") == [str(own.filter(region=regions["91.01.01"]).count())]
    low, high = regions["91.01.01"].span
    below = own.filter(region_id__gt=low, region_id__lte=high).count()
    assert told(camat, "obligation.late_below") == [str(below)]
    assert len(told(office, "obligation.late")) == 1
    assert not Notice.objects.filter(user__username="kader").exists()


def test_what_is_met_or_waived_is_not_called(people):
    regions, operator, *_rest = people
    Obligation.objects.filter(region=regions[DESA]).update(is_met=True)
    remind_of_obligations(by=SYSTEM, today=LATE_DAY)
    assert told(operator, "obligation.late") == []


def test_before_the_day(people):
    _regions, operator, *_rest = people
    remind_of_obligations(by=SYSTEM, today=date(2026, 12, 2))
    remind_of_obligations(by=SYSTEM, today=date(2026, 12, 26))
    assert len(told(operator, "obligation.near")) == 2
