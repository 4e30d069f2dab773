"""tumbuh import: what scripts read."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.eppgbm import make_row, write_xlsx
from tumbuh.intake.api import Import
from tumbuh.records.models import Measurement

pytestmark = pytest.mark.django_db
A = "9101014503240001"


def call(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("import", *arguments, stdout=out)
    except SystemExit as leave:
        return int(leave.code), out.getvalue()
    return 0, out.getvalue()


def test_json(user, tmp_path):
    path = str(write_xlsx(tmp_path / "a.xlsx", [make_row(1, NIK=A), make_row(2, Desa_Kel="ZZZZZZ")]))
    code, text = call("eppgbm", path, "--as", "siti", "--json")
    report = json.loads(text)
    assert code == 0
    assert report["counts"] == {"new": 1, "changed": 0, "already_there": 0, "refused": 1, "needs_review": 0}
    first, second = report["rows"]
    assert first == {"file": path, "sheet": "Sheet1", "row": 5, "outcome": "new", "reasons": []}
    assert second["outcome"] == "refused"
    assert {"column", "code", "message"} == set(second["reasons"][0])
    assert Measurement.objects.count() == 1


def test_dry_run_saves_nothing(user, tmp_path):
    path = str(write_xlsx(tmp_path / "a.xlsx", [make_row(1, NIK=A)]))
    code, text = call("eppgbm", path, "--as", "siti", "--dry-run", "--json")
    assert (code, json.loads(text)["counts"]["new"], Measurement.objects.count()) == (0, 1, 0)


def test_a_refused_file_is_a_failure_and_the_others_go_in(user, tmp_path, capsys):
    bad = tmp_path / "b.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    good = write_xlsx(tmp_path / "a.xlsx", [make_row(1, NIK=A)])
    code, text = call("eppgbm", str(bad), str(tmp_path / "none.xlsx"), str(good), "--as", "siti", "--json")
    report = json.loads(text)
    assert code == 1 and Measurement.objects.count() == 1
    assert [error["code"] for error in report["errors"]] == ["WRONG_KIND", "FILE_UNREADABLE"]
    assert "PDF" in capsys.readouterr().err


def test_list_and_undo(user, tmp_path):
    call("eppgbm", str(write_xlsx(tmp_path / "a.xlsx", [make_row(1, NIK=A)])), "--as", "siti")
    listed = json.loads(call("list", "--as", "siti", "--json")[1])
    assert [(entry["file"], entry["state"]) for entry in listed] == [("a.xlsx", "COMMITTED")]
    code, text = call("undo", listed[0]["id"], "--as", "siti", "--reason", "salah berkas", "--json")
    assert code == 0 and json.loads(text)["removed"] == 1
    assert (Import.objects.get().state, Measurement.objects.count()) == ("UNDONE", 0)


def test_nobody_and_nothing(user):
    with pytest.raises(CommandError, match="tidak ada"):
        call("list", "--as", "siapa")
    with pytest.raises(CommandError, match="tidak ditemukan"):
        call("undo", "x", "--as", "siti", "--reason", "y")
