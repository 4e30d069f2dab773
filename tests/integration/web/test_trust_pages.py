"""Pages of trust in the numbers: the two numbers, measurement quality, the pace; who sees and enters what."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from tests.factories.accounts import make_user
from tests.factories.cells import make_cells
from tests.factories.children import make_batch, make_person, measure
from tumbuh.audit.api import Event
from tumbuh.indicators.api import rebuild
from tumbuh.indicators.models import SurveyResult
from tumbuh.regions.api import Facility

MOST_QUERIES = 12
SURVEY = {"source": "SSGI 2024", "year": "2024", "value": "21,5", "low": "19", "high": "24", "document": "Laporan SSGI"}
DESA = "91.01.01.2001"


@pytest.fixture
def admin(figures):
    return make_user("admin", role="PROVINSI_ADMIN", region=figures["91"])


@pytest.fixture
def office(client, admin):
    client.force_login(admin)
    return client


def read(answer) -> str:
    """The words of a page, with plain spaces."""
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_two_numbers_in_words_and_picture(office):
    office.post("/wilayah/91.01/survei", SURVEY)
    page = read(office.get("/wilayah/91.01/dua-angka"))
    assert "menurut SSGI 2024 <strong>21,5 %</strong> balita stunting" in page
    assert "<strong>17,6 %</strong> dari 1.020 balita yang diukur" in page
    assert "180 dari 1.200 balita tidak diukur" in page
    assert "<strong>78</strong> balita stunting belum ditemukan menurut nama (antara 48 dan 108)" in page
    assert "Itu berarti 43,3 % dari balita yang tidak diukur stunting." in page
    assert "1,5 kali sesering yang diukur" in page, "the assumption stands in view"
    assert page.count('role="img"') == 2


def test_the_same_in_english(office):
    office.post("/wilayah/91.01/survei", SURVEY)
    office.cookies["django_language"] = "en"
    page = read(office.get("/wilayah/91.01/dua-angka"))
    assert "by SSGI 2024 <strong>21.5%</strong> of children are stunted" in page
    assert "<strong>78</strong> stunted children are not yet found by name (between 48 and 108)" in page
    assert "tidak diukur" not in page


@pytest.mark.parametrize("code", ["91", "91.01", "91.01.01", DESA])
@pytest.mark.parametrize("page", ["dua-angka", "mutu", "laju"])
def test_pages_ask_at_most_twelve_times(office, code, page, django_assert_max_num_queries):
    office.post(f"/wilayah/{code}/survei", SURVEY)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert office.get(f"/wilayah/{code}/{page}").status_code == 200


def test_a_kecamatan_without_a_survey_says_why_and_where(office):
    page = read(office.get("/wilayah/91.01.01/dua-angka"))
    assert "sampelnya terlalu kecil" in page
    assert "bandingkan dengan survei di Kabupaten" in page


def test_a_refused_survey_keeps_what_was_written(office):
    answer = office.post("/wilayah/91.01/survei", {**SURVEY, "high": "20"})
    assert answer.status_code == 422
    page = read(answer)
    assert "harus berada di dalam selangnya" in page
    assert 'value="21,5"' in page
    assert "<details open>" in page
    assert not SurveyResult.objects.exists()


def test_a_corrected_survey_shows_its_old_value(office):
    office.post("/wilayah/91.01/survei", SURVEY)
    office.post("/wilayah/91.01/survei", {**SURVEY, "value": "22"})
    page = read(office.get("/wilayah/91.01/dua-angka"))
    assert "nilai lama" in page and "21,5 %" in page and "<strong>22,0 %</strong>" in page
    office.post("/wilayah/91.01/survei", {**SURVEY, "value": "22", "is_withdrawn": "on", "note": "salah"})
    page = read(office.get("/wilayah/91.01/dua-angka"))
    assert "dicabut" in page and "Belum ada hasil survei untuk wilayah ini" in page


def test_no_interval_is_said_so(office):
    held = {key: value for key, value in SURVEY.items() if key not in ("low", "high")}
    office.post("/wilayah/91.01/survei", held)
    page = read(office.get("/wilayah/91.01/dua-angka"))
    assert "ketelitiannya tidak diketahui" in page
    assert "antara 48 dan" not in page
    office.post("/wilayah/91.01/survei", {**held, "sample": "800"})
    assert "efek rancangan 2,0 (anggapan)" in read(office.get("/wilayah/91.01/dua-angka"))


def test_those_who_only_read_have_no_form(client, figures):
    client.force_login(make_user("bidan", role="MIDWIFE", region=figures[DESA]))
    page = read(client.get(f"/wilayah/{DESA}/dua-angka"))
    assert "Catat hasil survei" not in page
    assert client.post(f"/wilayah/{DESA}/survei", SURVEY).status_code == 404


def test_the_public_sees_none_of_it(client, figures):
    for page in ("dua-angka", "mutu", "mutu/baris", "laju"):
        assert client.get(f"/wilayah/91.01/{page}").status_code == 302
    assert "dua-angka" not in client.get("/wilayah/91.01").content.decode()


def test_an_old_month_that_is_none_is_absent(office):
    assert office.get("/wilayah/91.01/dua-angka?bulan=1999-01").status_code == 404
    assert office.get("/wilayah/91.01/mutu?bulan=x").status_code == 404


@pytest.fixture
def measured(province, targets):
    """Forty children whose weights all end in 0, at one posyandu; four of them shorter than the month before."""
    desa = province[DESA]
    posyandu = Facility.objects.create(kind="POSYANDU", name="Melati", region=desa)
    batch = make_batch()
    for number in range(40):
        person = make_person(desa.pk, date(2025, 3, 1 + number % 28), batch)
        length = 70 + number / 10
        values = {"posyandu": posyandu, "mode": "L", "haz": number * 10 - 200, "whz": number * 10 - 200}
        before = length + 2 if number < 4 else length - 1
        measure(person, date(2026, 8, 5), weight_kg=7, lenhei_cm=before, lenhei_corrected_cm=before, **values)
        measure(person, date(2026, 9, 5), weight_kg=8 + number, lenhei_cm=length, lenhei_corrected_cm=length, **values)
    rebuild()
    return province


def test_posyandu_stand_with_grade_month_before_and_rows(client, measured, django_assert_max_num_queries):
    client.force_login(make_user("bidan", role="MIDWIFE", region=measured[DESA]))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = read(client.get(f"/wilayah/{DESA}/mutu"))
    assert "Melati" in page
    assert "Kegemaran angka terakhir, berat: 90,0 %" in page
    posyandu = Facility.objects.get(name="Melati")
    address = f"/wilayah/{DESA}/mutu/baris?bulan=2026-09&amp;posyandu={posyandu.pk}"
    assert address in page
    with django_assert_max_num_queries(MOST_QUERIES):
        rows = read(client.get(address.replace("&amp;", "&")))
    assert "4 kunjungan untuk dilihat lagi" in rows
    assert rows.count("lebih pendek dari sebelumnya") == 4
    assert Event.objects.filter(action="records.month.read").exists()
    rounds = read(client.get(f"/wilayah/{DESA}/mutu/baris?bulan=2026-09&tanda=weight_rounds"))
    assert "40 kunjungan untuk dilihat lagi" in rounds
    assert "Tidak ada baris" in read(client.get(f"/wilayah/{DESA}/mutu/baris?bulan=2026-09&posyandu=0"))


def test_who_reads_no_people_gets_grades_without_rows(client, measured):
    client.force_login(make_user("analis", role="ANALYST", region=measured["91.01.01"]))
    page = read(client.get("/wilayah/91.01.01/mutu"))
    assert "Melati" in page
    assert "mutu/baris" not in page
    assert client.get(f"/wilayah/{DESA}/mutu/baris").status_code == 404


def test_the_review_of_a_package_tells_the_grade_and_the_doubts(client, measured, django_assert_max_num_queries):
    client.force_login(make_user("camat", role="KECAMATAN_VERIFIER", region=measured["91.01.01"]))
    page = read(client.get(f"/verifikasi/paket/{DESA}/2026-09"))
    assert "Mutu 3 bulan terakhir:" in page
    assert "Berat berakhir 0 atau 5: 100,0 %" in page
    assert page.count("lebih pendek dari sebelumnya") == 4, "said once, not twice"


def test_the_command_lists_what_the_page_shows(measured, capsys):
    call_command("indicators", "quality", DESA, "2026-09", "--json")
    whole, posyandu, recorder = json.loads(capsys.readouterr().out)
    assert (whole["kind"], whole["visits"], whole["visits_in_window"]) == ("whole", 40, 80)
    assert (posyandu["name"], posyandu["grade"]) == ("Melati", whole["grade"])
    signs = {sign["code"]: sign for sign in posyandu["signs"]}
    assert (signs["shrunk"]["value"], signs["shrunk"]["cases"]) == (0.1, 40)
    assert (recorder["key"], recorder["name"]) == (None, "")
    call_command("indicators", "quality", DESA, "2026-09")
    assert "Melati (91.01.01.2001)" in capsys.readouterr().out


LONG = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(8, 22)]


@pytest.fixture
def paced(province, targets):
    make_cells(province, months=LONG)
    return province


def test_pace_needs_its_months(office):
    page = read(office.get("/wilayah/91/laju"))
    assert "belum cukup data. Ada 3 bulan berisi angka; perlu 12" in page


def test_pace_tells_chances_with_their_interval(client, paced):
    client.force_login(make_user("admin", role="PROVINSI_ADMIN", region=paced["91"]))
    page = read(client.get("/wilayah/91/laju"))
    assert "dengan laju sekarang peluang mencapai target 2026" in page
    assert "Selang 80 %" in page
    assert page.count('role="img"') == 2


WHAT_IF = {"layanan": "complementary_food", "kini": "10", "nanti": "80"}


def test_what_if_never_stands_without_its_assumption(client, paced):
    client.force_login(make_user("admin", role="PROVINSI_ADMIN", region=paced["91"]))
    page = read(client.get("/wilayah/91/laju", WHAT_IF))
    assert "Perkiraan bila" in page
    assert "stunting turun 12,0 % (selang 95 % 9,0 % sampai 15,0 %); menyentuh 30,0 % balita" in page
    assert "Dewey KG" in page
    own = {"turun": "20", "turun_min": "5", "turun_maks": "40", "kena": "50"}
    page = read(client.get("/wilayah/91/laju", {**WHAT_IF, **own, "layanan": "own"}))
    assert "anggapan pemakai halaman ini, tanpa sumber" in page


@pytest.mark.parametrize(
    "wrong",
    [{**WHAT_IF, "nanti": "180"}, {**WHAT_IF, "layanan": "own"}, {**WHAT_IF, "layanan": "lain"}, {"layanan": ""}],
)
def test_a_wrong_what_if_is_told_and_changes_nothing(client, paced, wrong):
    client.force_login(make_user("admin", role="PROVINSI_ADMIN", region=paced["91"]))
    page = read(client.get("/wilayah/91/laju", wrong))
    assert "errorlist" in page or "message-error" in page
    assert "Perkiraan bila" not in page
