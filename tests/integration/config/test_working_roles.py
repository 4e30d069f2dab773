"""The web and the jobs work under roles that cannot change tables, policies, triggers or what has been recorded."""

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tumbuh.config.postgresql.base import DatabaseWrapper
from tumbuh.config.postgresql.working import ROLES, VARIABLE, give_working_roles

REFUSED = {
    "a new table": "CREATE TABLE public.smuggled (id int)",
    "another column": "ALTER TABLE records_person ADD smuggled int",
    "all rows at once": "TRUNCATE records_measurement",
    "no table": "DROP TABLE records_household",
    "no policy": "DROP POLICY in_scope ON records_person",
    "no row-level security": "ALTER TABLE records_person DISABLE ROW LEVEL SECURITY",
    "no triggers": "ALTER TABLE records_measurement DISABLE TRIGGER ALL",
    "triggers passed by": "SET session_replication_role = 'replica'",
    "the owner of the tables": "ALTER TABLE records_person OWNER TO CURRENT_USER",
    "another past": "UPDATE audit_event SET action = action",
    "a shorter past": "DELETE FROM audit_event",
    "another chain": "DELETE FROM audit_link",
}
REFUSED_TO_THE_WEB = {
    "another history": "UPDATE records_personhistory SET name = name",
    "a shorter history": "DELETE FROM records_measurementhistory",
}
CASES = [(name, what) for name in ROLES for what in REFUSED] + [("web", what) for what in REFUSED_TO_THE_WEB]


@pytest.fixture
def become(transactional_db, monkeypatch):
    """A function: a new connection under a working role. Skipped where the server has no such roles and makes none."""
    connection.ensure_connection()
    if len(give_working_roles(connection.connection)) < len(ROLES):
        pytest.skip("the tests' own role may make no roles")
    opened = []

    def go_on_as(name: str) -> DatabaseWrapper:
        opened.append(DatabaseWrapper(dict(connection.settings_dict), alias="default"))
        with monkeypatch.context() as patch:
            patch.setenv(VARIABLE, name)
            opened[-1].ensure_connection()
        return opened[-1]

    yield go_on_as
    for one in opened:
        one.close()


def ask(one: DatabaseWrapper, statement: str):
    with one.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("name", ROLES)
def test_a_connection_goes_on_as_its_role(become, name):
    assert ask(become(name), "SELECT current_user") == ROLES[name]


def test_the_owner_stays_the_owner(become):
    owner = ask(become("owner"), "SELECT tableowner FROM pg_tables WHERE tablename = 'records_person'")
    assert ask(become("owner"), "SELECT current_user") == owner
    assert owner not in ROLES.values()


@pytest.mark.parametrize(("name", "what"), CASES)
def test_what_changes_the_house_is_refused(become, name, what):
    statement = {**REFUSED, **REFUSED_TO_THE_WEB}[what]
    one = become(name)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        psycopg.Cursor(one.connection).execute(statement)


@pytest.mark.parametrize("name", ROLES)
def test_nobody_is_reached_without_a_scope(become, name):
    one = become(name)
    assert psycopg.Cursor(one.connection).execute("SELECT count(*) FROM records_person").fetchone() == (0,)
    assert ask(one, "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'records_person'")


@pytest.mark.parametrize("name", ROLES)
def test_statistics_of_an_import_are_gathered_under_every_role(become, name):
    before = "SELECT coalesce(analyze_count, 0) FROM pg_stat_user_tables WHERE relname = 'intake_row'"
    first = ask(become("owner"), before)
    one = become(name)
    with one.cursor() as cursor:
        cursor.execute("SELECT intake_gather_statistics()")
    one.close()
    assert ask(become("owner"), before) == first + 1


def test_an_unknown_role_is_named(become):
    with pytest.raises(ImproperlyConfigured, match="TUMBUH_ROLE"):
        become("root")
