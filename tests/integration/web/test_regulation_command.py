"""`tumbuh regulation`: load, export, targets."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories.programme import SMALL, write_folder

pytestmark = pytest.mark.django_db
FIELDS = [
    "id",
    "pillar",
    "strategy",
    "instrument",
    "output",
    "target_raw",
    "targets",
    "responsible",
    "supporting",
    "starred",
]


def run(capsys, *arguments: str) -> str:
    call_command("regulation", *arguments)
    return capsys.readouterr().out


def test_load_all_and_again(capsys):
    assert "output 107" in run(capsys, "load")
    assert run(capsys, "load").strip() == "bengkulu-2025-45: sudah ada, tidak ada yang berubah."
    assert json.loads(run(capsys, "load", "--json")) == [
        {"regulation": "bengkulu-2025-45", "new": {}, "changed": {}, "removed": {}}
    ]


def test_export(capsys):
    run(capsys, "load")
    outputs = json.loads(run(capsys, "export", "--json"))
    assert len(outputs) == 107
    assert all(list(output) == FIELDS for output in outputs)
    by_id = {output["id"]: output for output in outputs}
    villages = by_id["P1.S5.I3.K1"]
    assert villages["target_raw"].startswith("2026 : 300 desa/kelurahan 2027 : +600")
    assert [(t["years"], t["quantity"], t["at_least"], t["cumulative"]) for t in villages["targets"]] == [
        ([2026], 300, False, True), ([2027], 600, True, True), ([2028], 1200, True, True), ([2029], 1514, False, True),
    ]  # fmt: skip
    assert by_id["P1.S2.I4.K1"]["targets"][0]["per"] == "kecamatan"
    assert by_id["P1.S1.I1.K1"]["targets"][0]["per"] is None
    assert by_id["P2.S1.I1.K1"]["starred"] is True
    assert "P1.S1.I8.K1*\t" in run(capsys, "export")


def test_targets(capsys):
    run(capsys, "load")
    targets = json.loads(run(capsys, "targets", "--json"))
    assert {target["year"]: target["percent"] for target in targets} == {
        2025: 17.7, 2026: 16.9, 2027: 15.9, 2028: 15.0, 2029: 14.1,
    }  # fmt: skip
    assert "16.9 %\tPS3.b" in run(capsys, "targets")


def test_another_folder_beside(capsys, tmp_path):
    run(capsys, "load", str(write_folder(tmp_path, SMALL)))
    run(capsys, "load")
    assert len(json.loads(run(capsys, "export", "--json", "--regulation", "anu-2026-7"))) == 1


def test_failures_say_what_to_do(capsys, tmp_path):
    with pytest.raises(CommandError, match="Muat dengan “tumbuh regulation load”"):
        call_command("regulation", "export")
    with pytest.raises(CommandError, match=r"regulation\.yaml: Berkas ini tidak ada"):
        call_command("regulation", "load", str(tmp_path))
