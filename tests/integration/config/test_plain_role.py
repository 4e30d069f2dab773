"""A superuser in DATABASE_URL: the database goes over to a plain role, which every connection goes on as."""

import psycopg
import pytest
from django.core.checks import run_checks
from django.db import connection

from tumbuh.accounts import checks
from tumbuh.config.postgresql.base import DatabaseWrapper
from tumbuh.config.postgresql.roles import ROLE, take_plain_role

OWNER = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'left_behind'"


@pytest.fixture
def superuser(transactional_db):
    """A plain psycopg connection as the superuser of DATABASE_URL; skipped where that is none."""
    values = connection.settings_dict
    address = {"host": values["HOST"], "port": values["PORT"], "user": values["USER"], "password": values["PASSWORD"]}
    given = {key: value for key, value in address.items() if value}
    with psycopg.connect(dbname=values["NAME"], autocommit=True, **given) as link:
        if link.info.parameter_status("is_superuser") != "on":
            pytest.skip("the tests' own role is plain already")
        yield link
        link.execute("RESET ROLE")
        link.execute("DROP TABLE IF EXISTS left_behind")


def ask(link, statement: str):
    return link.execute(statement).fetchone()[0]


def test_connections_go_on_as_the_plain_role(superuser):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", [ROLE]
        )
        assert cursor.fetchone() == (ROLE, False, False, False)


def test_pooled_connections_too(superuser):
    options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 2}}
    pooled = DatabaseWrapper({**connection.settings_dict, "OPTIONS": options}, alias="default")
    try:
        with pooled.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (ROLE,)
    finally:
        pooled.close()
        pooled.close_pool()


def test_what_a_superuser_made_goes_over_at_the_next_connection(superuser):
    superuser.execute("CREATE TABLE left_behind (id serial PRIMARY KEY)")
    assert ask(superuser, OWNER) != ROLE
    assert take_plain_role(superuser, connection.settings_dict["NAME"])
    assert ask(superuser, OWNER) == ROLE
    assert ask(superuser, "SELECT current_user") == ROLE
    superuser.execute("INSERT INTO left_behind DEFAULT VALUES")


def test_databases_are_made_and_dropped_as_before(superuser):
    assert not take_plain_role(superuser, "postgres")
    assert not take_plain_role(superuser, None)


@pytest.mark.django_db
def test_a_start_says_when_nothing_binds(monkeypatch):
    assert run_checks(tags=["database"], databases=["default"]) == []
    monkeypatch.setattr(checks, "EXEMPT", "SELECT true")
    assert [found.id for found in run_checks(tags=["database"], databases=["default"])] == ["accounts.W001"]
