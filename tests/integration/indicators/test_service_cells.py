"""The kept cells of services equal the plain reading of the register, whatever was written in which order."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from tests.factories.cells import keep_cells
from tests.factories.records import make_batch, make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.engines.convergence.api import Receipt, count_people, read_content
from tumbuh.indicators.actions.refresh import fill_month, refresh_cells
from tumbuh.indicators.api import check, rebuild, refresh
from tumbuh.indicators.models import ServiceCell
from tumbuh.indicators.rules.values import STRATA
from tumbuh.records.api import (
    CheckRow,
    CoupleRow,
    LifeRows,
    PersonRow,
    PregnancyRow,
    ServiceRow,
    StatementRow,
    enrol_people,
    link_mothers,
    list_desa_months,
    save_life,
)
from tumbuh.regions.api import Level

pytestmark = pytest.mark.django_db
DESAS = (9101012001, 9101012002, 9102012001)
MONTHS = [date(2026, month, 1) for month in (2, 3, 4)]


@pytest.fixture(autouse=True)
def register():
    make_province()
    with whole_country("a test"):
        yield


def write_measured(desa: int, name: str, months=MONTHS) -> None:
    saved = save_rows(*(make_staged(name, desa_id=desa, measured_on=month + timedelta(days=9)) for month in months))
    keep_cells(saved.desa_months)


def write_family(rng: Random, desa: int, number: int) -> None:
    """A mother, a child and a girl with a random life; refreshed as the writers of records do."""
    batch, name = make_batch("form"), f"IBU {chr(65 + number)}{chr(65 + desa % 7)}"
    home = {"desa_id": desa, "family_name": name, "rt": str(number + 1), "registered_on": date(2025, 1, 1)}
    rows = [
        PersonRow(name=name, sex="F", birth_date=date(1996, 5, number + 1), decile=rng.choice([None, 2, 8]), **home),
        PersonRow(name=f"ANAK {name}", sex="M", birth_date=date(2025, rng.randrange(1, 12), 7), **home),
        PersonRow(name=f"REMAJA {name}", sex="F", birth_date=date(2012, 8, 9), **home),
    ]
    mother, child, girl = (one.person_id for one in enrol_people(by=SYSTEM, batch=batch, rows=rows))
    link_mothers(by=SYSTEM, batch=batch, pairs=[(child, mother)])
    day = date(2026, rng.randrange(1, 5), rng.randrange(1, 28))
    codes = [
        ("iron_tablets", girl, 9),
        ("nutrition_counselling", child, 1),
        ("pregnancy_check", mother, 1),
        ("hb0", child, 1),
    ]
    life = LifeRows(
        pregnancies=[PregnancyRow(mother, desa, date(2026, rng.randrange(1, 4), 3))] if rng.random() < 0.6 else [],
        couples=[CoupleRow(desa, date(2026, 2, 5), girl)] if rng.random() < 0.2 else [],
        checks=[CheckRow(mother, desa, day, muac_cm=rng.choice(["22.5", "25.0"]), hb_g_dl="11.0")],
        services=[ServiceRow(desa, code, day, person, quantity=size) for code, person, size in codes],
        statements=[StatementRow(desa, "water", rng.random() < 0.5, day, mother)],
    )
    saved = save_life(by=SYSTEM, batch=batch, rows=life)
    keep_cells(set(list_desa_months([mother, child, girl])) | set(saved.desa_months))


def read_oracle() -> dict:
    """What the engine counts, person by person, from the views."""
    receipts = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, code, received_on, quantity FROM records_receipt")
        for person, code, day, quantity in cursor.fetchall():
            receipts[person].append(Receipt(day, code, quantity))
        cursor.execute("SELECT * FROM records_person_month")
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    counts = count_people(read_content(), [(row, receipts[row["person_id"]]) for row in rows])
    cells = defaultdict(lambda: [[0] * len(STRATA) for _ in range(3)])
    for (stratum, group, service), count in counts.items():
        place = STRATA.index((stratum.sex, stratum.poverty))
        for values, number in zip(
            cells[stratum.desa_id, stratum.month, group, service], vars(count).values(), strict=True
        ):
            values[place] = number
    return dict(cells)


def read_kept(level: Level = Level.DESA) -> dict:
    cells = ServiceCell.objects.filter(level=level)
    columns = ("region_id", "month", "target_group", "service", "due", "received", "only_missing")
    return {tuple(row[:4]): list(row[4:]) for row in cells.values_list(*columns)}


@pytest.mark.parametrize("seed", range(2))
def test_kept_cells_equal_the_plain_reading_and_a_rebuild(seed):
    rng = Random(seed)
    for number in range(4):
        desa = rng.choice(DESAS)
        write_family(rng, desa, number)
        write_measured(desa, f"BALITA {chr(65 + number)}", months=rng.sample(MONTHS, 2))
    oracle = read_oracle()
    assert oracle and read_kept() == oracle
    assert check() == []
    rebuild()
    assert read_kept() == oracle


def test_desa_add_up_to_all_levels_above():
    rng = Random(7)
    for number, desa in enumerate(DESAS):
        write_measured(desa, f"BALITA {chr(65 + number)}")
        write_family(rng, desa, number)
    for level, divisor in ((Level.KECAMATAN, 10**4), (Level.KABUPATEN, 10**6), (Level.PROVINSI, 10**8)):
        sums = defaultdict(lambda: [[0] * len(STRATA) for _ in range(3)])
        for (desa, *key), arrays in read_kept().items():
            for total, array in zip(sums[desa // divisor * divisor, *key], arrays, strict=True):
                total[:] = map(sum, zip(total, array, strict=True))
        assert {(region, *key): arrays for (region, *key), arrays in read_kept(level).items()} == dict(sums)


def test_a_month_counts_once_somebody_received_something():
    batch = make_batch("form")
    row = PersonRow(DESAS[0], "SITI", "F", date(2012, 8, 9), date(2025, 1, 1))
    (girl,) = enrol_people(by=SYSTEM, batch=batch, rows=[row])
    service = ServiceRow(DESAS[0], "iron_tablets", date(2026, 3, 9), girl.person_id, quantity=4)
    refresh(save_life(by=SYSTEM, batch=batch, rows=LifeRows(services=[service])).desa_months)
    cell = ServiceCell.objects.get(region_id=DESAS[0], service="girl_iron_tablets")
    assert (cell.month, cell.target_group, cell.due_total) == (date(2026, 3, 1), "GIRL_10_18", 1)
    assert check() == []


def test_a_month_that_begins_is_filled_by_the_worker():
    write_measured(DESAS[0], "BALITA A", months=MONTHS[:1])
    write_family(Random(3), DESAS[2], 0)
    saved = save_rows(make_staged("BALITA A", desa_id=DESAS[0], measured_on=date(2026, 5, 9)))
    assert refresh_cells(saved.desa_months) == [date(2026, 5, 1)]
    assert not ServiceCell.objects.filter(region_id=DESAS[2], month=date(2026, 5, 1)).exists()
    assert fill_month(date(2026, 5, 1)) > 0
    assert ServiceCell.objects.filter(region_id=DESAS[2], month=date(2026, 5, 1)).exists()
    assert check() == [] and read_kept() == read_oracle()
