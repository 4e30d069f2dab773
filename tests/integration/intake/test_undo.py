"""Taking an import back restores exactly what was there before."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Count

from tests.factories.accounts import make_user
from tests.factories.eppgbm import HEADER, make_row, write_xlsx
from tests.factories.imports import run, tell, undo
from tumbuh.audit.models import Event
from tumbuh.intake.api import State, start_undo
from tumbuh.intake.errors import IntakeError, NotAllowedError
from tumbuh.records.api import index_nik
from tumbuh.records.models import Household, Measurement, Person

pytestmark = pytest.mark.django_db
A, B, KK = "9101014503240001", "9101014503240002", "9101010101200001"
TABLES = ("records_household", "records_person", "records_measurement", "indicators_cell")
VOLATILE = {"indicators_cell": ("id",)}


def checksum() -> dict[str, str]:
    """A digest of each table's content; the cells' own numbers do not matter."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            minus = "".join(f" - '{name}'" for name in VOLATILE.get(table, ()))
            cursor.execute(
                f"SELECT md5(string_agg(x, ',' ORDER BY x)) FROM (SELECT (to_jsonb(t){minus})::text x FROM {table} t) s"
            )
            found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def first(user, tmp_path):
    rows = [make_row(1), make_row(2, Tanggal_Pengukuran="11/04/2026", Berat="11,8"), make_row(3, Nama="UMAR", JK="L")]
    return run(user, write_xlsx(tmp_path / "first.xlsx", rows))


def test_undo_restores_everything(user, first, tmp_path):
    before = checksum()
    rows = [
        make_row(1, NIK=A, Berat="11,4", LiLA="15"),  # changed, fills NIK
        make_row(2, NIK=A, Tanggal_Pengukuran="11/02/2026", Berat="10,9"),  # earlier: registered sooner, gain changes
        make_row(3, Nama="GITA LESTARI", NIK=B),
        make_row(4, Nama="UMAR", JK="L", Nama_Ortu="SITI AMINAH"),
    ]
    second = run(user, write_xlsx(tmp_path / "second.xlsx", rows))
    assert [outcome for _, outcome, _ in tell(second)] == ["changed", "new", "new", "already_there"]
    assert checksum() != before
    second = undo(user, second)
    assert second.state == State.UNDONE and second.counts["undone"]["kept"] == 0
    assert checksum() == before
    assert Event.objects.filter(action="intake.import.undo_asked", reason="salah berkas").count() == 1


def test_undo_takes_households_apart_again(user, tmp_path):
    alone = {"RT": "", "RW": "", "Alamat": ""}
    run(user, write_xlsx(tmp_path / "first.xlsx", [make_row(1, NIK=A), make_row(2, Nama="UMAR", JK="L", **alone)]))
    before = checksum()
    header = [*HEADER, "No KK"]
    rows = [
        [*make_row(1, NIK=A), KK],  # its household gets the KK number
        [*make_row(2, Nama="UMAR", JK="L", **alone, Berat=""), KK],  # joins, and nothing else is new in this row
        [*make_row(3, Nama="GITA LESTARI", NIK=B), ""],  # same mother and address: born into it
        [*make_row(4, Nama="WATI", Nama_Ortu="RINI", Alamat="Jl. Laut"), ""],  # a household of its own
    ]
    second = run(user, write_xlsx(tmp_path / "second.xlsx", rows, header=header))
    assert [outcome for _, outcome, _ in tell(second)] == ["changed", "changed", "new", "new"]
    sizes = Household.objects.annotate(people_count=Count("people")).order_by("pk")
    assert [(home.people_count, home.kk_index == index_nik(KK)) for home in sizes] == [(3, True), (1, False)]
    undo(user, second)
    assert checksum() == before
    again = run(user, write_xlsx(tmp_path / "again.xlsx", rows, header=header))
    assert [outcome for _, outcome, _ in tell(again)] == ["changed", "changed", "new", "new"]


def test_what_later_imports_build_on_stays_and_is_named(user, first, tmp_path):
    run(user, write_xlsx(tmp_path / "second.xlsx", [make_row(1, Tanggal_Pengukuran="11/05/2026", Berat="12,1")]))
    taken = undo(user, first)
    done = taken.counts["undone"]
    assert (done["removed"], done["children_removed"], done["kept"]) == (3, 1, 1)
    assert done["kept_rows"] == [{"what": "child", "sheet": "Sheet1", "row": 5, "because": "second.xlsx"}]
    assert Person.objects.get().registered_on == date(2026, 5, 11)


def test_a_value_changed_later_stays(user, first, tmp_path):
    second = run(user, write_xlsx(tmp_path / "second.xlsx", [make_row(1, Berat="11,9")]))
    taken = undo(user, first)
    assert [(kept["what"], kept["row"]) for kept in taken.counts["undone"]["kept_rows"]] == [
        ("measurement", 5), ("child", 5)]  # fmt: skip
    undo(user, second)
    assert (Person.objects.count(), Measurement.objects.count()) == (0, 0)


def test_imports_undone_in_any_order_leave_nothing(user, tmp_path):
    empty = checksum()
    files = []
    for number, letter in enumerate("ABC"):
        rows = [make_row(Berat=f"11,{number}"), make_row(Nama=f"UMAR {letter}")]
        files.append(run(user, write_xlsx(tmp_path / f"{number}.xlsx", rows)))
    for taken in (files[1], files[0], files[2]):
        undo(user, taken)
    assert checksum() == empty


def test_a_file_can_come_again_after_undo(user, first, tmp_path):
    before = checksum()["records_measurement"]
    undo(user, first)
    again = run(user, write_xlsx(tmp_path / "again.xlsx", [make_row(1), make_row(2, Tanggal_Pengukuran="11/04/2026")]))
    assert [outcome for _, outcome, _ in tell(again)] == ["new", "new"]
    assert before != checksum()["records_measurement"]


def test_who_may_undo(regions, user, first):
    midwife = make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"])
    elsewhere = make_user("operator", role="DESA_OPERATOR", region=regions["91.02.01.2001"])
    for stranger in (midwife, elsewhere):
        with pytest.raises(NotAllowedError):
            start_undo(by=stranger, import_id=first.pk, reason="x")
    with pytest.raises(IntakeError, match="Alasan"):
        start_undo(by=user, import_id=first.pk, reason="  ")
