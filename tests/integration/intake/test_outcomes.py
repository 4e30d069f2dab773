"""Every outcome of a row and of a file, from the upload to the register."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_csv, write_xlsx
from tests.factories.imports import preview, run, save, take, tell
from tumbuh.audit.models import Event
from tumbuh.indicators.models import Cell
from tumbuh.intake.api import State, decide_rows
from tumbuh.intake.errors import FileRefusedError, NotAllowedError
from tumbuh.records.models import Measurement, Person
from tumbuh.records.nik import decrypt_nik

pytestmark = pytest.mark.django_db
NIK = "9101014503240001"


def count() -> tuple[int, int]:
    return Person.objects.count(), Measurement.objects.count()


def test_a_new_child(user, tmp_path):
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK, LiLA="14,5")]))
    assert (taken.state, taken.error_message) == (State.COMMITTED, "")
    assert tell(taken) == [(5, "new", ())]
    person, visit = Person.objects.get(), Measurement.objects.get()
    assert (person.name, person.desa.code, person.posyandu.name) == ("AISYAH PUTRI", "91.01.01.2001", "MELATI 1")
    assert decrypt_nik(person.nik_encrypted) == NIK
    assert (visit.weight_kg, visit.lenhei_cm, visit.mode, visit.muac_cm) == (
        Decimal("11.2"), Decimal("84.5"), "H", Decimal("14.5"))  # fmt: skip
    assert visit.haz is not None and visit.batch == taken.batch
    assert taken.region.code == "91.01.01.2001"
    assert Cell.objects.filter(region_id=person.desa_id, indicator="stunting", month=date(2026, 3, 1)).exists()


def test_the_upload_goes_when_no_row_waits(user, tmp_path, settings):
    def list_files() -> list:
        return [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()]

    run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(1), make_row(2, Desa_Kel="ZZZZZZ")]))
    assert list_files() == []
    late = make_row(2, Nama="AISYA PUTRI", Tanggal_Pengukuran="11/04/2026")
    taken = run(user, write_xlsx(tmp_path / "b.xlsx", [late]))
    assert taken.counts["needs_review"] == 1 and len(list_files()) == 1


def test_no_nik_stands_readable_in_the_rows(user, tmp_path):
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK, Alamat=f"KK {NIK[:-1]}9")]))
    kept = [str(values) for values in (*taken.rows.values(), *taken.chunks.values(), taken.columns)]
    assert not any(NIK in text for text in kept)
    content = bytes(taken.chunks.get().content)
    assert NIK[:-1].encode() not in content and b"AISYAH" not in content
    assert not any(NIK in str(event.after) + str(event.before) for event in Event.objects.all())


def test_the_same_file_again_changes_nothing(user, tmp_path):
    rows = [make_row(1, NIK=NIK), make_row(2, NIK=NIK, Tanggal_Pengukuran="11/04/2026", Berat="11,8")]
    run(user, write_xlsx(tmp_path / "a.xlsx", rows))
    again = run(user, write_csv(tmp_path / "renamed.csv", rows[::-1]))
    assert [outcome for _, outcome, _ in tell(again)] == ["already_there", "already_there"]
    assert count() == (1, 2)
    assert again.counts["already_there"] == 2


def test_a_changed_value_says_what_changed(user, tmp_path):
    run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK)]))
    taken = preview(user, write_xlsx(tmp_path / "b.xlsx", [make_row(NIK=NIK, Berat="11,9")]))
    assert tell(taken) == [(5, "changed", ("VALUE_CHANGED",))]
    assert "11,2" in taken.rows.get().reasons[0]["message"]
    save(user, taken)
    assert Measurement.objects.get().weight_kg == Decimal("11.9")


REFUSED = {
    "no desa": ({"Desa_Kel": ""}, "DESA_MISSING"),
    "an unknown desa": ({"Desa_Kel": "ZZZZZZ"}, "DESA_UNKNOWN"),
    "an unreadable date": ({"Tgl_Lahir": "kemarin"}, "DATE_UNREADABLE"),
    "no name": ({"Nama": ""}, "VALUE_MISSING"),
    "an unknown sex": ({"JK": "X"}, "SEX_UNREADABLE"),
    "measured before birth": ({"Tanggal_Pengukuran": "01/01/2024"}, "MEASURED_BEFORE_BIRTH"),
    "measured in the future": ({"Tanggal_Pengukuran": "30/12/2099"}, "MEASURED_IN_FUTURE"),
    "not a number": ({"Berat": "sebelas"}, "NUMBER_UNREADABLE"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_refused_row_leaves_the_others(user, tmp_path, fault):
    values, code = REFUSED[fault]
    good = make_row(1, Nama="BUDI", JK="L")
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [good, make_row(2, NIK=NIK, **values)]))
    outcomes = tell(taken)
    assert outcomes[0][1] == "new"
    assert outcomes[1][:2] == (6, "refused") and code in outcomes[1][2]
    assert count() == (1, 1)


def test_a_child_without_any_value_is_registered_and_not_measured(user, tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK, Berat="", Tinggi="")])
    assert tell(run(user, path)) == [(5, "new", ("NOTHING_MEASURED",))]
    assert count() == (1, 0)
    assert tell(run(user, path)) == [(5, "already_there", ("NOTHING_MEASURED",))]


def test_a_nik_in_a_number_cell_is_not_used(user, tmp_path):
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=float(NIK))]))
    assert tell(taken) == [(5, "new", ("NIK_DAMAGED",))]
    assert Person.objects.get().nik_status == "DAMAGED"


def test_z_scores_of_the_file_are_compared(user, tmp_path):
    taken = preview(user, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK, ZS_TB_U="-9,99", ZS_BB_U="9,99")]))
    assert taken.counts["zscores"] == {"compared": 2, "differing": 2}
    assert tell(taken)[0][2].count("ZSCORE_DIFFERS") == 2


def test_total_rows_are_counted_and_left_out(user, tmp_path):
    rows = [make_row(NIK=NIK), ["Jumlah", "", "1"], []]
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", rows))
    assert len(tell(taken)) == 1
    assert taken.counts["skipped"]["total"] == 1


def test_twins_are_two_children(user, tmp_path):
    rows = [make_row(1, Nama="HASAN", JK="L"), make_row(2, Nama="UMAR", JK="L")]
    run(user, write_xlsx(tmp_path / "a.xlsx", rows))
    assert count() == (2, 2)


def test_outside_the_scope_is_refused(regions, tmp_path):
    midwife = make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"])
    rows = [make_row(1, NIK=NIK), make_row(2, Nama="BUDI", JK="L", Desa_Kel="TALANG BARU")]
    taken = run(midwife, write_xlsx(tmp_path / "a.xlsx", rows))
    assert [outcome for _, outcome, _ in tell(taken)] == ["new", "refused"]
    assert "OUT_OF_SCOPE" in tell(taken)[1][2]
    assert count() == (1, 1)


def test_without_the_right_nothing_is_taken(regions, tmp_path):
    reader = make_user("pembaca", role="ANALYST", region=regions["91"])
    with pytest.raises(NotAllowedError):
        take(reader, write_xlsx(tmp_path / "a.xlsx", [make_row()]))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a sheet", b"PK\x03\x04 broken", bytes(range(256)) * 40])
def test_files_that_are_no_sheets_are_refused_with_a_sentence(user, tmp_path, content, settings):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    taken = take(user, path)
    assert taken.state == State.REFUSED
    assert taken.error_code and len(taken.error_message) > 30
    assert not [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()]


def test_a_sheet_without_headings_waits_for_a_choice(user, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("satu;dua\n1;2\n3;4\n")
    taken = take(user, path)
    assert taken.state == State.CONFIRM
    from tumbuh.intake.api import confirm_columns

    with pytest.raises(FileRefusedError) as error:
        confirm_columns(by=user, import_id=taken.pk)
    assert error.value.code == "NO_SHEET"


def test_a_doubt_waits_and_is_saved_when_decided(user, tmp_path):
    run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK)]))
    later = make_row(NIK="", Nama="AISYA PUTRI", Tanggal_Pengukuran="11/04/2026")
    taken = run(user, write_xlsx(tmp_path / "b.xlsx", [later]))
    assert tell(taken)[0][1] == "needs_review" and count() == (1, 1)
    assert decide_rows(by=user, import_id=taken.pk, decisions={taken.rows.get().pk: "SAME"}) == 1
    taken = save(user, taken)
    assert taken.rows.get().outcome == "new" and count() == (1, 2)


@pytest.mark.parametrize(("decision", "people", "visits", "outcome"),
                         [("OTHER", 2, 2, "new"), ("SKIP", 1, 1, "refused"), ("SAME", 1, 2, "new")])  # fmt: skip
def test_decisions_before_saving(user, tmp_path, decision, people, visits, outcome):
    rows = [make_row(1), make_row(2, Nama="AISYA PUTRI", Tanggal_Pengukuran="11/04/2026")]
    taken = preview(user, write_xlsx(tmp_path / "a.xlsx", rows))
    first, second = taken.rows.order_by("row")
    waiting = first if first.outcome == "needs_review" else second
    decide_rows(by=user, import_id=taken.pk, decisions={waiting.pk: decision})
    taken = save(user, taken)
    waiting.refresh_from_db()
    assert waiting.outcome == outcome and count() == (people, visits)


def test_saving_twice_saves_once(user, tmp_path):
    from tumbuh.intake.api import check_import, commit_import

    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK)]))
    commit_import(import_id=taken.pk)
    check_import(import_id=taken.pk)
    assert count() == (1, 1)
    assert Event.objects.filter(action="intake.import.saved").count() == 1


def test_a_row_whose_desa_nobody_knows_yet_does_not_stop_the_others(user, tmp_path):
    doubtful = make_row(2, Nama="BUDI", Kec="", Kab_Kota="", Desa_Kel="SUMBER JAYA")  # two desa have this name
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(1), doubtful]))
    assert [outcome for _, outcome, _ in tell(taken)] == ["new", "needs_review"]
    assert (taken.state, Measurement.objects.count()) == ("COMMITTED", 1)
