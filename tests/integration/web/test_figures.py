"""The pages of figures: what they say, to whom, and with how many queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import PASSWORD
from tests.factories.cells import make_cells
from tumbuh.indicators.api import forget_kept
from tumbuh.indicators.models import Cell

NBSP = "\N{NO-BREAK SPACE}"
MOST_QUERIES = 12
PAGES = ["/", "/wilayah/91", "/wilayah/91.01", "/wilayah/91.01.01", "/wilayah/91.01.01.2001", "/indikator"]
WHY = "/mengapa/stunting/91.01.01.2001/2026-10"


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def count_queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        read(client, path)
    return len([query for query in caught.captured_queries if "SAVEPOINT" not in query["sql"]])


class TestVisitor:
    @pytest.mark.parametrize("path", [*PAGES, WHY])
    def test_opens(self, client, figures, path):
        text = read(client, path)
        assert "<h1" in text
        assert " style=" not in text

    def test_home_says_it_in_one_sentence(self, client, figures):
        text = read(client, "/")
        # 384 of 1,870 weighed are stunted: 385 / 1,870 after rounding to fives.
        assert f"<strong>20,6{NBSP}%</strong> balita stunting" in text
        assert f"3,7{NBSP}poin di atas target 2026" in text
        assert "sekitar 290 balita belum ditimbang" in text

    def test_home_lists_the_children_highest_first(self, client, figures):
        text = read(client, "/")
        table = text[text.index('<table class="table lines">') :]
        names = ["Kota Anu", "Kabupaten Hulu", "Kabupaten Hilir"]
        places = [table.index(name) for name in names]
        assert places == sorted(places)

    def test_small_counts_stay_hidden(self, client, figures):
        text = read(client, "/wilayah/91.02.01.2001")
        assert "kurang dari 10" in text
        assert "8,0" not in text and "4 dari 50" not in text

    def test_no_parts_by_sex_in_a_small_region(self, client, figures):
        assert "supaya tidak ada anak yang dapat dikenali" in read(client, "/wilayah/91.01.01.2001")
        assert "Laki-laki" in read(client, "/wilayah/91.01")

    def test_month_switcher(self, client, figures):
        assert "Agustus 2026" in read(client, "/wilayah/91?bulan=2026-08")
        assert client.get("/wilayah/91?bulan=1999-01").status_code == 404
        assert client.get("/wilayah/91?bulan=xx").status_code == 404

    @pytest.mark.parametrize(
        "path", ["/wilayah/92", "/wilayah/abc", "/mengapa/none/91/2026-10", "/mengapa/stunting/91/2026-13"]
    )
    def test_unknown_is_a_polite_404(self, client, figures, path):
        response = client.get(path)
        assert response.status_code == 404
        assert "Halaman ini tidak ada" in response.content.decode()

    def test_sees_new_cases_but_not_what_would_give_small_counts_away(self, client, figures):
        for path in ("/", "/wilayah/91", "/wilayah/91.01.01.2001"):
            text = read(client, path)
            assert "Kasus baru stunting" in text
            assert "Pulih dari stunting" not in text and "Ditemukan stunting" not in text
        read(client, "/mengapa/stunting_new/91/2026-10")
        for indicator in ("stunting_recovered", "stunting_found"):
            assert client.get(f"/mengapa/{indicator}/91/2026-10").status_code == 404

    def test_english_when_chosen(self, client, figures):
        client.post("/bahasa/setlang/", {"language": "en", "next": "/"})
        text = read(client, "/")
        assert '<html lang="en">' in text and "above the 2026 target" in text and "20.6%" in text

    def test_browser_language_is_not_asked(self, client, figures):
        response = client.get("/", headers={"accept-language": "en-US"})
        assert '<html lang="id">' in response.content.decode()

    def test_figures_follow_the_cells(self, client, figures):
        read(client, "/")
        Cell.objects.all().delete()
        make_cells(figures, counts={"91.01.01.2001": (400, 400, 200)})
        assert f"50,0{NBSP}%" in read(client, "/")

    def test_why_as_a_fragment(self, client, figures):
        whole, part = read(client, WHY), client.get(WHY, headers={"hx-request": "true"}).content.decode()
        assert "<html" in whole and "<html" not in part
        assert "pembilang ÷ penyebut × 100" in part

    @pytest.mark.parametrize("path", [*PAGES, WHY])
    def test_few_queries(self, client, figures, path):
        forget_kept()
        assert count_queries(client, path) <= MOST_QUERIES


class TestStaff:
    @pytest.fixture
    def client(self, client, analyst):
        client.login(username="analis", password=PASSWORD)
        return client

    def test_exact_in_scope(self, client):
        text = read(client, "/wilayah/91.01.01.2001")
        assert "80 dari 320 anak" in text and "angka lengkap untuk petugas" in text

    def test_new_recovered_and_found_in_scope_only(self, client):
        text = read(client, "/wilayah/91.01.01.2001")
        assert all(words in text for words in ("Kasus baru stunting", "Pulih dari stunting", "Ditemukan stunting"))
        read(client, "/mengapa/stunting_found/91.01.01.2001/2026-10")
        assert "Pulih dari stunting" not in read(client, "/wilayah/91.02.01.2001")
        assert client.get("/mengapa/stunting_found/91.02.01.2001/2026-10").status_code == 404

    def test_protected_out_of_scope(self, client):
        text = read(client, "/wilayah/91.02.01.2001")
        assert "kurang dari 10" in text and "angka lengkap" not in text

    def test_work(self, client):
        text = read(client, "/kerja")
        assert "Kabupaten Hulu" in text and "Unggah data bulan ini" in text and "180 balita" in text

    @pytest.mark.parametrize("path", [*PAGES, WHY, "/kerja"])
    def test_few_queries(self, client, path):
        read(client, path)  # out of their scope they read the public's trees, which are kept from here on
        assert count_queries(client, path) <= MOST_QUERIES


class TestEmpty:
    def test_before_any_region(self, client, db):
        assert 'href="/mulai"' in read(client, "/")

    def test_before_any_weighing(self, client, province):
        assert "sudah siap" in read(client, "/")
        assert "belum ada data penimbangan" in read(client, "/wilayah/91.01")

    def test_without_a_regulation(self, client, province):
        make_cells(province)
        text = read(client, "/")
        assert "target 2026" not in text and "balita stunting" in text


def test_size_does_not_change_the_queries(client, figures):
    few = count_queries(client, "/wilayah/91.01")
    forget_kept()
    more = {f"91.01.01.{number}": f"Desa {number}" for number in range(2010, 2040)}
    from tests.factories.regions import make_region

    regions = {**figures, **{code: make_region(code, name) for code, name in more.items()}}
    Cell.objects.all().delete()
    make_cells(regions, counts=dict.fromkeys(more, (50, 40, 12)), months=[date(2026, 10, 1)])
    assert count_queries(client, "/wilayah/91.01") <= few
