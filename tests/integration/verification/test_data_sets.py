"""Which package locks what: each row of the table is tried in the database, under the role that the pages work with."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.db import DatabaseError, connection, transaction

from tests.factories.lives import enrol, make_woman, tell
from tests.factories.packages import submit
from tests.factories.records import make_staged, save_rows
from tumbuh.config.postgresql.working import ROLES, give_working_roles
from tumbuh.notifications.queries.kinds import read_kinds
from tumbuh.records.api import CheckRow, CoupleRow, PregnancyRow, ServiceRow, StatementRow
from tumbuh.verification.api import HOLDS, DataSet, Tier, list_due_from
from tumbuh.web.verification.addresses import WORDS, find_address

pytestmark = pytest.mark.django_db
TABLE = yaml.safe_load((Path(__file__).parents[2] / "spec/verification/data_sets.yaml").read_text())
DAY = date(2026, 3, 10)
CHANGES = {
    "measurement": "UPDATE records_measurement SET weight_kg = 12.5",
    "service": "UPDATE records_servicereceived SET quantity = 60",
    "check": "UPDATE records_healthcheck SET muac_cm = 24.5",
    "pregnancy": "UPDATE records_pregnancy SET started_on = DATE '2026-01-09'",
    "couple": "UPDATE records_couple SET married_on = DATE '2026-03-20'",
    "statement": "UPDATE records_statement SET value = NOT value",
}


@pytest.fixture
def lives(desa):
    """One row of each kind that says something of March."""
    if len(give_working_roles(connection.connection)) < len(ROLES):
        pytest.skip("the tests' own role may make no roles")
    save_rows(make_staged("BUDI"))
    (woman,) = enrol(make_woman(desa.pk))
    tell(
        services=[ServiceRow(desa.pk, "iron_tablets", DAY, woman, quantity=30)],
        checks=[CheckRow(woman, desa.pk, DAY, muac_cm=Decimal("23.5"))],
        pregnancies=[PregnancyRow(woman, desa.pk, date(2026, 1, 1))],
        couples=[CoupleRow(desa.pk, date(2026, 1, 1), woman)],
        statements=[StatementRow(desa.pk, "insurance", True, DAY, woman)],
    )


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLES['web']}")
            cursor.execute(statement)
            changed = cursor.rowcount
    except DatabaseError as error:
        assert error.__cause__.sqlstate == "TM001", error
        return True
    assert changed == 1
    return False


@pytest.mark.parametrize(
    ("kind", "closed", "is_locked"), [(kind, one, held) for kind, row in TABLE.items() for one, held in row.items()]
)
def test_which_package_locks_what(holders, desa, lives, kind, closed, is_locked):
    submit(holders[Tier.DESA], desa, data_set=closed)
    assert refuses(CHANGES[kind]) == is_locked


@pytest.mark.parametrize("kind", CHANGES)
def test_without_a_package_nothing_is_locked(lives, kind):
    assert not refuses(CHANGES[kind])


def test_the_table_speaks_of_every_kind_and_data_set():
    assert set(TABLE) == set(CHANGES)
    assert all(set(row) == set(DataSet.values) for row in TABLE.values())


def test_every_data_set_is_described_due_from_a_month_and_has_its_pages():
    assert set(HOLDS) == set(WORDS) == {one for one, _month, _certain in list_due_from()} == set(DataSet)
    links = read_kinds()["package.waiting"].words["data"]
    for data_set in DataSet:
        address = find_address("board", data_set, "91", date(2026, 3, 1))
        assert address == f"/verifikasi/{links[data_set]['link']}91/2026-03"


@pytest.mark.parametrize("table", ["package", "contribution"])
def test_the_database_knows_no_other_data_set(holders, desa, table):
    submit(holders[Tier.DESA], desa)
    statement = {
        "package": "UPDATE verification_package SET data_set = 'other'",
        "contribution": "INSERT INTO verification_contribution (region_id, month, data_set, user_id)"
        f" VALUES ({desa.pk}, '2026-03-01', 'other', {holders[Tier.DESA].pk})",
    }[table]
    with pytest.raises(DatabaseError, match="data_set"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
