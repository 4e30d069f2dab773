"""The regulation as data: complete, counted, and equal to the text where that is at hand."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.conf import settings

from tests.factories.programme import BENGKULU
from tumbuh.programme.actions.folder import read_folder
from tumbuh.programme.rules import Bundle

TEXT = settings.ROOT / "../shared/seeds/pergub-bengkulu-45-2025.txt"
PERCENT = ("17.7", "16.9", "15.9", "15.0", "14.1")
ANNEX = "Tabel 1. Penjelasan Rinci"
HEADER = "Strategi Pencapaian\t"
# Sums over all structured targets; '%' is left out of the quantity.
COUNTS = {
    "frequency": {"tahunan": 80, "sekali": 41, "bertahap": 2, "berkelanjutan": 3},
    "per": {"": 90, "tingkat": 3, "provinsi": 7, "kabupaten/kota": 12, "kecamatan": 3, "desa/kelurahan": 11},
    "years": 394,
    "quantity": 4582,
}


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_folder(BENGKULU)


@pytest.mark.parametrize(
    ("pillar", "strategies", "instruments", "outputs", "starred"),
    [(1, 6, 28, 38, 4), (2, 5, 17, 17, 8), (3, 5, 26, 26, 0), (4, 4, 19, 19, 0), (5, 4, 7, 7, 2)],
)
def test_pillar_is_complete(bundle, pillar, strategies, instruments, outputs, starred):
    entry = bundle.pillars[pillar - 1]
    found = [output for strategy in entry.strategies for one in strategy.instruments for output in one.outputs]
    assert entry.number == pillar
    assert len(entry.strategies) == strategies
    assert sum(len(strategy.instruments) for strategy in entry.strategies) == instruments
    assert len(found) == outputs
    assert sum(bool(output.starred_in) for output in found) == starred


def test_articles_are_complete(bundle):
    kinds = Counter(article.kind.value for article in bundle.articles)
    assert kinds == {
        "CONTENT": 7, "DEFINITION": 20, "FINAL": 1, "FUNDING": 3, "INTERVENTION": 2, "OBJECTIVE": 8, "OBLIGATION": 14,
        "PILLAR": 6, "PURPOSE": 1, "REPORT": 3, "SUPERVISION": 4, "SYSTEM": 5, "TARGET": 6, "TARGET_GROUP": 7,
    }  # fmt: skip
    assert {article.number for article in bundle.articles} == set(range(1, 12))


def test_prevalence_targets_equal_their_articles(bundle):
    texts = {article.id: article.text for article in bundle.articles}
    targets = {target.year: target.percent for target in bundle.prevalence.targets}
    assert targets == {year: Decimal(p) for year, p in zip(range(2025, 2030), PERCENT, strict=True)}
    for target in bundle.prevalence.targets:
        written = f"{target.percent.normalize():f}".replace(".", ",")
        assert f"{written}%" in texts[target.article]
        assert str(target.year) in texts[target.article]


def test_quantities_stand_in_the_target_cell(bundle):
    """Each number that we read stands in the cell, but for sums and steps that a note explains."""
    derived = {"P1.S3.I1.K1": {20, 30, 40, 50, 2026, 2027, 2028}, "P1.S5.I2.K1": {10}}
    for output in bundle.outputs:
        numbers = {int(number) for number in re.findall(r"\d+", output.target_raw)} | derived.get(output.id, set())
        assert {int(target.quantity) for target in output.targets if target.quantity} <= numbers, output.id
        assert {year for target in output.targets for year in (target.years[:1] + target.years[-1:])} <= numbers


def test_sum_of_structured_targets(bundle):
    """A change of any quantity, unit or frequency must be meant."""
    targets = [target for output in bundle.outputs for target in output.targets]
    assert len(targets) == 126
    assert Counter(target.frequency.label for target in targets) == COUNTS["frequency"]
    assert Counter(target.per.label if target.per else "" for target in targets) == COUNTS["per"]
    assert sum(len(target.years) for target in targets) == COUNTS["years"]
    assert sum(target.quantity or 0 for target in targets if target.unit != "%") == COUNTS["quantity"]


def test_every_doubt_is_written_in_both_languages(bundle):
    assert len(bundle.notes) == 144
    for note in bundle.notes:
        words = [note.question, note.question_en, note.reading, note.reading_en]
        words += [text for other in note.alternatives for text in (other.text, other.text_en)]
        assert all(text.strip().endswith((".", "…”.", "?")) for text in words), note.id
        assert note.question != note.question_en
        assert note.reading != note.reading_en


@pytest.mark.parametrize(
    "about",
    ["P1.S5.I3.K1", "P1.S6.I3.K1", "P4.S4.I2.K1", "P1.S2.I4.K1", "P1.S3.I1.K1", "P3.S1.I7.K1", "P1.S6.I1.K1", "PS3"],
)
def test_known_anomalies_have_a_note(bundle, about):
    assert any(about in note.about for note in bundle.notes)


# -- against the text itself, when it lies beside the project ---------------------------------------------------------

beside = pytest.mark.skipif(not TEXT.exists(), reason="the regulation's text is not beside the project")


def squeeze(text: str) -> str:
    """The text without layout: no HTML tags and no white space."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", text))


def read_columns() -> list[str]:
    """The five columns of the annex, each joined over all rows."""
    lines = TEXT.read_text().split(ANNEX)[1].split("Keterangan :")[0].splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line and not line.startswith(HEADER)]
    return [squeeze(" ".join(row[column] for row in rows if len(row) > column)) for column in range(5)]


def find_in_order(texts: Iterator[str], column: str) -> list[str]:
    """The texts that are not found in the column after the one before them."""
    missing, position = [], 0
    for text in texts:
        found = column.find(squeeze(text), position)
        if found < 0:
            missing.append(text)
        else:
            position = found + len(squeeze(text))
    return missing


@beside
def test_articles_are_verbatim(bundle):
    body = squeeze(TEXT.read_text().split(ANNEX)[0]).replace("*", "")
    assert find_in_order((article.text for article in bundle.articles), body) == []


@beside
def test_annex_is_verbatim_and_in_order(bundle):
    strategies, instruments, outputs, targets, _ = read_columns()
    every = [strategy for pillar in bundle.pillars for strategy in pillar.strategies]
    assert find_in_order((one.text for one in every), strategies) == []
    assert find_in_order((one.text for strategy in every for one in strategy.instruments), instruments) == []
    assert find_in_order((output.text for output in bundle.outputs), outputs) == []
    assert find_in_order((output.target_raw for output in bundle.outputs), targets) == []


@beside
def test_involvement_cells_are_verbatim(bundle):
    involvements = read_columns()[4]
    missing = [output.id for output in bundle.outputs if squeeze(output.involvement_raw) not in involvements]
    assert missing == []


def test_institutions_stand_in_their_cell(bundle):
    """Names are cut out of the cell; three damaged names are repaired, each with a note."""
    repaired = {("P1.S1.I7.K1", "Kanwil Kementerian Agama"), ("P1.S3.I3.K1", "Kepala Bagian Pemerintahan/Kesra Kota"),
                ("P3.S2.I6.K1", "Perwkln BKKBN")}  # fmt: skip
    missing = {
        (output.id, name)
        for output in bundle.outputs
        for name in [*output.responsible, *output.supporting]
        if squeeze(name) not in squeeze(output.involvement_raw)
    }
    assert missing <= repaired


@beside
def test_titles_of_pillars_are_verbatim(bundle):
    text = squeeze(TEXT.read_text())
    assert all(squeeze(pillar.title) in text for pillar in bundle.pillars)
