"""The pages and commands of other systems' lists."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.factories.accounts import make_user
from tests.factories.imports import fetch
from tests.factories.lists import preview_list, read_list, write_list
from tumbuh.intake.api import (
    FileRefusedError,
    Import,
    State,
    check_import,
    commit_import,
    confirm_columns,
    find_source,
    list_sources,
    read_import,
    undo_import,
)
from tumbuh.lib.spreadsheets.api import read_sheets
from tumbuh.records.models import Pregnancy

pytestmark = pytest.mark.django_db
WOMAN = {
    "nik": "9101014107950001", "name": "SITI AMINAH", "birth_date": "01/07/1995", "due_on": "05/08/2026",
    "status": "KEK", "check": "v", "iron": "v",
}  # fmt: skip


@pytest.fixture
def visitor(client, user):
    client.force_login(user)
    return client


def test_the_whole_way_by_buttons(visitor, tmp_path):
    path = write_list(tmp_path / "ibu.xlsx", "kpm_pregnant", [WOMAN])
    sent = {"berkas": SimpleUploadedFile("ibu.xlsx", path.read_bytes()), "sumber": "auto"}
    answer = visitor.post("/data-masuk/unggah", sent)
    job = Import.objects.get()
    read_import(import_id=job.pk)
    page = visitor.get(answer.url).content.decode()
    assert "KPM formulir 2A" in page and 'name="bulan"' in page and WOMAN["nik"] not in page
    fields = {"s0": "on", **{f"c0-{column['index']}-0": column["field"] for column in fetch(job).columns["sheets"][0][
        "reading"]["columns"]}}  # fmt: skip
    visitor.post(f"{answer.url}/kolom", fields)
    assert fetch(job).state == State.CONFIRM, "neither desa nor month is said"
    visitor.post(f"{answer.url}/kolom", {**fields, "desa": "91.02.01.9999", "bulan": "2026-03"})
    assert fetch(job).state == State.CONFIRM, "there is no such desa"
    visitor.post(f"{answer.url}/kolom", {**fields, "desa": "91.01.01.2001", "bulan": "2026-03"})
    check_import(import_id=job.pk)
    page = visitor.get(answer.url).content.decode()
    assert "1 baru" in page and "Jumlah butir pil Fe tidak disebut" in page
    visitor.post(f"{answer.url}/simpan")
    commit_import(import_id=job.pk)
    assert "1 baris baru" in visitor.get(answer.url).content.decode() and Pregnancy.objects.count() == 1
    visitor.post(f"{answer.url}/batalkan", {"alasan": "salah bulan"})
    undo_import(import_id=job.pk)
    assert "sudah dibatalkan" in visitor.get(answer.url).content.decode() and not Pregnancy.objects.exists()


def test_another_kind_can_be_chosen(visitor, user, tmp_path):
    job = read_list(user, write_list(tmp_path / "a.xlsx", "kpm_pregnant", [WOMAN]))
    assert job.source == "kpm_pregnant"
    visitor.post(f"/data-masuk/{job.pk}/jenis", {"sumber": "opensid_pregnant"})
    assert fetch(job).source == "opensid_pregnant"
    visitor.post(f"/data-masuk/{job.pk}/jenis", {"sumber": "xyz"})
    assert fetch(job).source == "opensid_pregnant"


@pytest.mark.parametrize("source", list_sources(), ids=lambda source: source.name)
def test_templates(visitor, source, tmp_path):
    page = visitor.get("/data-masuk/jenis").content.decode()
    assert source.title in page and source.note in page
    answer = visitor.get(f"/data-masuk/templat/{source.name}.xlsx")
    path = tmp_path / "templat.xlsx"
    path.write_bytes(answer.content)
    (sheet, _notes) = read_sheets(path)
    assert sheet.rows[0] == [field.label for field in source.fields] and sheet.rows[1][0] == "CONTOH"


def test_who_may_not_import_sees_no_template(client, regions):
    client.force_login(make_user("tamu", role="SUPERVISOR", region=regions["91"]))
    assert (
        client.get("/data-masuk/jenis").status_code == client.get("/data-masuk/templat/dtsen.xlsx").status_code == 404
    )


def test_missing_columns_are_named(user, tmp_path):
    job = read_list(
        user, write_list(tmp_path / "a.xlsx", "kpm_pregnant", [{"name": "SITI", "check": "v"}]), "kpm_pregnant"
    )
    with pytest.raises(FileRefusedError, match="Usia Kehamilan"):
        confirm_columns(by=user, import_id=job.pk)


def test_a_list_outside_the_scope_is_refused_line_by_line(regions, tmp_path):
    operator = make_user("operator", role="DESA_OPERATOR", region=regions["91.01.01.2001"])
    lines = [WOMAN, {**WOMAN, "nik": "9101014107960001", "name": "RINI", "birth_date": "01/07/1996"}]
    places = [{"desa": "SUMBER JAYA", "kecamatan": "HULU SATU"}, {"desa": "TALANG BARU", "kecamatan": "HULU SATU"}]
    path = write_list(tmp_path / "a.xlsx", "kpm_pregnant", [{**a, **b} for a, b in zip(lines, places, strict=True)])
    taken = preview_list(operator, path, desa_id=None)
    found = [(row.outcome, {reason["code"] for reason in row.reasons}) for row in taken.rows.order_by("id")]
    assert [outcome for outcome, _ in found] == ["new", "refused"] and "OUT_OF_SCOPE" in found[1][1]
    assert taken.columns["desa"] == 9101012001, "an operator has only one desa"


def call(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_commands(user, tmp_path):
    path = str(write_list(tmp_path / "ibu.xlsx", "kpm_pregnant", [WOMAN]))
    place = ("--month", "2026-03", "--desa", "91.01.01.2001", "--as", "siti", "--json")
    report = json.loads(call("import", "list-file", path, *place))
    assert report["counts"]["new"] == 1 and Pregnancy.objects.count() == 1
    template, sheet = str(tmp_path / "t.xlsx"), str(tmp_path / "k.xlsx")
    call("intake", "kinds", "--template", "dtsen", "--to", template)
    assert next(read_sheets(template)).rows[0] == [field.label for field in find_source("dtsen").fields]
    assert len(json.loads(call("intake", "kinds", "--json"))) == len(list_sources())
    call("intake", "export", "kpm-2a", "91.01.01.2001", "2026-03", sheet, "--as", "siti", "--purpose", "uji")
    assert len(next(read_sheets(sheet)).rows) == 2
    with pytest.raises(CommandError, match="2026-03"):
        call("import", "list-file", path, "--month", "Maret", "--as", "siti")
