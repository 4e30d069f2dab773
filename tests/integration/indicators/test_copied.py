"""A rebuild by DuckDB from a copy of the register writes the very cells that PostgreSQL writes."""

from random import Random
from threading import Event, Thread

import duckdb
import pytest
from django.db import connection, transaction

from tests.factories.records import make_batch
from tests.factories.regions import make_province
from tests.integration.indicators.test_service_cells import DESAS, MONTHS, read_kept, write_family, write_measured
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.indicators.actions import copied
from tumbuh.indicators.api import Engine, check, rebuild_cells
from tumbuh.indicators.models import ServiceCell
from tumbuh.records.api import CheckRow, LifeRows, Person, copy_register, save_life
from tumbuh.records.queries import copies
from tumbuh.regions.api import Level


def write_villages(seed: int) -> None:
    make_province()
    rng = Random(seed)
    with whole_country("a test"):
        for number in range(5):
            desa = rng.choice(DESAS)
            write_family(rng, desa, number)
            write_measured(desa, f"BALITA {chr(65 + number)}", months=rng.sample(MONTHS, 2))
        weigh_grown_ups(rng)


def weigh_grown_ups(rng: Random) -> None:
    """Weights and heights whose index is a whole number, or as near as it can be: DuckDB divides otherwise."""
    grown = Person.objects.filter(birth_date__year__lt=2015)
    pairs = [("46.25", "157.0"), ("40.00", "160.0"), ("45.00", "150.0"), ("43.74", "153.7"), ("60.84", "156.0")]
    rows = [
        CheckRow(one.pk, one.desa_id, MONTHS[1].replace(day=20), weight_kg=weight, height_cm=height)
        for one in grown
        for weight, height in [rng.choice(pairs)]
    ]
    save_life(by=SYSTEM, batch=make_batch("form"), rows=LifeRows(checks=rows))


def read_everything() -> list[dict]:
    return [read_kept(level) for level in (Level.DESA, Level.KECAMATAN, Level.KABUPATEN, Level.PROVINSI)]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_both_engines_write_the_same_cells(seed, monkeypatch):
    monkeypatch.setattr(copies, "PART_PEOPLE", 5)  # several parts
    write_villages(seed)
    written = rebuild_cells(engine=Engine.POSTGRESQL)
    expected = read_everything()
    ServiceCell.objects.all().delete()
    assert rebuild_cells(engine=Engine.DUCKDB) == written
    assert read_everything() == expected
    assert len(expected[0]) > 50
    assert check() == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10, 13))
def test_the_copy_says_of_people_and_receipts_what_the_views_say(seed):
    write_villages(seed)
    with whole_country("a test"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_person_month ORDER BY month, person_id")
        names = ", ".join(column.name for column in cursor.description)
        people = cursor.fetchall()
        receipts = "SELECT person_id, desa_id, code, received_on, quantity FROM {} ORDER BY ALL"
        cursor.execute(receipts.format("records_receipt").replace("ALL", "1, 2, 3, 4, 5"))
        received = cursor.fetchall()
    with copy_register() as register:
        found = []
        for month in sorted({row[2] for row in people}):
            for _part in register.list_parts(month):
                found += register.duck.execute(f"SELECT {names} FROM person_months").fetchall()
        assert sorted(found, key=lambda row: (row[2], row[0])) == people
        codes = register.duck.execute(receipts.format("receipts")).fetchall()
        assert sorted(codes) == sorted(received)
    assert any(row[names.split(", ").index("bmi_tenths")] for row in people)


@pytest.mark.django_db
def test_nothing_of_the_register_gets_a_name_on_the_disk(settings, tmp_path):
    write_villages(1)
    settings.VAR = tmp_path  # where its files lie
    with copy_register() as register:
        assert list(tmp_path.rglob("*")) == []
        assert register.duck.execute("SELECT current_setting('temp_directory')").fetchall() == [("",)]


@pytest.mark.django_db
def test_postgresql_counts_what_does_not_fit_into_memory(monkeypatch):
    write_villages(2)
    rebuild_cells(engine=Engine.POSTGRESQL)
    expected = read_everything()
    monkeypatch.setattr(copies, "MEMORY", "4MB")
    monkeypatch.setattr(copied, "MANY_PEOPLE", 0)
    with pytest.raises(duckdb.OutOfMemoryException), transaction.atomic():
        rebuild_cells(engine=Engine.DUCKDB)
    ServiceCell.objects.all().delete()
    rebuild_cells()
    assert read_everything() == expected


@pytest.mark.django_db
def test_a_small_register_is_not_copied(monkeypatch):
    write_villages(3)
    monkeypatch.setattr(copied, "copy_register", None)
    assert rebuild_cells() > 0


@pytest.mark.django_db(transaction=True)
def test_who_writes_during_a_rebuild_waits_and_counts_afterwards(monkeypatch):
    write_villages(4)
    copying, errors = Event(), []
    real = copied.copy_register

    def write():
        try:
            copying.wait(20)
            with whole_country("a test"):
                write_measured(DESAS[0], "DATANG KEMUDIAN")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    def copy_slowly():
        copying.set()
        writer.join(1)
        assert writer.is_alive(), "the writer did not wait"
        return real()

    monkeypatch.setattr(copied, "copy_register", copy_slowly)
    writer = Thread(target=write)
    writer.start()
    rebuild_cells(engine=Engine.DUCKDB)
    writer.join(20)
    assert (writer.is_alive(), errors) == (False, [])
    assert check() == []
