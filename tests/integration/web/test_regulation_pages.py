"""The page /regulasi: the whole text with its notes, searchable, light, in two languages."""

import gzip
import re
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import make_user
from tests.factories.programme import BENGKULU, SMALL, load_bengkulu, write_folder
from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM
from tumbuh.programme.api import Interpretation, Regulation, list_articles, list_outputs, load_regulation

pytestmark = pytest.mark.django_db
PAGE = "/regulasi"


@pytest.fixture(autouse=True)
def no_kept_pages():
    caches["pages"].clear()


@pytest.fixture(scope="module")
def loaded(once_for_all):
    with once_for_all():
        return load_bengkulu().pk


@pytest.fixture
def regulation(loaded, db):
    return Regulation.objects.get(pk=loaded)


def read(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_whole_text_is_there_verbatim_with_anchors(client, regulation):
    response = client.get(PAGE)
    text, html = read(response), response.content.decode()
    outputs, articles = list(list_outputs(regulation)), list(list_articles(regulation))
    assert len(outputs) == 107
    for output in outputs:
        assert f'id="{output.code}"' in html
        assert all(squeeze(part) in text for part in (output.text, output.target_raw, output.instrument.text))
    for article in articles:
        assert f'id="{article.code}"' in html
        assert squeeze(article.text) in text
    for note in Interpretation.objects.all():
        assert squeeze(note.question) in text
        assert all(squeeze(other["text"]) in text for other in note.alternatives)


def test_ids_are_unique_and_inner_links_lead_somewhere(client, regulation):
    html = client.get(PAGE).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_first_sentence_and_honesty(client, regulation):
    text = read(client.get(PAGE))
    assert "Peraturan Gubernur Nomor 45 Tahun 2025 memuat 87 butir pasal dan 107 keluaran dalam 5 pilar" in text
    assert "tidak ada yang diketik" in text


def count_queries(client, address: str) -> int:
    """Queries that a page needs; the savepoints of the test do not count."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


def test_queries_and_weight(client, regulation):
    assert [count_queries(client, PAGE), count_queries(client, PAGE)] == [10, 5]
    assert count_queries(client, f"{PAGE}?instansi=bapperida") == 8
    assert [count_queries(client, f"{PAGE}/pilar/{number}") for number in range(1, 6)] == [7] * 5
    assert len(gzip.compress(client.get(PAGE).content)) <= 60_000
    client.force_login(make_user(role="ANALYST", region=make_province()["91.01"]))
    assert count_queries(client, PAGE) <= 12
    caches["pages"].clear()
    assert count_queries(client, PAGE) <= 13  # the first reading after loading, which renders the whole text


def test_a_kept_page_is_the_same(client, regulation):
    assert read(client.get(PAGE)) == read(client.get(PAGE))


def test_a_kept_page_gives_way_to_a_new_text(client, tmp_path):
    load_regulation(by=SYSTEM, folder=write_folder(tmp_path, SMALL))
    assert "Terselenggaranya rapat" in read(client.get(PAGE))
    files = {**SMALL, "pillars/1.yaml": repr(SMALL["pillars/1.yaml"]).replace("rapat'", "musyawarah'")}
    load_regulation(by=SYSTEM, folder=write_folder(tmp_path, files))
    assert "Terselenggaranya musyawarah" in read(client.get(PAGE))


def test_loaded_and_stated_counts_side_by_side(client, regulation):
    assert "Peraturan menyebut 1.514; daftar wilayah belum dimuat." in read(client.get(PAGE))
    make_province({"17": "Bengkulu", "17.01": "Kabupaten Satu", "17.01.01": "Satu", "17.01.01.2001": "Desa Satu"})
    text = read(client.get(PAGE))
    assert "1 dimuat, peraturan menyebut 1.514." in text
    assert "1 dimuat, peraturan menyebut 10." in text


@pytest.mark.parametrize(
    ("query", "words", "shown", "hidden"),
    [
        ({"instansi": "bapperida"}, "keluaran dan", "P1.S1.I1.K1", "P2.S1.I2.K1"),
        ({"instansi": "bupati-wali-kota"}, "0 keluaran dan 3 butir pasal", "PS8.4.a", "PS9.1"),
        ({"tahun": "2028"}, "keluaran cocok", "P3.S1.I7.K1", "P3.S1.I1.K1"),
        ({"cari": "rembuk"}, "1 keluaran dan 0 butir pasal", "P3.S1.I7.K1", "PS3"),
        ({"instansi": "wakil-gubernur", "peran": "RESPONSIBLE"}, "2 keluaran cocok", "P1.S5.I2.K1", "P1.S4.I1.K1"),
        ({"cari": "tidakada"}, "0 keluaran dan 0 butir pasal", None, "P1.S1.I1.K1"),
    ],
)  # fmt: skip
def test_search(client, regulation, query, words, shown, hidden):
    response = client.get(PAGE, query)
    html = response.content.decode()
    assert words in read(response)
    assert shown is None or f'id="{shown}"' in html
    assert f'id="{hidden}"' not in html


def test_odd_searches_do_no_harm(client, regulation):
    odd = [
        ("tahun", "abc"),
        ("tahun", "²026"),
        ("peran", "x"),
        ("cari", "\x00"),
        ("cari", "a" * 5000),
        ("instansi", "'"),
    ]
    for name, value in odd:
        assert client.get(PAGE, {name: value}).status_code == 200


def test_search_words_are_escaped(client, regulation):
    html = client.get(PAGE, {"cari": '"><script>x'}).content.decode()
    assert "<script>x" not in html


def test_pillar_pages(client, regulation):
    for number in range(1, 6):
        text = read(client.get(reverse("regulation_pillar", args=[number])))
        assert all(squeeze(output.text) in text for output in list_outputs(regulation, pillar=number))


def test_unknown_pillar_and_regulation(client, regulation):
    assert client.get("/regulasi/pilar/9").status_code == 404
    assert client.get(PAGE, {"peraturan": "lain"}).status_code == 404


def test_other_regulations_are_offered(client, regulation, tmp_path):
    load_regulation(by=SYSTEM, folder=write_folder(tmp_path, SMALL))
    assert "?peraturan=bengkulu-2025-45" in client.get(PAGE).content.decode()
    assert "107 keluaran" in read(client.get(PAGE, {"peraturan": BENGKULU.name}))


def test_in_english(client, regulation):
    client.cookies["django_language"] = "en"
    text = read(client.get(PAGE))
    for note in Interpretation.objects.all():
        assert squeeze(note.question_en) in text


def test_writing_is_refused(client, regulation):
    assert client.post(PAGE).status_code == 405
