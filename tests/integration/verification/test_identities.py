"""A child's sex and birth date decide its z-scores: they change while its months are open, and not under a lock."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.factories.accounts import make_user
from tests.factories.packages import MONTH, climb, submit
from tests.factories.records import make_staged, save_rows
from tumbuh.audit.models import Event
from tumbuh.records.api import BirthDateError, MonthsClosedError, ReasonMissingError, correct_child
from tumbuh.records.models import Measurement, Person, PersonHistory
from tumbuh.verification.api import Move, State, Tier, Wish, take_step
from tumbuh.verification.models import Contribution

pytestmark = pytest.mark.django_db
BORN = date(2024, 3, 5)
APRIL = date(2026, 4, 1)


@pytest.fixture
def child(desa):
    save_rows(make_staged("AISYAH"), make_staged("AISYAH", measured_on=date(2026, 4, 10)))
    return Person.objects.get()


@pytest.fixture
def correct(holders, child):
    def do(sex: str = "M", birth_date: date = BORN, reason: str = "buku KIA", by=None):
        values = {"sex": sex, "birth_date": birth_date, "reason": reason}
        return correct_child(by=by or holders[Tier.DESA], person=child, **values)

    return do


def scores() -> list[tuple]:
    return list(Measurement.objects.order_by("measured_on").values_list("haz", "waz", "whz", "age_days", "weight_gain"))


@pytest.mark.parametrize("values", [{"sex": "M"}, {"birth_date": date(2024, 1, 5)}, {"sex": "M", "birth_date": BORN}])
def test_open_months_are_computed_anew_as_if_it_had_been_entered_so(correct, child, desa, values):
    before = scores()
    touched = correct(**{"sex": "F", **values})
    assert set(touched) >= {(desa.pk, MONTH), (desa.pk, APRIL)}
    found = scores()
    Measurement.objects.all().delete()
    Person.objects.all().delete()
    right = {"sex": "F", **values}
    save_rows(make_staged("AISYAH", **right), make_staged("AISYAH", measured_on=date(2026, 4, 10), **right))
    assert found == scores() != before


def test_its_trail_its_history_and_who_did_it(correct, child, holders, desa):
    correct()
    event = Event.objects.get(action="records.child.corrected")
    assert (event.after, event.reason, event.region_id) == ({"fields": ["sex"]}, "buku KIA", desa.pk)
    assert PersonHistory.objects.get().sex == "F"
    mine = Contribution.objects.filter(user=holders[Tier.DESA]).values_list("month", flat=True)
    assert set(mine) == {MONTH, APRIL}
    assert correct() == [] and Event.objects.filter(action="records.child.corrected").count() == 1


@pytest.mark.parametrize("values", [{"sex": "M"}, {"sex": "F", "birth_date": date(2024, 1, 5)}])
@pytest.mark.parametrize("tier", Tier)
def test_a_closed_month_is_named(correct, holders, desa, child, values, tier):
    climb(holders, desa, tier)
    before = scores()
    with pytest.raises(MonthsClosedError, match=r"angka Maret 2026, padahal .* Minta paket"):
        correct(**values)
    child.refresh_from_db()
    assert (child.sex, child.birth_date, scores()) == ("F", BORN, before)


def test_a_closed_month_without_a_measurement_of_the_child_counts_too(correct, holders, desa):
    submit(holders[Tier.DESA], desa, APRIL)
    submit(holders[Tier.DESA], desa, date(2026, 5, 1))
    submit(holders[Tier.DESA], desa, date(2026, 2, 1))  # before it was registered
    with pytest.raises(MonthsClosedError, match="angka April 2026, Mei 2026, padahal"):
        correct()


def test_a_month_returned_whole_is_open_again(correct, holders, desa, child):
    submit(holders[Tier.DESA], desa)
    back = Wish(Move.RETURN, Tier.KECAMATAN, State.RETURNED_DESA, "jenis kelamin tertukar")
    take_step(by=holders[Tier.KECAMATAN], region=desa, month=MONTH, wish=back)
    correct()
    child.refresh_from_db()
    assert child.sex == "M"


def test_what_cannot_be(correct, regions):
    with pytest.raises(BirthDateError, match="10 Maret 2026"):
        correct(birth_date=date(2026, 3, 11))
    with pytest.raises(ReasonMissingError):
        correct(reason=" ")
    with pytest.raises(Person.DoesNotExist):
        correct(by=make_user("lain", role="DESA_OPERATOR", region=regions["91.01.01.2002"]))


@pytest.mark.parametrize("values", [{"sex": "M"}, {"birth_date": date(2024, 1, 5)}])
def test_the_database_itself_refuses(holders, desa, child, values):
    submit(holders[Tier.DESA], desa)
    with pytest.raises(DatabaseError, match="2026-03 yang terkunci") as caught, transaction.atomic():
        Person.objects.update(**values)
    assert caught.value.__cause__.sqlstate == "TM001"
    assert Person.objects.update(name="AISYAH PUTRI", sex="F", birth_date=BORN) == 1  # nothing of those changes


def test_without_a_closed_month_the_database_lets_it_pass(child):
    assert Person.objects.update(sex="M", birth_date=date(2024, 1, 5)) == 1
