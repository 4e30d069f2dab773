"""Every activity that the annex names has a kind, at the levels that it names; the definition is whole."""

from pathlib import Path

import pytest
import yaml

from tumbuh.activities.api import read_instruments, read_kinds
from tumbuh.regions.api import Level

PROVINSI, KABUPATEN, KECAMATAN, DESA = Level.PROVINSI, Level.KABUPATEN, Level.KECAMATAN, Level.DESA
ALL = (PROVINSI, KABUPATEN, KECAMATAN, DESA)
# output of the annex → a kind that proves it → levels at which it must be possible
ANNEX = [
    ("P1.S1.I3.K1", "RAPAT_ANTAR_PD", (PROVINSI,)),
    ("P1.S1.I4.K1", "RAPAT_WAKIL_GUBERNUR", (PROVINSI,)),
    ("P1.S1.I5.K1", "RAKOR", (PROVINSI,)),
    ("P1.S1.I6.K1", "RAPAT_KOORDINASI", ALL),
    ("P1.S1.I7.K1", "PENDAMPINGAN", ALL),
    ("P1.S2.I1.K1", "PRA_MUSRENBANG", (PROVINSI,)),
    ("P1.S2.I2.K1", "PRA_MUSRENBANG", (KABUPATEN,)),
    ("P1.S2.I3.K1", "PRA_MUSRENBANG", (KECAMATAN,)),
    ("P1.S2.I4.K1", "PRA_MUSRENBANG", (DESA,)),
    ("P1.S3.I3.K1", "PENDAMPINGAN", (KABUPATEN, DESA)),
    ("P1.S4.I1.K1", "RAPAT_DPRD_BPD", (PROVINSI, KABUPATEN, DESA)),
    ("P1.S5.I4.K1", "FORUM_TEKNIS", ALL),
    ("P2.S1.I3.K1", "KAMPANYE", ALL),
    ("P2.S1.I4.K1", "PELATIHAN_KOMUNIKASI", ALL),
    ("P2.S1.I5.K1", "FORUM_MULTIPIHAK", (PROVINSI,)),
    ("P2.S2.I1.K1", "KAP", ALL),
    ("P2.S3.I2.K1", "FORUM_ADVOKASI", (PROVINSI, KABUPATEN)),
    ("P2.S3.I4.K1", "AUDIENSI", (PROVINSI, KABUPATEN)),
    ("P2.S3.I4.K1", "KUNJUNGAN_LAPANGAN", ALL),
    ("P2.S4.I2.K1", "PENGUATAN_LEMBAGA_DESA", (DESA,)),
    ("P2.S5.I2.K1", "FORUM_PESAN_LINTAS_SEKTOR", (PROVINSI,)),
    ("P3.S1.I4.K1", "FORUM_SINKRONISASI", (PROVINSI,)),
    ("P3.S1.I7.K1", "REMBUK_STUNTING", (DESA,)),
    ("P3.S2.I2.K1", "PELATIHAN_TATAP_MUKA", ALL),
    ("P3.S2.I3.K1", "FORUM_PEMBELAJARAN", (PROVINSI,)),
    ("P3.S2.I4.K1", "PENDAMPINGAN", ALL),
    ("P3.S3.I1.K1", "RAPAT_LINTAS_SEKTOR", (PROVINSI,)),
    ("P3.S3.I2.K1", "RAPAT_LINTAS_SEKTOR", (PROVINSI, KABUPATEN)),
    ("P3.S3.I3.K1", "FORUM_KOORDINASI", (KECAMATAN, DESA)),
    ("P3.S4.I2.K1", "FORUM_MULTIPIHAK", (PROVINSI,)),
    ("P3.S5.I3.K1", "RAPAT_LINTAS_TINGKAT", (PROVINSI,)),
    ("P3.S5.I4.K1", "BIMTEK_SOSIALISASI", ALL),
    ("P3.S5.I5.K1", "EVALUASI", ALL),
    ("P4.S1.I2.K1", "PELATIHAN_TATAP_MUKA", ALL),
    ("P4.S1.I3.K1", "PELATIHAN_JARAK_JAUH", (PROVINSI, DESA)),
    ("P4.S1.I5.K1", "PELATIHAN_TATAP_MUKA", ALL),
    ("P4.S1.I6.K1", "MAGANG", (PROVINSI, KABUPATEN)),
    ("P4.S1.I7.K1", "MAGANG", (PROVINSI, KABUPATEN)),
    ("P4.S1.I8.K1", "FORUM_PEMBELAJARAN", (PROVINSI,)),
    ("P4.S2.I3.K1", "FORUM_PENDAMPINGAN", (PROVINSI,)),
    ("P4.S3.I3.K1", "FORUM_PENGETAHUAN", (PROVINSI,)),
    ("P4.S4.I2.K1", "PENDAMPINGAN", (PROVINSI, KABUPATEN)),
    ("P5.S4.I2.K1", "FORUM_MONEV", (PROVINSI,)),
]
DUTIES = ("PEMBINAAN", "PENGAWASAN_TEKNIS", "PENGAWASAN_UMUM", "MUSRENBANG", "KAMPANYE")  # named by the articles
ROOT = Path(__file__).resolve().parents[3]


def list_outputs() -> dict[str, str]:
    """Every output of the annex: number → text."""
    found = {}
    for path in sorted((ROOT / "regulations").glob("*/pillars/*.yaml")):
        for strategy in yaml.safe_load(path.read_text())["strategies"]:
            for instrument in strategy["instruments"]:
                found |= {output["id"]: output["text"] for output in instrument["outputs"]}
    return found


@pytest.mark.parametrize(("output", "kind", "levels"), ANNEX)
def test_the_annex_finds_its_kind(output, kind, levels):
    assert set(levels) <= read_kinds()[kind].levels
    assert output in list_outputs()


def test_no_meeting_training_or_campaign_of_the_annex_is_forgotten():
    words = ("rapat", "forum", "rembuk", "pelatihan", "pendampingan", "magang", "audiensi", "sosialisasi dan bimbingan")
    starts = ("Terselenggara", "Terlaksana")
    named = {
        number for number, text in list_outputs().items()
        if text.startswith(starts) and any(word in text.lower() for word in words)
    }  # fmt: skip
    assert named - {output for output, _kind, _levels in ANNEX} <= {"P4.S1.I4.K1", "P4.S2.I1.K1", "P4.S2.I2.K1"}
    assert read_kinds()["PENDAMPINGAN"].levels == frozenset(ALL)  # those three are mentoring


def test_what_the_articles_ask_for_is_there():
    assert set(DUTIES) <= set(read_kinds())
    for code in ("PEMBINAAN", "PENGAWASAN_TEKNIS", "PENGAWASAN_UMUM", "EVALUASI"):
        assert read_kinds()[code].has_findings


def test_every_kind_is_whole():
    for kind in read_kinds().values():
        assert all([kind.label_id, kind.label_en, kind.about_id, kind.about_en, kind.levels, kind.agenda]), kind.code
        assert len({section.key for section in kind.sections}) == len(kind.sections), kind.code
        if kind.needs.minutes:
            assert any(section.is_required for section in kind.sections), kind.code
        assert len(kind.code) <= 40


def test_every_instrument_is_whole():
    for one in read_instruments().values():
        keys = [question.key for question in one.questions]
        assert len(set(keys)) == len(keys) and {one.exposure, one.understanding} <= set(keys)
        assert all(question.label_id and question.label_en for question in one.questions)


def test_versions_of_questions_stay_as_they_were():
    """Counts are comparable only while the words are the same: another wording is another version."""
    texts = [question.label_id for question in read_instruments()["PESAN_STUNTING-1"].questions]
    assert texts == [
        "Pernah melihat, mendengar, atau menerima pesan tentang stunting dalam 3 bulan terakhir",
        "Tahu bahwa stunting berawal sejak dalam kandungan sampai anak berusia 2 tahun",
        "Tahu bahwa bayi hanya diberi ASI sampai usia 6 bulan",
        "Dapat menyebut makanan pendamping ASI yang mengandung protein hewani",
        "Tahu bahwa anak balita ditimbang dan diukur setiap bulan",
        "Menjawab benar paling sedikit 3 dari pertanyaan 2 sampai 5",
    ]
