"""DATABASE_URL: what is understood, and what is refused with a sentence."""

import pytest

from tumbuh.config.database import DatabaseAddressError, parse_database_url

UNDERSTOOD = [
    # address, name, user, password, host, port, options
    ("postgresql://ani:rahasia@db.example:5433/satu", "satu", "ani", "rahasia", "db.example", "5433", {}),
    ("postgres://ani@db.example/satu", "satu", "ani", "", "db.example", "", {}),
    ("postgresql://ani:p%40ss%2Fw%3Ard@h/satu%20data", "satu data", "ani", "p@ss/w:rd", "h", "", {}),
    ("postgresql://ani:x@/satu?host=/run/pg&port=6000", "satu", "ani", "x", "/run/pg", "6000", {}),
    ("postgresql://ani@/satu?host=/a%20b/pg", "satu", "ani", "", "/a b/pg", "", {}),
    ("postgresql://h/satu?sslmode=require", "satu", "", "", "h", "", {"sslmode": "require"}),
    ("postgresql://ani@[::1]:5432/satu", "satu", "ani", "", "::1", "5432", {}),
]
REFUSED = [
    ("", "postgresql://"),
    ("satu", "postgresql://"),
    ("sqlite:///satu.db", "PostgreSQL only"),
    ("mysql://ani@h/satu", "PostgreSQL only"),
    ("postgresql://ani@h", "names no database"),
    ("postgresql://ani@h/", "names no database"),
    ("postgresql://ani@h:port/satu", "port"),
    ("postgresql://ani@h:99999/satu", "port"),
    ("postgresql://ani@[::1/satu", "cannot be read"),
]


@pytest.mark.parametrize(("address", "name", "user", "password", "host", "port", "options"), UNDERSTOOD)
def test_address_is_understood(address, name, user, password, host, port, options):
    found = parse_database_url(address)
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == (name, user, password)
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == (host, port, options)
    assert found["ENGINE"] == "tumbuh.config.postgresql"


@pytest.mark.parametrize(("address", "reason"), REFUSED)
def test_address_is_refused_with_a_reason_and_without_the_password(address, reason):
    with pytest.raises(DatabaseAddressError, match=reason):
        parse_database_url(address)


def test_refusal_never_shows_the_password():
    with pytest.raises(DatabaseAddressError) as refusal:
        parse_database_url("postgresql://ani:sangat-rahasia@h:port/satu")
    assert "sangat-rahasia" not in str(refusal.value)
