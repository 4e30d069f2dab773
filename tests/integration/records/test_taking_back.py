"""What a batch wrote of lives is taken back whole: random lists, saved and undone, leave what was there before."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories.records import make_batch, make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.records.api import (
    CheckRow,
    CoupleRow,
    LifeRows,
    PersonRow,
    PregnancyRow,
    ServiceRow,
    StatementRow,
    enrol_people,
    open_undoing,
    save_life,
    set_deciles,
    undo_batch,
    undo_life,
)
from tumbuh.records.models import Household, Person, ServiceReceived

pytestmark = pytest.mark.django_db
DESA = 9101012001
WEDDINGS = (None, date(2026, 4, 1))
CODES = ("iron_tablets", "home_visit")
TABLES = (
    "records_household", "records_person", "records_pregnancy", "records_couple", "records_healthcheck",
    "records_servicereceived", "records_statement",
)  # fmt: skip


@pytest.fixture(autouse=True)
def register():
    make_province()
    with whole_country("a test"):
        save_rows(make_staged("BUDI"), make_staged("BUDI", measured_on=date(2026, 4, 10)))
        yield


def read_tables() -> dict[str, list[str]]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1")
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


def enrol(batch, *names: str) -> list[int]:
    rows = [PersonRow(DESA, name, "F", date(1998, 6, 1), date(2025, 1, 1), family_name=name, rt="1") for name in names]
    return [one.person_id for one in enrol_people(by=SYSTEM, batch=batch, rows=rows)]


def make_life(chance: random.Random, people: list[int]) -> LifeRows:
    """A few rows of each kind, with few days and codes so that lists often say the same again."""
    homes = dict(Person.objects.filter(pk__in=people).values_list("pk", "household_id"))

    def day() -> date:
        return date(2026, 3, chance.randint(1, 4))

    def risky() -> bool:
        return chance.random() < 0.5

    some = [chance.choice(people) for _ in range(6)]
    return LifeRows(
        pregnancies=[PregnancyRow(person, DESA, date(2026, 1, 1), is_risky=risky()) for person in some],
        couples=[CoupleRow(DESA, day(), person, married_on=chance.choice(WEDDINGS)) for person in some],
        checks=[CheckRow(person, DESA, day(), muac_cm=Decimal(chance.randint(200, 260)) / 10) for person in some],
        services=[
            ServiceRow(DESA, chance.choice(CODES), day(), person, quantity=chance.randint(1, 3))
            for person in some
        ],
        statements=[
            StatementRow(DESA, "water", risky(), day(), household_id=homes[person]) for person in some
        ],
    )  # fmt: skip


def take_back(batch):
    undone = undo_life(by=SYSTEM, batch=batch, reason="salah")
    open_undoing()
    return undone, undo_batch(by=SYSTEM, batch=batch, reason="salah")


@pytest.mark.parametrize("seed", range(8))
def test_saved_and_undone_is_as_before(seed):
    chance = random.Random(seed)
    people = enrol(make_batch("form"), "SITI", "AMINAH", "RINI")
    save_life(by=SYSTEM, batch=make_batch("form"), rows=make_life(chance, people))
    before = read_tables()
    batch = make_batch("list")
    everybody = people + enrol(batch, "DEWI", "WATI")
    rows = make_life(chance, everybody)
    saved = save_life(by=SYSTEM, batch=batch, rows=rows)
    again = save_life(by=SYSTEM, batch=make_batch("list"), rows=rows)
    assert (again.new, again.changed) == (0, 0) and read_tables() != before
    undone, _people = take_back(batch)
    assert read_tables() == before
    assert undone.removed == saved.new and undone.restored == saved.changed
    assert set(saved.desa_months) <= set(undone.desa_months)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_batches_undone_in_any_order_leave_nothing(order):
    people = enrol(make_batch("form"), "SITI", "AMINAH")
    before = read_tables()
    batches = []
    for seed in range(3):
        batches.append(make_batch("list"))
        save_life(by=SYSTEM, batch=batches[-1], rows=make_life(random.Random(seed), people))
    for number in order:
        take_back(batches[number])
    assert read_tables() == before


def test_what_another_batch_says_of_somebody_keeps_them():
    batch, other = make_batch("list"), make_batch("other")
    siti, dewi = enrol(batch, "SITI", "DEWI")
    save_life(by=SYSTEM, batch=other, rows=LifeRows(services=[ServiceRow(DESA, "home_visit", date(2026, 3, 3), siti)]))
    _life, undone = take_back(batch)
    assert [kept.batch_id for kept in undone.kept] == [other.pk] and undone.children_removed == 1
    assert Person.objects.filter(pk=siti).exists() and not Person.objects.filter(pk=dewi).exists()
    take_back(other)
    assert not ServiceReceived.objects.exists()


def test_a_child_goes_before_its_mother():
    batch = make_batch("list")
    (mother,) = enrol(batch, "SITI")
    child = PersonRow(DESA, "ANI", "F", date(2025, 6, 1), date(2025, 6, 1), mother_id=mother)
    enrol_people(by=SYSTEM, batch=batch, rows=[child])
    take_back(batch)
    assert not Person.objects.filter(name__in=["SITI", "ANI"]).exists()


def test_deciles_say_what_was_before():
    enrol(make_batch("form"), "SITI")
    home = Household.objects.latest("pk")
    assert set_deciles(by=SYSTEM, batch=make_batch("list"), deciles={home.pk: 3}) == {home.pk: None}
    assert set_deciles(by=SYSTEM, batch=make_batch("list"), deciles={home.pk: 3}) == {}
    assert set_deciles(by=SYSTEM, batch=make_batch("list"), deciles={home.pk: 4}) == {home.pk: 3}
