"""What a closed month says of people is locked in the database, for services too; returned cells open, nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.accounts import make_user
from tests.factories.lives import BIRTHDAY, enrol, make_woman, tell
from tests.factories.packages import MONTH, climb, submit, verify
from tests.factories.records import make_staged, save_rows
from tumbuh.audit.models import Event
from tumbuh.records.api import (
    CheckRow,
    CoupleRow,
    PregnancyRow,
    ServiceRow,
    StatementRow,
    correct_entry,
    create_batch,
    remove_entry,
)
from tumbuh.records.models import Couple, HealthCheck, Measurement, Person, Pregnancy, ServiceReceived, Statement
from tumbuh.records.models.histories import PregnancyHistory, ServiceReceivedHistory
from tumbuh.verification.api import (
    GROWTH,
    SERVICES,
    Cell,
    Move,
    Package,
    State,
    Tier,
    Wish,
    list_closed,
    list_official,
    return_cells,
    take_step,
)
from tumbuh.verification.models import Contribution

pytestmark = pytest.mark.django_db
APRIL, FEBRUARY = date(2026, 4, 1), date(2026, 2, 1)


@pytest.fixture
def woman(desa):
    (key,) = enrol(make_woman(desa.pk))
    return key


@pytest.fixture
def given(desa, woman):
    """Iron tablets and a check in March, and the same in April."""
    for day in (date(2026, 3, 10), date(2026, 4, 10)):
        tell(
            services=[ServiceRow(desa.pk, "iron_tablets", day, woman, quantity=30)],
            checks=[CheckRow(woman, desa.pk, day, muac_cm=Decimal("23.5"))],
        )
    return ServiceReceived.objects.get(month=MONTH)


def refuses(change) -> bool:
    """Whether the database refuses the change because the month is closed, and says what to do."""
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        assert "terkunci" in str(error) and error.__cause__.sqlstate == "TM001"
        assert error.__cause__.diag.message_hint
        return True
    return False


def send_back(holders, desa, kind: str, key: int, *fields: str):
    cells = [Cell(kind, key, field, "other", "tidak cocok dengan register") for field in fields]
    values = {"by": holders[Tier.KECAMATAN], "region": desa, "month": MONTH, "tier": Tier.KECAMATAN}
    return return_cells(**values, cells=cells, data_set=SERVICES)


def close(holders, desa, month=MONTH, data_set=SERVICES):
    return submit(holders[Tier.DESA], desa, month, data_set=data_set)


def change_quantity(row, number=60) -> int:
    return ServiceReceived.objects.filter(pk=row.pk).update(quantity=number)


@pytest.mark.parametrize("tier", Tier)
def test_services_and_checks_of_a_month_that_was_sent(holders, desa, woman, given, tier):
    climb(holders, desa, tier, data_set=SERVICES)
    check = HealthCheck.objects.get(checked_on__lt=APRIL)
    march = date(2026, 3, 20)
    assert refuses(lambda: change_quantity(given))
    assert refuses(lambda: given.delete())
    assert refuses(lambda: tell(services=[ServiceRow(desa.pk, "home_visit", march, woman)]))
    assert refuses(lambda: tell(services=[ServiceRow(desa.pk, "iron_tablets", date(2026, 3, 10), woman, quantity=9)]))
    assert refuses(lambda: HealthCheck.objects.filter(pk=check.pk).update(hb_g_dl=Decimal("10.1")))
    assert refuses(lambda: check.delete())
    assert refuses(lambda: tell(checks=[CheckRow(woman, desa.pk, march, hb_g_dl=Decimal(11))]))
    assert not refuses(lambda: tell(services=[ServiceRow(desa.pk, "home_visit", date(2026, 4, 20), woman)]))
    assert not refuses(lambda: ServiceReceived.objects.filter(month=APRIL).delete())
    assert list_closed({(desa.pk, MONTH), (desa.pk, APRIL)}, SERVICES) == {(desa.pk, MONTH)}


def test_saying_again_what_is_known_is_no_change(holders, desa, woman, given):
    close(holders, desa)
    same = [ServiceRow(desa.pk, "iron_tablets", date(2026, 3, 10), woman, quantity=30)]
    assert not refuses(lambda: tell(services=same))


@pytest.mark.parametrize(("data_set", "other"), [(GROWTH, SERVICES), (SERVICES, GROWTH)])
def test_the_lock_of_one_data_set_is_not_the_other_s(holders, desa, woman, given, data_set, other):
    save_rows(make_staged("BUDI"))
    close(holders, desa, data_set=data_set)
    locks = {
        SERVICES: lambda: change_quantity(given),
        GROWTH: lambda: Measurement.objects.update(weight_kg=Decimal("12.5")),
    }
    assert refuses(locks[data_set]) and not refuses(locks[other])


def test_nothing_moves_into_or_out_of_a_closed_month_or_desa(holders, desa, regions, given):
    near = regions["91.01.01.2002"]
    april = ServiceReceived.objects.get(month=APRIL)
    close(holders, desa)
    assert refuses(lambda: ServiceReceived.objects.filter(pk=april.pk).update(received_on=date(2026, 3, 11)))
    assert refuses(lambda: ServiceReceived.objects.filter(pk=given.pk).update(received_on=date(2026, 4, 11)))
    assert refuses(lambda: ServiceReceived.objects.filter(pk=given.pk).update(desa=near))
    ServiceReceived.objects.filter(pk=april.pk).update(desa=near, received_on=date(2026, 3, 11))
    assert refuses(lambda: ServiceReceived.objects.filter(pk=april.pk).update(desa=desa))


def test_a_returned_day_does_not_carry_a_service_into_another_closed_month(holders, desa, given):
    close(holders, desa, FEBRUARY)
    close(holders, desa)
    send_back(holders, desa, "service", given.pk, "received_on")
    move = ServiceReceived.objects.filter(pk=given.pk)
    assert refuses(lambda: move.update(received_on=date(2026, 2, 10)))
    assert not refuses(lambda: move.update(received_on=date(2026, 3, 12)))


@pytest.mark.parametrize("field,others", [("quantity", ["received_on"]), ("received_on", ["quantity"])])
def test_only_returned_cells_open(holders, desa, woman, given, field, others):
    tell(services=[ServiceRow(desa.pk, "home_visit", date(2026, 3, 11), woman)])
    close(holders, desa)
    send_back(holders, desa, "service", given.pk, field)
    values = {"quantity": 60, "received_on": date(2026, 3, 15)}
    assert not refuses(lambda: ServiceReceived.objects.filter(pk=given.pk).update(**{field: values[field]}))
    for other in others:
        assert refuses(lambda other=other: ServiceReceived.objects.filter(pk=given.pk).update(**{other: values[other]}))
    assert refuses(lambda: ServiceReceived.objects.filter(code="home_visit").update(quantity=2))
    assert refuses(lambda: given.delete())


def test_a_row_sent_back_as_a_whole_can_go_and_no_other(holders, desa, woman, given):
    tell(services=[ServiceRow(desa.pk, "home_visit", date(2026, 3, 11), woman)])
    close(holders, desa)
    send_back(holders, desa, "service", given.pk, "row")
    assert refuses(lambda: ServiceReceived.objects.get(code="home_visit").delete())
    assert refuses(lambda: change_quantity(given))
    touched = remove_entry(by=holders[Tier.DESA], entry=given, reason="tidak pernah diberikan")
    assert not ServiceReceived.objects.filter(code="iron_tablets", month=MONTH).exists()
    assert (desa.pk, APRIL) in touched and ServiceReceivedHistory.objects.get(pgh_label="delete").quantity == 30
    assert Event.objects.get(action="records.entry.removed").reason == "tidak pernah diberikan"


def test_a_returned_check_is_corrected_and_whoever_does_it_does_not_verify(holders, desa, woman, given):
    check = HealthCheck.objects.get(checked_on__lt=APRIL)
    close(holders, desa)
    send_back(holders, desa, "check", check.pk, "muac_cm")
    operator = holders[Tier.DESA]
    batch = create_batch(by=operator, kind="CORRECTION", name="x")
    assert correct_entry(by=operator, batch=batch, entry=check, field="muac_cm", value=Decimal("24.5"))
    check.refresh_from_db()
    assert (check.muac_cm, check.batch_id) == (Decimal("24.5"), batch.pk)
    assert correct_entry(by=operator, batch=batch, entry=check, field="muac_cm", value=Decimal("24.5")) == []
    assert refuses(lambda: correct_entry(by=operator, batch=batch, entry=check, field="smoke", value=True))
    assert Contribution.objects.filter(user=operator, month=MONTH, data_set=SERVICES).exists()


def test_a_package_returned_as_a_whole_opens(holders, desa, given):
    close(holders, desa)
    wish = Wish(Move.RETURN, Tier.KECAMATAN, State.RETURNED_DESA, "unggah ulang")
    take_step(by=holders[Tier.KECAMATAN], region=desa, month=MONTH, wish=wish, data_set=SERVICES)
    assert not refuses(lambda: change_quantity(given))


TABLES = ("servicereceived", "healthcheck", "pregnancy", "couple", "statement")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_slips_past_by_another_key_or_by_emptying_the_table(holders, desa, woman, given, table):
    tell(
        pregnancies=[PregnancyRow(woman, desa.pk, date(2026, 1, 1))],
        couples=[CoupleRow(desa.pk, date(2026, 1, 1), woman)],
        statements=[StatementRow(desa.pk, "insurance", True, date(2026, 1, 1), woman)],
    )
    close(holders, desa)

    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # nothing pending on the table
    run(f"ALTER TABLE records_{table} ENABLE TRIGGER records_{table}_no_truncate")
    assert refuses(lambda: run(f"TRUNCATE records_{table} CASCADE"))
    with pytest.raises(DatabaseError, match="tidak pernah berubah"), transaction.atomic():
        run(f"UPDATE records_{table} SET id = id + 900000")


# the change of a pregnancy after March was sent, and whether it changes what March says of her
STARTED = date(2026, 1, 1)
LIFE = [
    ("its start moves", {"started_on": date(2026, 1, 9)}, True),
    ("a risk is seen later", {"is_risky": True}, True),
    ("birth within the month", {"ended_on": date(2026, 3, 31), "outcome": "LIVE"}, True),
    ("birth on the next day", {"ended_on": date(2026, 4, 1), "outcome": "LIVE"}, False),
    ("lost in April", {"ended_on": date(2026, 4, 2), "outcome": "LOSS"}, False),
    ("her number", {"number": 3}, False),
    ("expected day", {"due_on": date(2026, 10, 1)}, False),
    ("another desa", {"desa_id": 9101012002}, True),
]


@pytest.mark.parametrize(("_name", "values", "is_refused"), LIFE, ids=[row[0] for row in LIFE])
def test_a_pregnancy_does_not_change_what_a_closed_month_says(holders, desa, woman, _name, values, is_refused):
    tell(pregnancies=[PregnancyRow(woman, desa.pk, STARTED)])
    close(holders, desa)
    assert refuses(lambda: Pregnancy.objects.update(**values)) == is_refused
    assert refuses(lambda: Pregnancy.objects.all().delete())


def read_gestation(woman, month) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gestation_days FROM records_person_month WHERE person_id = %s AND month = %s", [woman, month]
        )
        return cursor.fetchone()[0]


def test_a_pregnancy_found_late_counts_from_the_first_month_that_is_open(holders, desa, woman, given):
    close(holders, desa)
    tell(pregnancies=[PregnancyRow(woman, desa.pk, date(2026, 2, 20))])
    pregnancy = Pregnancy.objects.get()
    assert pregnancy.counts_from == APRIL
    assert (read_gestation(woman, MONTH), read_gestation(woman, APRIL)) == (None, 69)
    tell(pregnancies=[PregnancyRow(woman, desa.pk, date(2026, 2, 20), is_risky=True)])
    assert PregnancyHistory.objects.count() == 1
    assert not refuses(lambda: Pregnancy.objects.update(ended_on=date(2026, 3, 20), outcome="LOSS"))


def test_one_found_in_time_counts_at_once(desa, woman, given):
    tell(pregnancies=[PregnancyRow(woman, desa.pk, date(2026, 2, 20))])
    assert Pregnancy.objects.get().counts_from is None
    assert read_gestation(woman, MONTH) == 39


def test_where_she_lives_now_is_where_she_is_counted(holders, desa, regions, woman):
    tell(pregnancies=[PregnancyRow(woman, desa.pk, STARTED)])
    near = regions["91.01.01.2002"]
    Person.objects.filter(pk=woman).update(desa=near)
    other = {**holders, Tier.DESA: make_operator(near)}
    close(other, near)
    assert refuses(lambda: Pregnancy.objects.update(started_on=date(2026, 1, 9)))


def make_operator(desa):
    return make_user(f"op{desa.code}", role="DESA_OPERATOR", region=desa)


COUPLES = [
    ("married within the month", {"married_on": date(2026, 3, 30)}, True),
    ("married after it", {"married_on": date(2026, 4, 1)}, False),
    ("called off within it", {"called_off_on": date(2026, 3, 2)}, True),
    ("registered earlier", {"registered_on": date(2026, 2, 2)}, True),
    ("planned for later", {"planned_on": date(2026, 6, 1)}, False),
]


@pytest.mark.parametrize(("_name", "values", "is_refused"), COUPLES, ids=[row[0] for row in COUPLES])
def test_a_couple_does_not_change_what_a_closed_month_says(holders, desa, woman, _name, values, is_refused):
    tell(couples=[CoupleRow(desa.pk, date(2026, 2, 10), woman)])
    close(holders, desa)
    assert refuses(lambda: Couple.objects.update(**values)) == is_refused


def test_a_couple_told_late_counts_from_the_first_month_that_is_open(holders, desa, woman):
    close(holders, desa)
    tell(couples=[CoupleRow(desa.pk, date(2026, 3, 10), woman)])
    assert Couple.objects.get().counts_from == APRIL
    assert not refuses(lambda: Couple.objects.all().delete())


# what was said before March was sent, the statement that comes then, whether it changes March
SAID = [
    ("never said, within the month", [], (True, date(2026, 3, 20)), True),
    ("never said, on its last day", [], (True, date(2026, 3, 31)), True),
    ("never said, the day after", [], (True, date(2026, 4, 1)), False),
    ("the same again", [(True, date(2026, 1, 5))], (True, date(2026, 3, 20)), False),
    ("another", [(True, date(2026, 1, 5))], (False, date(2026, 3, 20)), True),
    ("before what holds in March", [(True, date(2026, 3, 5))], (False, date(2026, 2, 1)), False),
    ("before the month, holding on", [], (False, date(2025, 7, 1)), True),
]


@pytest.mark.parametrize(("_name", "before", "new", "is_refused"), SAID, ids=[row[0] for row in SAID])
@pytest.mark.parametrize("whose", ["person", "household"])
def test_a_statement_does_not_change_what_a_closed_month_says(
    holders, desa, woman, whose, _name, before, new, is_refused
):
    subject = {"person_id": woman} if whose == "person" else {"household_id": Person.objects.get().household_id}

    def say(value: bool, day: date) -> None:
        tell(statements=[StatementRow(desa.pk, "latrine", value, day, **subject)])

    for value, day in before:
        say(value, day)
    close(holders, desa)
    assert refuses(lambda: say(*new)) == is_refused


def test_a_statement_that_holds_in_a_closed_month_stays(holders, desa, woman):
    tell(statements=[StatementRow(desa.pk, "latrine", True, date(2026, 1, 5), woman)])
    close(holders, desa)
    assert refuses(lambda: Statement.objects.update(value=False))
    assert refuses(lambda: Statement.objects.all().delete())
    assert refuses(lambda: Statement.objects.update(stated_on=date(2026, 4, 2)))
    assert not refuses(lambda: Statement.objects.update(stated_on=date(2026, 2, 2)))  # March reads the same
    tell(statements=[StatementRow(desa.pk, "latrine", False, date(2026, 4, 5), woman)])
    assert not refuses(lambda: Statement.objects.filter(value=False).delete())


def test_whoever_enters_does_not_verify_services_and_may_verify_measurements(holders, desa, woman):
    camat = holders[Tier.KECAMATAN]
    row = ServiceRow(desa.pk, "iron_tablets", date(2026, 3, 10), woman, quantity=30)
    saved = tell(by=camat, services=[row], pregnancies=[PregnancyRow(woman, desa.pk, date(2026, 1, 20))])
    assert {(desa.pk, FEBRUARY), (desa.pk, MONTH)} <= set(saved.entered_months)
    close(holders, desa)
    close(holders, desa, data_set=GROWTH)
    with pytest.raises(Exception, match="ikut mengisi"):
        verify(camat, desa, Tier.KECAMATAN, data_set=SERVICES)
    verify(camat, desa, Tier.KECAMATAN, data_set=GROWTH)


def test_services_are_official_by_themselves(holders, regions, desa):
    for code in ("91.01.01.2001", "91.01.01.2002"):
        people = {**holders, Tier.DESA: make_operator(regions[code])}
        climb(people, regions[code], Tier.PROVINSI, data_set=SERVICES)
    found = list_official([regions["91.01.01"].pk], [MONTH], with_children=True, data_sets=[SERVICES])
    assert {(regions["91.01.01.2001"].pk, MONTH), (regions["91.01.01.2002"].pk, MONTH)} <= found
    assert list_official([regions["91.01.01"].pk], [MONTH], with_children=True) == set()
    assert set(Package.objects.values_list("data_set", flat=True)) == {"services"}


def test_many_rows_at_once_are_asked_once(holders, desa):
    """2,000 services in one statement, and then as many changes: no plan that compares every row with every other."""
    women = enrol(*(make_woman(desa.pk, birth_date=BIRTHDAY + timedelta(number)) for number in range(200)))
    days = [date(2026, 4, day) for day in range(1, 11)]
    close(holders, desa)
    rows = [ServiceRow(desa.pk, "iron_tablets", day, woman, quantity=3) for woman in women for day in days]
    assert tell(services=rows).new == 2000
    assert ServiceReceived.objects.update(quantity=4) == 2000
    assert refuses(lambda: ServiceReceived.objects.filter(received_on=days[0]).update(received_on=date(2026, 3, 1)))
