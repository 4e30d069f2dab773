"""A wrong folder is refused with file, key and what to do."""

from copy import deepcopy

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.programme import SMALL, write_folder
from tumbuh.programme.actions.folder import read_folder
from tumbuh.programme.errors import RegulationFolderError
from tumbuh.programme.rules import read_as
from tumbuh.programme.rules.documents import OutputEntry, PillarEntry, RegulationEntry

OUTPUT = ("pillars/1.yaml", "strategies", 0, "instruments", 0, "outputs", 0)
TARGET = (*OUTPUT, "targets", 0)
MISSING = object()


def change(files: dict, path: tuple, value: object) -> dict:
    """A copy of the files with one place changed, or removed."""
    files = deepcopy(files)
    place = files
    for key in path[:-1]:
        place = place[key]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return files


def list_faults(tmp_path, files: dict) -> str:
    with pytest.raises(RegulationFolderError) as caught:
        read_folder(write_folder(tmp_path, files))
    return str(caught.value)


def test_the_small_regulation_is_right(tmp_path):
    bundle = read_folder(write_folder(tmp_path, SMALL))
    assert [output.id for output in bundle.outputs] == ["P1.S1.I1.K1"]


@pytest.mark.parametrize(
    ("path", "value", "place", "words"),
    [
        (("regulation.yaml", "number"), 7, "regulation.yaml: number:", "Apit dengan tanda kutip"),
        (("regulation.yaml", "year"), "2026", "regulation.yaml: year:", "bilangan bulat"),
        (("regulation.yaml", "title"), MISSING, "regulation.yaml: title:", "wajib ada"),
        (("regulation.yaml", "titel"), "x", "regulation.yaml: titel:", "Mungkin maksudnya “title”"),
        (("regulation.yaml", "zzz"), "x", "regulation.yaml: zzz:", "tidak dikenal. Hapus"),
        (("regulation.yaml", "valid_from"), "kemarin", "regulation.yaml: valid_from:", "diharapkan tanggal"),
        (("regulation.yaml", "chapters"), "I", "regulation.yaml: chapters:", "diharapkan daftar"),
        (("regulation.yaml", "chapters", 0, "last"), 1, "regulation.yaml: chapters:", "Pasal 2 harus berada"),
        (("regulation.yaml", "last_year"), 2025, "regulation.yaml: last_year:", "lebih awal"),
        (("targets.yaml", "targets", 0, "percent"), "dua puluh", "targets.yaml: targets[1].percent:", "bukan angka"),
        (("targets.yaml", "targets", 0, "article"), "PS9", "targets.yaml: 2026:", "“PS9” tidak ada"),
        (("articles.yaml", "articles", 1, "id"), "PS1", "articles.yaml: PS1:", "Tertulis 2 kali"),
        (("articles.yaml", "articles", 0, "kind"), "LAIN", "articles.yaml: articles[1].kind:", "“LAIN” tidak dikenal"),
        (("articles.yaml", "articles", 1, "institutions"), ["dinsa"], "articles.yaml: PS2:", "“dinsa” tidak ada"),
        (("institutions.yaml", "names"), [], "pillars: P1.S1.I1.K1:", "“Dinas Anu” belum ada dalam institutions.yaml"),
        (("interpretations.yaml", "interpretations", 0, "about"), ["P9"], "interpretations.yaml: unclear:", "“P9”"),
        (("interpretations.yaml", "interpretations", 0, "about"), [], "interpretations.yaml: unclear:", "Isi “about”"),
        ((*OUTPUT, "id"), "P2.S1.I1.K1", "pillars/1.yaml: P2.S1.I1.K1:", "diawali “P1.S1.I1.”"),
        ((*OUTPUT, "starred_in"), ["title"], "pillars: P1.S1.I1.K1:", "instrument, output, target"),
        ((*TARGET, "frequency"), "kadang", "targets[1].frequency:", "sekali, tahunan, berkelanjutan, bertahap"),
        ((*TARGET, "per"), "RT", "outputs[1].targets[1].per:", "desa/kelurahan"),
        ((*TARGET, "years"), [2031], "pillars: P1.S1.I1.K1:", "di luar masa peraturan, 2026–2028"),
        ((*TARGET, "years"), [2026, 2026], "pillars: P1.S1.I1.K1:", "dua kali"),
        ((*TARGET, "quantity"), 0, "pillars: P1.S1.I1.K1:", "lebih dari nol"),
        ((*TARGET, "at_least"), "ya", "outputs[1].targets[1].at_least:", "true atau false"),
        (("targets.yaml",), "a: [", "targets.yaml: baris", "Bukan YAML yang benar"),
        (("articles.yaml",), "- x", "articles.yaml:", "diharapkan kunci dan isi"),
    ],
)  # fmt: skip
def test_fault_names_place_and_remedy(tmp_path, path, value, place, words):
    message = list_faults(tmp_path, change(SMALL, path, value))
    assert place in message
    assert words in message


@pytest.mark.parametrize("name", sorted(SMALL))
def test_missing_file(tmp_path, name):
    message = list_faults(tmp_path, {key: value for key, value in SMALL.items() if key != name})
    assert name.split("/")[0] in message


def test_missing_folder(tmp_path):
    with pytest.raises(RegulationFolderError, match="Folder ini tidak ada"):
        read_folder(tmp_path / "nowhere")


def test_not_utf8(tmp_path):
    write_folder(tmp_path, SMALL)
    (tmp_path / "targets.yaml").write_bytes(b"indicator: \xff")
    with pytest.raises(RegulationFolderError, match="UTF-8"):
        read_folder(tmp_path)


def test_all_faults_are_told_at_once(tmp_path):
    files = change(change(SMALL, ("regulation.yaml", "year"), "x"), (*TARGET, "unit"), MISSING)
    message = list_faults(tmp_path, files)
    assert "2 kesalahan" in message
    assert "regulation.yaml: year" in message
    assert "targets[1].unit" in message


def test_faults_in_english(tmp_path):
    with override("en"):
        read = read_as(RegulationEntry, {}, "regulation.yaml", faults := [])
    assert read is None
    assert len(faults) == 14


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=10,
)


@given(JSON, st.sampled_from([RegulationEntry, OutputEntry, PillarEntry]))
def test_anything_is_read_or_refused(value, entry):
    faults = []
    assert (read_as(entry, value, "x.yaml", faults) is None) == bool(faults)
