"""What PostgreSQL itself shows and takes, asked in plain SQL as the role that the application has."""

from datetime import date

import psycopg
import pytest
from django.db import connection, transaction

from tests.factories.accounts import make_user
from tests.factories.children import make_batch, make_person, measure
from tests.factories.regions import make_province
from tumbuh.accounts.api import Scope, User, acting_as, acting_for_scope, whole_country
from tumbuh.intake.models import Import, KeptChunk, Row, SavedRow
from tumbuh.lib.row_scope import NOTHING, reaching
from tumbuh.records.api import Household, Measurement, Person
from tumbuh.regions.api import get_number, get_span

DESAS = ("91.01.01.2001", "91.01.01.2002", "91.01.02.1001", "91.02.01.2001", "91.71.01.1001")
OWN, SIBLING, OTHER = get_number(DESAS[0]), get_number(DESAS[1]), get_number(DESAS[3])
# who acts: role, region → which of the desa above the database shows
SHOWN = {
    "own desa": ("MIDWIFE", "91.01.01.2001", (1, 0, 0, 0, 0)),
    "sibling desa": ("MIDWIFE", "91.01.01.2002", (0, 1, 0, 0, 0)),
    "its kecamatan": ("KECAMATAN_VERIFIER", "91.01.01", (1, 1, 0, 0, 0)),
    "its kabupaten": ("KABUPATEN_ANALYST", "91.01", (1, 1, 1, 0, 0)),
    "other kabupaten": ("KABUPATEN_ANALYST", "91.02", (0, 0, 0, 1, 0)),
    "province": ("PROVINSI_ADMIN", "91", (1, 1, 1, 1, 1)),
    "a role without people": ("ANALYST", "91", (0, 0, 0, 0, 0)),
}
PEOPLE = "SELECT desa_id FROM records_person ORDER BY 1"
TABLES = (
    "records_household", "records_person", "records_measurement", "records_child_month", "intake_import",
    "intake_keptchunk", "intake_row", "intake_savedrow",
)  # fmt: skip


@pytest.fixture
def register(db):
    """In each desa a child with household and visit, and an import with a kept and a saved row."""
    regions, batch = make_province(), make_batch()
    importer = make_user("pengimpor", role="PROVINSI_ADMIN", region=regions["91"])
    for code in DESAS:
        home = Household.objects.create(desa=regions[code])
        child = make_person(get_number(code), date(2026, 1, 5), batch, household=home)
        visit = measure(child, date(2026, 2, 5))
        taken = make_import(importer, region=regions[code])
        KeptChunk.objects.create(owner=taken, sheet="A", is_hidden=False, first_row=1, count=1, content=b"")
        row = Row.objects.create(owner=taken, sheet="A", row=2, desa_id=get_number(code))
        SavedRow.objects.create(row_id=row.pk, person_id=child.pk, measurement_id=visit.pk)
    return regions


def make_import(by, region=None) -> Import:
    return Import.objects.create(
        source="eppgbm", by=by, region=region, file_name="a.xlsx", stored_as="x", sha256="", size_bytes=1
    )


def ask(statement: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


def is_refused(work) -> bool:
    """Whether a policy refuses the work."""
    try:
        with transaction.atomic():
            work()
    except Exception as error:
        assert "row-level security" in str(error), error
        return True
    return False


def in_own_desa():
    return acting_for_scope(Scope((get_span(DESAS[0]),)))


@pytest.mark.parametrize("who", SHOWN)
def test_each_sees_the_people_of_their_regions(register, who):
    role, region, shown = SHOWN[who]
    user = make_user("penanya", role=role, region=register[region])
    with acting_as(user):
        assert ask(PEOPLE) == [get_number(code) for code, is_shown in zip(DESAS, shown, strict=True) if is_shown]
        assert {table: ask(f"SELECT count(*) FROM {table}")[0] for table in TABLES} == dict.fromkeys(TABLES, sum(shown))


def test_several_regions_are_not_what_lies_between(register):
    with acting_for_scope(Scope((get_span("91.01.01.2001"), get_span("91.02")))):
        assert ask(PEOPLE) == [OWN, OTHER]


def test_who_was_told_nothing_reaches_nothing(register):
    with reaching(NOTHING):
        assert {ask(f"SELECT count(*) FROM {table}")[0] for table in TABLES} == {0}


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_says_nothing_reaches_nothing():
    """Plain psycopg as the application's role: without any setting, and with what a transaction before left."""
    make_province()
    make_person(OWN, date(2026, 1, 5), make_batch())
    values, role = connection.settings_dict, ask("SELECT current_user")[0]
    address = {"host": values["HOST"], "port": values["PORT"], "user": values["USER"], "password": values["PASSWORD"]}
    count = "SELECT count(*) FROM records_person"
    with psycopg.connect(dbname=values["NAME"], **{key: value for key, value in address.items() if value}) as plain:
        plain.execute(psycopg.sql.SQL("SET ROLE {}").format(psycopg.sql.Identifier(role)))
        plain.commit()
        assert plain.execute(count).fetchone() == (0,)
        plain.execute("SELECT set_config('tumbuh.scope', '{(,)}', true), set_config('tumbuh.low', '1', true)")
        assert plain.execute(count).fetchone() == (1,)
        plain.commit()
        assert plain.execute(count).fetchone() == (0,)


def test_an_account_that_was_closed_reaches_nothing(register):
    user = make_user("bidan", role="MIDWIFE", region=register[DESAS[0]])
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    with acting_as(user):
        assert ask(PEOPLE) == []


def test_nothing_is_written_outside_the_scope(register):
    """An insert is refused, an update or deletion finds nothing, nobody is moved out."""
    batch = make_batch()
    with in_own_desa():
        assert not is_refused(lambda: make_person(OWN, date(2026, 1, 5), batch))
        assert is_refused(lambda: make_person(SIBLING, date(2026, 1, 5), batch))
        assert is_refused(lambda: Household.objects.create(desa_id=SIBLING))
        assert is_refused(lambda: Person.objects.filter(desa_id=OWN).update(desa_id=SIBLING))
        assert Person.objects.filter(desa_id=SIBLING).update(name="X") == 0
        assert Measurement.objects.filter(desa_id=SIBLING).delete()[0] == 0
    assert Person.objects.filter(desa_id=SIBLING, name="X").count() == 0
    assert Measurement.objects.filter(desa_id=SIBLING).count() == 1


def test_a_visit_of_a_stranger_is_refused(register):
    """Also for somebody who knows the child's key."""
    stranger = Person.objects.get(desa_id=OTHER)
    with in_own_desa():
        assert is_refused(lambda: measure(stranger, date(2026, 3, 5)))


def test_visits_follow_a_child_that_moved(register):
    child = Person.objects.get(desa_id=SIBLING)
    Person.objects.filter(pk=child.pk).update(desa_id=OWN)
    with in_own_desa():
        assert child.measurements.count() == 1


def test_an_import_without_region_is_its_makers_alone(register):
    maker = make_user("bidan.a", role="MIDWIFE", region=register[DESAS[0]])
    colleague = make_user("bidan.b", role="MIDWIFE", region=register[DESAS[0]])
    with acting_as(maker):
        taken = make_import(maker)
        Row.objects.create(owner=taken, sheet="A", row=2)
        assert Import.objects.filter(pk=taken.pk).exists() and taken.rows.count() == 1
    with acting_as(colleague):
        assert not Import.objects.filter(pk=taken.pk).exists() and taken.rows.count() == 0
        assert is_refused(lambda: make_import(maker))
        assert is_refused(lambda: Row.objects.create(owner=taken, sheet="A", row=3))


def test_work_on_the_whole_country_says_why():
    with pytest.raises(ValueError, match="says why"):
        whole_country("")
