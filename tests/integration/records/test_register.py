"""The register in any month says what the view of counting months says, and is there before a month counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tests.factories.village import CODE, DESA, make_village
from tumbuh.accounts.api import Scope, whole_country
from tumbuh.records.api import find_named, get_limits, list_register
from tumbuh.records.queries.lost import read_limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    regions = make_province()
    make_village(regions)
    with whole_country("a test"):
        yield Scope((regions[CODE].span,))


def read_view(month: date) -> dict:
    """The view's rows of the desa in a month, by person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_person_month WHERE desa_id = %s AND month = %s", [DESA, month])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["person_id"]: row for row in rows}


def test_a_month_that_counts_reads_as_in_the_view(place):
    month = timezone.localdate().replace(day=1)
    save_rows(make_staged("BUDI", measured_on=timezone.localdate()))
    counted, register = read_view(month), list_register(place, DESA, month)
    assert len(counted) == len(register) == 10
    assert [{key: row[key] for key in counted[row["person_id"]]} for row in register] == [
        counted[row["person_id"]] for row in register
    ]


def test_a_month_that_does_not_count_yet_has_its_register_too(place):
    month = timezone.localdate().replace(day=1)
    assert read_view(month) == {}
    register = list_register(place, DESA, month + timedelta(days=40))
    assert len(register) == 9 and sum(row["pregnancy_on"] is not None for row in register) == 1
    assert list_register(place, DESA, date(2000, 1, 1)) == []


def test_nobody_outside_the_scope(place):
    nowhere = Scope(())
    assert list_register(nowhere, DESA, timezone.localdate()) == [] == find_named(nowhere, DESA, "ibu")


def test_names_are_found_by_their_words(place):
    assert [one.name for one in find_named(place, DESA, "aaaaaaa ibu")] == ["IBU AAAAAAA"]
    assert find_named(place, DESA, "ibu", sex="M") == [] == find_named(place, DESA, "…")
    assert find_named(place, DESA, "putri", born_until=date(1990, 1, 1)) == []


def test_limits_are_dated(monkeypatch):
    newer = {**read_limits()[0], "valid_from": date(2027, 1, 1), "couple_months": 6}
    monkeypatch.setattr("tumbuh.records.queries.lost.read_limits", lambda: [read_limits.__wrapped__()[0], newer])
    days = (date(2000, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [get_limits(day).couple_months for day in days] == [3, 3, 6]
