"""Who somebody is in a month: each row is a life and what its month must say of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection

from tests.factories.records import make_batch, make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.config.postgresql.carrying import mentions_people
from tumbuh.records.api import (
    CheckRow,
    CoupleRow,
    LifeRows,
    Match,
    Outcome,
    PersonRow,
    PregnancyOverlapError,
    PregnancyRow,
    ServiceRow,
    StatementRow,
    enrol_people,
    list_service_months,
    record_birth,
    save_life,
)
from tumbuh.records.models import Person, PregnancyHistory, ServiceReceived
from tumbuh.records.models.histories import HISTORIES
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.django_db
DESA = 9101012001
MONTH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def register():
    """A month counts once a child was measured in it: March and, for what comes later, April."""
    make_province()
    with whole_country("a test"):
        save_rows(make_staged("BUDI"), make_staged("BUDI", measured_on=date(2026, 4, 10)))
        yield


def make_woman(name: str = "SITI", **values) -> PersonRow:
    values = {
        "birth_date": date(1998, 6, 1),
        "registered_on": date(2025, 1, 1),
        "family_name": name,
        "rt": "1",
        **values,
    }
    return PersonRow(desa_id=DESA, name=name, sex="F", **values)


def enrol(*rows: PersonRow) -> list[int]:
    return [one.person_id for one in enrol_people(by=SYSTEM, batch=make_batch("form"), rows=rows)]


def read_month(person_id: int, month: date = MONTH) -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_person_month WHERE person_id = %s AND month = %s", [person_id, month])
        row = cursor.fetchone()
        return dict(zip([column.name for column in cursor.description], row, strict=True)) if row else {}


def tell(**kinds):
    return save_life(by=SYSTEM, batch=make_batch("form"), rows=LifeRows(**kinds))


# what happened to her (started, ended, outcome), and what March 2026 must say
PREGNANCIES = [
    ("began on the month's last day", (date(2026, 3, 31), None, ""), {"gestation_days": 0}),
    ("began after the month", (date(2026, 4, 1), None, ""), {"gestation_days": None}),
    ("goes on", (date(2026, 1, 1), None, ""), {"gestation_days": 89, "birth_on": None}),
    ("open for 308 days", (date(2025, 5, 27), None, ""), {"gestation_days": 308}),
    ("open for 309 days: lost", (date(2025, 5, 26), None, ""), {"gestation_days": None}),
    ("born on the month's last day", (date(2025, 6, 20), date(2026, 3, 31), "LIVE"), {"days_since_birth": 0}),
    ("born a day later", (date(2025, 6, 20), date(2026, 4, 1), "LIVE"), {"gestation_days": 284, "birth_on": None}),
    ("born still", (date(2025, 6, 20), date(2026, 2, 28), "STILL"), {"days_since_birth": 31, "months_since_birth": 1}),
    ("lost early", (date(2025, 12, 1), date(2026, 2, 1), "LOSS"), {"gestation_days": None, "days_since_birth": None}),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "pregnancy", "expected"), PREGNANCIES, ids=[row[0] for row in PREGNANCIES])
def test_pregnancies(_name, pregnancy, expected):
    (mother,) = enrol(make_woman())
    started_on, ended_on, outcome = pregnancy
    tell(pregnancies=[PregnancyRow(mother, DESA, started_on, ended_on=ended_on, outcome=outcome)])
    month = read_month(mother)
    assert {key: month[key] for key in expected} == expected


def test_births_from_children_and_pregnancies_are_one():
    (mother,) = enrol(make_woman())
    enrol(
        PersonRow(DESA, "ANI", "F", date(2024, 1, 15), date(2024, 1, 15), mother_id=mother),
        PersonRow(DESA, "ANA", "F", date(2026, 2, 20), date(2026, 2, 20), mother_id=mother),
        PersonRow(DESA, "INA", "F", date(2026, 2, 20), date(2026, 2, 20), mother_id=mother),
    )
    tell(pregnancies=[PregnancyRow(mother, DESA, date(2025, 5, 20), ended_on=date(2026, 2, 20), outcome="LIVE")])
    month = read_month(mother)
    expected = {"birth_on": date(2026, 2, 20), "children_born": 3, "birth_gap_months": 25, "days_since_birth": 39}
    assert {key: month[key] for key in expected} == expected


# checks (day, arm, haemoglobin), pregnancy since, and what the month reads
CHECKS = [
    ("the last of each", [(date(2026, 1, 5), "22.9", "10.5"), (date(2026, 3, 5), "23.5", None)], None, 235, 105),
    ("a year old at most", [(date(2025, 3, 31), "22.9", None)], None, 229, None),
    ("older than a year", [(date(2025, 3, 30), "22.9", None)], None, None, None),
    ("before the pregnancy", [(date(2026, 1, 31), "22.9", "9.0")], date(2026, 2, 1), None, None),
    ("within it", [(date(2026, 2, 1), "22.9", "9.0")], date(2026, 2, 1), 229, 90),
    ("after the month", [(date(2026, 4, 1), "22.9", "9.0")], None, None, None),
]


@pytest.mark.parametrize(("_name", "checks", "since", "muac", "hb"), CHECKS, ids=[row[0] for row in CHECKS])
def test_checks(_name, checks, since, muac, hb):
    (woman,) = enrol(make_woman())
    rows = [CheckRow(woman, DESA, day, muac_cm=arm, hb_g_dl=blood) for day, arm, blood in checks]
    tell(checks=rows, pregnancies=[PregnancyRow(woman, DESA, since)] if since else [])
    month = read_month(woman)
    assert (month["muac_mm"], month["hb_dg"]) == (muac, hb)


def test_body_mass_index():
    (woman,) = enrol(make_woman())
    tell(checks=[CheckRow(woman, DESA, date(2026, 3, 5), weight_kg=Decimal(45), height_cm=Decimal(150), smoke=True)])
    month = read_month(woman)
    assert (month["bmi_tenths"], month["smoke"]) == (200, True)


# couples (registered, married, called off) and the day that March reads
COUPLES = [
    ("registered on the last day", (date(2026, 3, 31), None, None), date(2026, 3, 31)),
    ("registered later", (date(2026, 4, 1), None, None), None),
    ("married on the last day", (date(2026, 1, 1), date(2026, 3, 31), None), None),
    ("married later", (date(2026, 1, 1), date(2026, 4, 1), None), date(2026, 1, 1)),
    ("called off", (date(2026, 1, 1), None, date(2026, 2, 1)), None),
]


@pytest.mark.parametrize(("_name", "couple", "since"), COUPLES, ids=[row[0] for row in COUPLES])
def test_couples(_name, couple, since):
    groom = PersonRow(DESA, "ADI", "M", date(1995, 1, 1), date(2025, 1, 1))
    bride_id, groom_id = enrol(make_woman(), groom)
    registered_on, married_on, called_off_on = couple
    tell(couples=[CoupleRow(DESA, registered_on, bride_id, groom_id, None, married_on, called_off_on)])
    assert [read_month(person)["couple_on"] for person in (bride_id, groom_id)] == [since, since]


# statements (whose, value, day) about water and what the month reads
STATEMENTS = [
    ("never said", [], None),
    ("the household's", [("home", True, date(2025, 6, 1))], True),
    ("the later one", [("home", True, date(2025, 6, 1)), ("home", False, date(2026, 3, 31))], False),
    ("a later month", [("home", True, date(2025, 6, 1)), ("home", False, date(2026, 4, 1))], True),
    ("the person's own goes first", [("own", True, date(2025, 6, 1)), ("home", False, date(2026, 3, 1))], True),
]


@pytest.mark.parametrize(("_name", "said", "water"), STATEMENTS, ids=[row[0] for row in STATEMENTS])
def test_statements(_name, said, water):
    (woman,) = enrol(make_woman())
    home = Person.objects.get(pk=woman).household_id
    tell(statements=[
        StatementRow(DESA, "water", value, day, *((woman, None) if whose == "own" else (None, home)))
        for whose, value, day in said
    ])  # fmt: skip
    assert read_month(woman)["water"] is water


def test_one_stands_for_the_household():
    mother, _child, granny = enrol(
        make_woman(),
        PersonRow(DESA, "ANI", "F", date(2024, 1, 15), date(2024, 1, 15), family_name="SITI", rt="1"),
        make_woman("SITI TUA", birth_date=date(1960, 1, 1), family_name="SITI"),
    )
    Person.objects.filter(name="ANI").update(mother_id=mother)
    months = [read_month(person) for person in (mother, granny)]
    assert [(month["is_contact"], month["has_target"]) for month in months] == [(True, True), (False, True)]


def test_the_same_again_changes_nothing_and_a_change_keeps_what_was():
    (woman,) = enrol(make_woman())
    rows = {"services": [ServiceRow(DESA, "iron", date(2026, 3, 3), woman, quantity=30)]}
    first, again = tell(**rows), tell(**rows)
    more = tell(services=[ServiceRow(DESA, "iron", date(2026, 3, 3), woman, quantity=60)])
    assert [(saved.new, saved.changed) for saved in (first, again, more)] == [(1, 0), (0, 0), (0, 1)]
    assert (again.desa_months, first.desa_months) == ([], [(DESA, date(2026, 3, 1)), (DESA, date(2026, 4, 1))])
    assert ServiceReceived.objects.get().quantity == 60


def test_two_pregnancies_at_a_time_are_refused():
    (woman,) = enrol(make_woman())
    tell(pregnancies=[PregnancyRow(woman, DESA, date(2025, 10, 1))])
    with pytest.raises(PregnancyOverlapError, match="baris 1"):
        tell(pregnancies=[PregnancyRow(woman, DESA, date(2026, 1, 1))])


def test_a_birth_hands_over():
    (woman,) = enrol(make_woman())
    mother = Person.objects.get(pk=woman)
    tell(pregnancies=[PregnancyRow(woman, DESA, date(2025, 6, 20))])
    child = PersonRow(DESA, "ANI", "F", date(2026, 3, 20), date(2026, 3, 20))
    for _time in range(2):
        saved, enrolled = record_birth(
            by=SYSTEM, batch=make_batch("form"), mother=mother, born_on=date(2026, 3, 20), outcome=Outcome.LIVE,
            children=[child],
        )  # fmt: skip
    born = Person.objects.get(name="ANI")
    assert (born.mother_id, born.household_id, enrolled[0].match) == (woman, mother.household_id, Match.KNOWN)
    assert read_month(woman)["days_since_birth"] == 11 and read_month(born.pk)["age_months"] == 0
    assert (DESA, MONTH) in saved.desa_months and PregnancyHistory.objects.count() == 1


def test_lists_know_the_person_again():
    nik = "9999990106980001"
    first = enrol_people(by=SYSTEM, batch=make_batch("form"), rows=[make_woman(nik=nik)])[0]
    same = make_woman(nik=None)
    other_desa = PersonRow(get_region("91.01.01.2002").pk, "SITI", "F", date(1998, 6, 1), date(2025, 1, 1), nik=nik)
    near = make_woman("SITTI", nik=None)
    found = enrol_people(by=SYSTEM, batch=make_batch("form"), rows=[same, other_desa, near, near])
    assert [one.match for one in found] == [Match.KNOWN, Match.NIK_OTHER_DESA, Match.NEAR_NAME, Match.NEAR_NAME]
    assert found[0].person_id == first.person_id and Person.objects.filter(name_key="siti").count() == 1


def test_every_history_is_among_those_that_are_cleared():
    kept = {model for model in apps.get_app_config("records").get_models() if hasattr(model, "pgh_label")}
    assert kept == set(HISTORIES)


def test_months_count_for_a_connection_that_asked_nothing_before():
    """The backend tells the scope where a statement names people: the months of the register are theirs too."""
    assert mentions_people("SELECT month FROM records_month")
    assert list_service_months() == [MONTH, date(2026, 4, 1)]
