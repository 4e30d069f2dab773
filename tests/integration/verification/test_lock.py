"""Data of a month that was sent in is locked in the database itself; returned cells open, and nothing else."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import fetch, run
from tests.factories.packages import MONTH, climb, submit, verify
from tests.factories.records import make_staged, save_rows
from tumbuh.intake.api import IntakeError, start_undo
from tumbuh.records.models import Measurement, Person
from tumbuh.verification.api import (
    Cell,
    Move,
    Package,
    State,
    Tier,
    Wish,
    answer_cell,
    list_open_cells,
    return_cells,
    take_step,
)
from tumbuh.verification.errors import CellsOpenError, MoveError, ReasonError

pytestmark = pytest.mark.django_db
REASON = "differs_from_register"


@pytest.fixture
def visit(desa):
    save_rows(make_staged("AISYAH"), make_staged("BUDI", birth_date=date(2024, 5, 1)))
    return Measurement.objects.get(person__name="AISYAH")


def refuses(change) -> bool:
    """Whether the database refuses the change because the month is closed."""
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        assert "terkunci" in str(error) and error.__cause__.sqlstate == "TM001"
        return True
    return False


def set_weight(visit, weight: str = "12.5") -> int:
    return Measurement.objects.filter(pk=visit.pk).update(weight_kg=Decimal(weight))


def send_back(holders, desa, visit, **values):
    cell = Cell("measurement", visit.pk, "weight_kg", REASON, **values)
    return return_cells(by=holders[Tier.KECAMATAN], region=desa, month=MONTH, tier=Tier.KECAMATAN, cells=[cell])


def test_a_draft_is_open(visit):
    assert not refuses(lambda: set_weight(visit))


@pytest.mark.parametrize("tier", Tier)
def test_from_sending_on_nothing_changes(holders, desa, visit, tier):
    climb(holders, desa, tier)
    other = {"person_id": visit.person_id, "birth_date": visit.birth_date, "desa_id": desa.pk}
    new = {**other, "measured_on": date(2026, 3, 20), "month": MONTH, "batch_id": visit.batch_id, "mode": "H"}
    assert refuses(lambda: set_weight(visit))
    assert refuses(lambda: Measurement.objects.filter(pk=visit.pk).delete())
    assert refuses(lambda: Measurement.objects.create(**new, weight_kg=Decimal("11.5")))
    assert refuses(lambda: Person.objects.filter(pk=visit.person_id).update(birth_date=date(2024, 3, 6)))
    assert not refuses(lambda: Measurement.objects.filter(pk=visit.pk).update(weight_gain="N"))  # computed
    assert not refuses(lambda: save_rows(make_staged("AISYAH", measured_on=date(2026, 4, 10))))  # another month


def test_a_measurement_does_not_move_into_a_closed_month(holders, desa, regions):
    save_rows(make_staged("AISYAH", measured_on=date(2026, 4, 10)))
    submit(holders[Tier.DESA], desa)
    moved = {"measured_on": date(2026, 3, 10), "month": MONTH}
    assert refuses(lambda: Measurement.objects.update(**moved))


def test_nothing_slips_past_by_another_key_or_by_emptying_the_table(holders, desa, visit):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # nothing pending on the table
        cursor.execute("ALTER TABLE records_measurement ENABLE TRIGGER records_measurement_no_truncate")
    submit(holders[Tier.DESA], desa)
    change = "UPDATE records_measurement SET id = id + 900000, weight_kg = weight_kg + 1"
    with (
        pytest.raises(DatabaseError, match="tidak pernah berubah"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE records_measurement CASCADE")

    assert refuses(empty)


def test_only_returned_cells_open(holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    send_back(holders, desa, visit)
    neighbour = Measurement.objects.get(person__name="BUDI")
    assert refuses(lambda: set_weight(neighbour))
    assert refuses(lambda: Measurement.objects.filter(pk=visit.pk).update(lenhei_cm=Decimal("85")))
    assert refuses(lambda: Measurement.objects.filter(pk=visit.pk).delete())
    assert not refuses(lambda: set_weight(visit))


def test_a_package_returned_as_a_whole_opens(holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    wish = Wish(Move.RETURN, Tier.KECAMATAN, State.RETURNED_DESA, "unggah ulang")
    take_step(by=holders[Tier.KECAMATAN], region=desa, month=MONTH, wish=wish)
    assert not refuses(lambda: Measurement.objects.filter(pk=visit.pk).update(lenhei_cm=Decimal("85")))


def test_the_cells_way_back_up(holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    proof = SimpleUploadedFile("buku.pdf", b"%PDF-1.4 ...")
    send_back(holders, desa, visit, note="di buku 11,9", evidence=proof)
    [cell] = list_open_cells(Package.objects.get())
    assert cell.evidence_name == "buku.pdf" and cell.evidence.name.endswith(f"{cell.public_id}.pdf")
    with pytest.raises(CellsOpenError):
        submit(holders[Tier.DESA], desa)
    with pytest.raises(ReasonError):
        answer_cell(by=holders[Tier.DESA], cell=cell, answer=" ")
    set_weight(visit, "11.9")
    answer_cell(by=holders[Tier.DESA], cell=cell, answer="salah ketik, sudah diperbaiki")
    submit(holders[Tier.DESA], desa)
    assert refuses(lambda: set_weight(visit))
    with pytest.raises(MoveError):
        answer_cell(by=holders[Tier.DESA], cell=cell, answer="lagi")
    verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN)
    assert list_open_cells(Package.objects.get()) == []


@pytest.mark.parametrize(
    "values",
    [
        {"reason": "no_such"},
        {"reason": "other"},
        {"reason": REASON, "evidence": SimpleUploadedFile("x.pdf", b"MZ not a pdf")},
        {"reason": REASON, "evidence": SimpleUploadedFile("x.pdf", b"%PDF-" + b"0" * 5_000_000)},
    ],
    ids=["unknown reason", "other without words", "disguised", "too large"],
)
def test_what_cannot_be_sent_back(holders, desa, visit, values):
    submit(holders[Tier.DESA], desa)
    cell = Cell("measurement", visit.pk, "weight_kg", **values)
    with pytest.raises(ReasonError):
        return_cells(by=holders[Tier.KECAMATAN], region=desa, month=MONTH, tier=Tier.KECAMATAN, cells=[cell])
    assert Package.objects.get().state == State.SUBMITTED


def test_an_import_into_a_closed_month_is_refused_row_by_row(holders, regions, desa, tmp_path):
    operator = holders[Tier.DESA]
    taken = run(operator, write_xlsx(tmp_path / "a.xlsx", [make_row()]))
    assert taken.counts["new"] == 1
    submit(operator, desa)
    april = {"Tanggal_Pengukuran": "10/04/2026", "Berat": "11,6"}
    second = write_xlsx(tmp_path / "b.xlsx", [make_row(Berat="11,9"), make_row(2, **april)])
    again = run(operator, second)
    assert {row.outcome: [reason["code"] for reason in row.reasons] for row in again.rows.all()} == {
        "refused": ["NIK_MISSING", "MONTH_CLOSED"], "new": ["NIK_MISSING"],
    }  # fmt: skip
    with pytest.raises(IntakeError, match="terkunci"):
        start_undo(by=operator, import_id=taken.pk, reason="salah berkas")
    assert fetch(taken).state == "COMMITTED"
