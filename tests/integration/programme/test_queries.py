"""Reading the regulation: everything in few queries, narrowed by institution, role and words."""

import pytest

from tests.factories.programme import load_bengkulu
from tumbuh.programme.api import (
    WHOLE_TEXT,
    Regulation,
    Role,
    describe_output,
    list_articles,
    list_institutions,
    list_notes,
    list_outputs,
    list_pillars,
    list_prevalence_targets,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(once_for_all):
    with once_for_all():
        return load_bengkulu().pk


@pytest.fixture
def regulation(loaded, db):
    return Regulation.objects.get(pk=loaded)


def test_the_whole_annex_takes_three_queries(regulation, django_assert_num_queries):
    with django_assert_num_queries(3):
        pillars = list_pillars(regulation)
        described = [describe_output(output) for pillar in pillars for output in pillar.outputs]
    assert [pillar.pillar.number for pillar in pillars] == [1, 2, 3, 4, 5]
    assert [len(pillar.outputs) for pillar in pillars] == [38, 17, 26, 19, 7]
    assert sum(len(pillar.strategies) for pillar in pillars) == 24
    assert sum(len(strategy.instruments) for pillar in pillars for strategy in pillar.strategies) == 97
    assert sum(bool(output["starred"]) for output in described) == 14
    assert described[0]["responsible"] == ["Bapperida"]


def test_notes_take_one_query(regulation, django_assert_num_queries):
    with django_assert_num_queries(1):
        notes = list_notes(regulation)
        assert [note.code for note in notes["PS3"]] == ["article-indicator", "article-baseline"]
    assert "running-total-of-villages" in {note.code for note in notes["P1.S5.I3.K1"]}
    assert "abbreviations" in {note.code for note in notes[WHOLE_TEXT]}


def test_articles_and_targets(regulation):
    articles = list(list_articles(regulation))
    assert len(articles) == 87
    assert [articles[0].code, articles[-1].code] == ["PS1", "PS11"]
    labels = {article.code: article.label for article in articles}
    assert labels["PS8.3.b"] == "Pasal 8 ayat (3) huruf b"
    assert labels["PS1.7"] == "Pasal 1 angka 7"
    assert [float(target.percent) for target in list_prevalence_targets(regulation, "stunting")] == [
        17.7,
        16.9,
        15.9,
        15.0,
        14.1,
    ]


def test_institution_gathers_its_variant_names(regulation):
    assert list_institutions(regulation).count() == 78
    outputs = list_outputs(regulation, institution="asisten-pemkesra", role=Role.RESPONSIBLE)
    names = {one.name.text for output in outputs for one in output.involvements.all() if one.role == Role.RESPONSIBLE}
    assert {
        "Asisten Pemerintahan dan Kesejahteraan Rakyat",
        "Asisten Pemerintahan dan Kesra",
        "Asisten PemKesra",
    } <= names
    both = list_outputs(regulation, institution="asisten-pemkesra").count()
    supporting = list_outputs(regulation, institution="asisten-pemkesra", role=Role.SUPPORTING).count()
    assert outputs.count() < both <= outputs.count() + supporting


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("rembuk stunting", {"P3.S1.I7.K1"}),
        ("REMBUK  Stunting", {"P3.S1.I7.K1"}),
        ("P5.S3.I1.K1", {"P5.S3.I1.K1"}),
        ("zzz", set()),
    ],
)
def test_words(regulation, words, codes):
    assert {output.code for output in list_outputs(regulation, words=words)} == codes


def test_one_output_belongs_to_an_institution_of_two_names(regulation):
    codes = {output.code for output in list_outputs(regulation, institution="bagian-hukum")}
    assert codes == {"P1.S1.I1.K2", "P1.S2.I5.K1"}
    assert {article.code for article in list_articles(regulation, institution="bupati-wali-kota")} == {
        "PS5.2",
        "PS8.4.a",
        "PS8.4.b",
    }
