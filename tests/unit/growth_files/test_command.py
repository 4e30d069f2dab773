"""The command `tumbuh zscore`; it needs no database (this test asks for none)."""

import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tumbuh.engines.growth_files import errors
from tumbuh.engines.growth_files.columns import TEXTS

TEXT = "id,sex,age_days,measure,weight_kg,lenhei_cm\n1,1,400,l,9.0,75.0\n2,x,400,l,9.0,75.0\n"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(TEXT)
    return path


def test_plain_words(source, tmp_path, capsys):
    call_command("zscore", str(source), "-o", str(tmp_path / "out.csv"))
    out, err = capsys.readouterr()
    assert out.startswith("2 baris ditulis ke ")
    assert "aturan umur days" in out
    assert "Baris 2, kolom sex: jenis kelamin kosong atau bukan 1, 2, L, P, M, atau F.\n" in err
    assert "1 dari 2 baris memuat kesalahan (sex 1).\n" in err
    assert "-0.86,-0.87,-0.66,-0.51,,,0,0,0,0,0,0" in (tmp_path / "out.csv").read_text()


def test_json(source, tmp_path, capsys):
    call_command("zscore", str(source), "-o", str(tmp_path / "out.parquet"), "--age-rule", "completed-months", "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["rows"], found["rows_with_errors"], found["age_rule"]) == (2, 1, "completed-months")
    assert found["errors"][0]["row"] == 2
    assert found["values"]["haz"] == 1


def test_a_refused_file_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"tidak ada\. Periksa nama dan foldernya\."):
        call_command("zscore", str(tmp_path / "no.csv"), "-o", str(tmp_path / "out.csv"))


SENTENCES = [*TEXTS.values(), *(text for name, text in vars(errors).items() if name.isupper())]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_the_engine_says_is_said_in_indonesian(sentence):
    said = translation.gettext(sentence)
    assert said != sentence
    assert set(re.findall(r"\{\w+\}", said)) == set(re.findall(r"\{\w+\}", sentence))


def test_english_when_asked_for(source, tmp_path, capsys):
    with translation.override("en"):
        call_command("zscore", str(source), "-o", str(tmp_path / "out.csv"))
    out, err = capsys.readouterr()
    assert out.startswith("2 rows written to ")
    assert "Row 2, column sex: the sex is missing or not 1, 2, L, P, M or F.\n" in err
