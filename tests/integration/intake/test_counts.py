"""Counts of other systems: previewed, saved, sent again, taken back, and never among our own figures."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.accounts import make_user
from tests.factories.eppgbm import write_xlsx
from tests.factories.imports import fetch, save, tell, undo
from tests.factories.lists import DESA, MONTH, preview_list, read_list, run_list, write_list
from tumbuh.accounts.api import whole_country
from tumbuh.audit.models import Event
from tumbuh.indicators.api import find_residents, read_reported, read_two_numbers
from tumbuh.indicators.models import Cell, ReportedFigures, ServiceCell
from tumbuh.intake.api import (
    FileRefusedError,
    State,
    check_import,
    choose_source,
    confirm_columns,
    export_sheet,
    find_source,
    set_fields,
    write_template,
)
from tumbuh.intake.models import KeptHeading
from tumbuh.lib.spreadsheets.api import create_workbook
from tumbuh.regions.api import Level, find_region, list_regions

pytestmark = pytest.mark.django_db
NAMES = ("aksi_bangda", "dukcapil")
LINES = {
    "aksi_bangda": {"code": "91.01.01.2001", "families": "1.120", "at_risk": 30, "measured": 80, "severe": 2,
                    "short": 9, "i01_due": 40, "i01_served": 25},
    "dukcapil": {"code": "91.01.01.2001", "m_0_4": 40, "f_0_4": 38, "t_0_4": 78},
}  # fmt: skip


@pytest.fixture(autouse=True)
def everywhere(user):
    with whole_country("a test"):
        yield


def list_desa():
    return [one.code for one in list_regions(within="91", level=Level.DESA).order_by("pk")]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_goes_round(user, tmp_path, name):
    path = tmp_path / "templat.xlsx"
    write_template(find_source(name), path)
    taken = preview_list(user, path, name)
    assert (taken.rows.count(), taken.counts["skipped"]["contoh"]) == (0, 1)
    example = {**find_source(name).example, "number": "1", "kecamatan": ""}
    taken = preview_list(user, write_list(tmp_path / "isi.xlsx", name, [example]))
    assert taken.source == name and [line[1] for line in tell(taken)] == ["new"], tell(taken)


@pytest.mark.parametrize("name", NAMES)
def test_saved_sent_again_changed_and_taken_back(user, tmp_path, name):
    path = write_list(tmp_path / "a.xlsx", name, [LINES[name]])
    shown = preview_list(user, path)
    assert not ReportedFigures.objects.exists(), "a preview leaves nothing"
    assert [line[1] for line in tell(shown)] == ["new"]
    first = save(user, shown)
    assert ReportedFigures.objects.get().region_id == DESA
    assert [line[1] for line in tell(run_list(user, path))] == ["already_there"]
    assert ReportedFigures.objects.count() == 1
    field = "at_risk" if name == "aksi_bangda" else "f_0_4"
    changed = (
        {"code": LINES[name]["code"], "m_0_4": 40, "f_0_4": 39} if name == "dukcapil" else {"code": DESA, field: 31}
    )
    second = run_list(user, write_list(tmp_path / "b.xlsx", name, [changed]))
    assert [line[1] for line in tell(second)] == ["changed"]
    events = Event.objects.filter(action="indicators.reported.recorded")
    assert events.count() == 2
    undo(user, first)
    standing = {tuple(sorted(row.figures)) for row in ReportedFigures.objects.filter(batch__undone_at=None)}
    assert len(standing) == 1 and "families" not in next(iter(standing)), "what the first said alone is gone with it"
    assert fetch(second).counts["changed"] == 1
    done = undo(user, second)
    assert done.counts["undone"]["removed"] == 1
    assert not ReportedFigures.objects.filter(batch__undone_at=None).exists()
    assert not Cell.objects.exists() and not ServiceCell.objects.exists()


def test_a_kept_figure_cannot_be_rewritten(user, tmp_path):
    run_list(user, write_list(tmp_path / "a.xlsx", "dukcapil", [LINES["dukcapil"]]))
    for change in ("UPDATE indicators_reportedfigures SET figures = '{}'", "DELETE FROM indicators_reportedfigures"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_doubled_an_unknown_and_a_missing_desa_are_named(user, tmp_path):
    codes = list_desa()
    lines = [{"code": codes[0], "t_0_4": 5}, {"code": codes[0], "t_0_4": 6}, {"code": "91.99.01.2001", "t_0_4": 6},
             {"code": codes[-1], "t_0_4": 7}]  # fmt: skip
    shown = preview_list(user, write_list(tmp_path / "a.xlsx", "dukcapil", lines))
    assert [(line[1], line[2]) for line in tell(shown)] == [
        ("new", ()), ("refused", ("DESA_DOUBLED",)), ("refused", ("DESA_UNKNOWN",)), ("new", ()),
    ]  # fmt: skip
    assert shown.counts["missing"]["count"] == len(codes) - 2 == len(shown.counts["missing"]["names"])
    row = shown.rows.order_by("row")[1]
    assert row.reasons[0]["column"] == "Desa/Kelurahan" and " 2" in row.reasons[0]["message"]
    save(user, shown)
    assert ReportedFigures.objects.count() == 2


def test_a_desa_of_somebody_else_is_refused(regions, tmp_path):
    other = make_user(role="DESA_OPERATOR", region=find_region(list_desa()[-1]), username="orang-lain")
    shown = preview_list(other, write_list(tmp_path / "a.xlsx", "dukcapil", [LINES["dukcapil"]]), desa_id=None)
    assert [(line[1], line[2]) for line in tell(shown)] == [("refused", ("OUT_OF_SCOPE",))]


def test_an_explained_heading_is_kept_and_used_again(user, tmp_path):
    header = ["Tempat", "KK Sasaran Tahun Ini", "Resiko"]
    path = write_xlsx(tmp_path / "a.xlsx", [["91.01.01.2001", 100, 20]], title=[["Rekap"]], header=header)
    taken = read_list(user, path, "aksi_bangda")
    reading = taken.columns["sheets"][0]["reading"]
    assert [(column["heading"], column["field"]) for column in reading["columns"]] == [(text, "") for text in header]
    sheet = reading["sheet"]
    chosen = set_fields(taken.columns["sheets"], {sheet: {0: "code", 1: "families", 2: "at_risk"}}, {sheet})
    confirm_columns(by=user, import_id=taken.pk, sheets=chosen, month=MONTH)
    assert KeptHeading.objects.count() == 3
    check_import(import_id=taken.pk)
    assert [line[1] for line in tell(fetch(taken))] == ["new"]
    again = read_list(user, path)
    assert again.source == "aksi_bangda", "what was explained tells the list too"
    assert [c["field"] for c in again.columns["sheets"][0]["reading"]["columns"]] == ["code", "families", "at_risk"]
    elsewhere = make_user(role="DESA_OPERATOR", region=find_region("91.01.01.2001"), username="lain")
    assert read_list(elsewhere, path).source != "aksi_bangda", "another region of work has its own"
    forgotten = set_fields(again.columns["sheets"], {sheet: {2: ""}}, {sheet})
    confirm_columns(by=user, import_id=again.pk, sheets=forgotten, month=MONTH)
    assert [kept.field for kept in KeptHeading.objects.order_by("field")] == ["code", "families"]


def test_an_e_ppgbm_file_read_as_counts_says_what_is_missing(user, tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["1", "x"]], title=[], header=["No", "Nama"])
    taken = read_list(user, path)
    choose_source(by=user, import_id=taken.pk, source="dukcapil")
    with pytest.raises(FileRefusedError) as refusal:
        confirm_columns(by=user, import_id=taken.pk, month=MONTH, desa_id=DESA)
    assert refusal.value.code == "MISSING_COLUMNS" and "Laki-laki 0-4 tahun" in str(refusal.value)


def test_two_sheets_of_one_workbook_and_a_file_that_is_none(user, tmp_path):
    path, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with create_workbook(path) as book:
        for name, rows in (
            (
                "Satu",
                [["Rekap"], [], ["Jumlah Ibu Hamil", "Catatan", "Kode Desa"], ["1.234", "", "91.01.01.2001"]],
            ),
            ("Dua", [["Kode Desa", "Jumlah Ibu Hamil"], ["91.01.01.2001", "9"], ["", ""], ["Jumlah", "1.243"]]),
        ):
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(number, column, cell)
    shown = preview_list(user, path, "aksi_bangda")
    assert [(line[1], line[2]) for line in tell(shown)] == [("new", ()), ("refused", ("DESA_DOUBLED",))]
    assert "“Satu” 4" in shown.rows.get(sheet="Dua").reasons[0]["message"]
    assert shown.counts["skipped"] == {"empty": 1, "total": 1}
    other.write_bytes(b"bukan buku kerja\0" * 50)
    assert read_list(user, other, "aksi_bangda").state == State.REFUSED


def test_merged_cells_leave_the_kecamatan_blank_and_a_unique_desa_is_still_found(user, tmp_path):
    path = tmp_path / "a.xlsx"
    with create_workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for column, text in enumerate(("Kecamatan", "Desa", "Jumlah Ibu Hamil")):
            sheet.write(0, column, text)
        names = [one.name for one in list_regions(within="91.01.01", level=Level.DESA).order_by("pk")][:2]
        sheet.merge_range(1, 0, 2, 0, "Hulu Satu")
        for number, name in enumerate(names, 1):
            sheet.write(number, 1, name)
            sheet.write(number, 2, number)
    shown = preview_list(user, path, "aksi_bangda", desa_id=None)
    assert [line[1] for line in tell(shown)] == ["new"] * len(names), tell(shown)


def test_the_sheet_that_leaves_comes_back(user, tmp_path):
    path = tmp_path / "keluar.xlsx"
    export_sheet(by=user, name="aksi-bangda", region=find_region("91.01"), month=MONTH, purpose="uji", path=path)
    shown = preview_list(user, path, desa_id=None)
    codes = [code for code in list_desa() if code.startswith("91.01")]
    assert (shown.source, shown.counts["new"], shown.counts["missing"]["count"]) == ("aksi_bangda", len(codes), 0)


def test_reported_stands_beside_ours_with_the_difference(user, regions, tmp_path):
    groups = [0] * 11
    Cell.objects.create(region_id=DESA, level=4, month=MONTH, indicator="stunting", numerators=[8, *groups],
                        denominators=[70, *groups])  # fmt: skip
    Cell.objects.create(region_id=DESA, level=4, month=MONTH, indicator="severe_stunting", numerators=[3, *groups],
                        denominators=[70, *groups])  # fmt: skip
    run_list(user, write_list(tmp_path / "a.xlsx", "aksi_bangda", [LINES["aksi_bangda"]]))
    side = read_reported(regions["91"], MONTH)
    found = {row.code: (row.reported, row.ours, row.difference) for row in side.rows}
    assert found["measured"] == (80, 70, 10) and found["severe"] == (2, 3, -1) and found["short"] == (9, 5, 4)
    assert found["families"] == (1120, None, None) and found["i01_due"] == (40, None, None)
    assert (side.month, side.desa, side.file, side.chosen) == (MONTH, 1, "a.xlsx", "measured")
    assert [(part, beside.difference) for part, beside in side.below] == [(9101000000, 10)]
    assert [part for part, _ in read_reported(find_region("91.01"), MONTH).below] == [9101010000]
    assert [part for part, _ in read_reported(find_region("91.01.01"), MONTH).below] == [DESA]
    assert read_reported(find_region(list_desa()[-1]), MONTH) is None
    assert read_reported(regions["91"], date(2026, 2, 1)) is None, "a month that had not come"


def test_children_to_find_are_counted_against_dukcapil_where_every_desa_is_there(user, regions, tmp_path):
    codes, before = list_desa(), read_two_numbers(regions["91"], MONTH)
    assert before.residents is None
    lines = [{"code": code, "t_0_4": 100} for code in codes]
    run_list(user, write_list(tmp_path / "a.xlsx", "dukcapil", lines[1:]), month=date(2025, 8, 1))
    part = read_two_numbers(regions["91"], MONTH)
    assert (part.residents.is_whole, part.residents.desa, part.residents.of) == (False, len(codes) - 1, len(codes))
    assert [side.residents for side in part.sides] == [None], "a part of the desa is no count of the region"
    run_list(user, write_list(tmp_path / "b.xlsx", "dukcapil", lines[:1]), month=date(2025, 8, 1))
    whole = read_two_numbers(regions["91"], MONTH)
    assert whole.sides[0].residents.people == 100 * len(codes) == whole.main.routine.target
    assert find_residents(regions["91"], date(2025, 6, 1)) is None, "a half-year that had not come"
    assert (whole.residents.half, whole.residents.period) == (2, date(2025, 12, 1))
    assert find_residents(find_region(codes[0]), MONTH).people == 100
