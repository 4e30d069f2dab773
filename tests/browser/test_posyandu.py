"""A posyandu day of thirty people and a birth on a phone, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.journey import enter
from tests.browser.test_pages import check_page
from tests.factories.village import CODE, make_village
from tumbuh.accounts.api import whole_country
from tumbuh.records.models import Measurement, Person, Pregnancy, ServiceReceived
from tumbuh.regions.models import Region

pytestmark = pytest.mark.browser


@pytest.fixture
def village(site):
    """Thirty children, their mothers and as many girls, in the register since five weeks."""
    regions = {region.code: region for region in Region.objects.all()}
    return make_village(regions, 30, since=timezone.localdate() - timedelta(days=35))


@pytest.mark.parametrize("script", [True, False])
def test_a_posyandu_day_of_thirty(site, open_page, village, script):
    page = open_page(site, width=360, script=script)
    enter(page, site, "bidan")
    page.goto(f"{site}/wilayah/{CODE}/layanan")
    page.get_by_role("link", name="Catat hari posyandu").click()
    page.locator("summary").first.click()
    page.get_by_label("Kapsul vitamin A", exact=True).check()
    page.get_by_role("button", name="Tampilkan daftar").click()
    assert "30 orang dalam daftar" in page.locator("h1").inner_text()
    if script:
        assert check_page(page, "/catat") == []
    for number, child in enumerate(village.children):
        page.fill(f"#b-{child.pk}", f"{10 + number / 10:.1f}".replace(".", ","))
        page.fill(f"#p-{child.pk}", "84,5")
        page.check(f"#vitamin_a-{child.pk}")
    wrong = village.children[4]
    page.fill(f"#b-{wrong.pk}", "104")
    page.get_by_role("button", name="Simpan semua").click()
    assert "1 isian perlu diperbaiki" in page.locator("main").inner_text()
    page.troubles.clear()  # the browser notes the 422 as an error
    if script:
        assert check_page(page, "/catat, wrong") == []
    assert page.input_value(f"#p-{village.children[29].pk}") == "84,5"
    page.fill(f"#b-{wrong.pk}", "10,4")
    page.get_by_role("button", name="Simpan semua").click()
    page.get_by_text("60 catatan baru, 0 diubah, 0 sudah ada").wait_for()
    assert page.input_value(f"#b-{wrong.pk}") == "10,4"  # what was measured stands in its field
    page.get_by_role("button", name="Simpan semua").click()
    page.get_by_text("0 catatan baru, 0 diubah, 30 sudah ada").wait_for()
    with whole_country("a test"):
        assert (Measurement.objects.count(), ServiceReceived.objects.count()) == (30, 30)


@pytest.mark.parametrize("script", [True, False])
def test_a_birth(site, open_page, village, script):
    mother = village.mothers[0]
    page = open_page(site, width=360, script=script)
    enter(page, site, "bidan")
    page.goto(f"{site}/anak/{mother.public_id}")
    if script:
        assert check_page(page, "/anak") == []
    page.get_by_role("link", name="Catat kejadian").click()
    page.locator("#lahir summary").click()
    page.fill("#lahir_ended_on", timezone.localdate().isoformat())
    page.fill("#lahir_name_1", "NUR CAHAYA")
    page.locator("#lahir").get_by_role("button", name="Simpan").click()
    assert "Pilih jenis kelaminnya." in page.locator("#lahir").inner_text()
    page.troubles.clear()  # the browser notes the 422 as an error
    if script:
        assert check_page(page, "/catat, wrong") == []
    page.select_option("#lahir_sex_1", "F")
    page.fill("#lahir_weight_1", "3,1")
    page.locator("#lahir").get_by_role("button", name="Simpan").click()
    page.get_by_text("Melahirkan atau kehamilan berakhir: tercatat.").wait_for()
    with whole_country("a test"):
        child = Person.objects.get(name="NUR CAHAYA")
        assert (child.mother_id, str(child.birth_weight_kg)) == (mother.pk, "3.100")
        assert Pregnancy.objects.get(mother=mother).outcome == "LIVE"
    page.goto(f"{site}/anak/{child.public_id}")
    assert "NUR CAHAYA" in page.locator("h1").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages_around_it(site, open_page, village, width, scheme):
    with whole_country("a test"):
        Pregnancy.objects.update(started_on=timezone.localdate() - timedelta(days=320))
    page = open_page(site, width=width, scheme=scheme)
    enter(page, site, "bidan")
    wrong = []
    for path in (
        f"/wilayah/{CODE}/hilang-pantau", f"/wilayah/{CODE}/orang-baru", f"/anak/{village.mothers[1].public_id}/catat",
        f"/wilayah/{CODE}/catat?hari=2020-01-01",
    ):  # fmt: skip
        page.goto(site + path)
        for summary in page.locator("summary").all():
            summary.click()
        wrong += check_page(page, path)
    assert wrong == []


@pytest.mark.parametrize("script", [True, False])
def test_somebody_who_looks_like_a_registered_child(site, open_page, village, script):
    """With script the question comes while the form is filled in, without it after the first sending."""
    child = village.children[0]
    page = open_page(site, width=360, script=script)
    enter(page, site, "bidan")
    page.goto(f"{site}/wilayah/{CODE}/orang-baru")
    page.fill("#orang_name", child.name + "A")
    page.fill("#orang_birth_date", child.birth_date.isoformat())
    page.select_option("#orang_sex", child.sex)
    page.fill("#orang_mother_name", child.mother_name)
    if script:
        page.locator("#orang_mother_name").blur()
    else:
        page.get_by_role("button", name="Daftarkan").click()
        page.troubles.clear()  # the browser notes the 422 as an error
    page.get_by_text("Mirip dengan orang yang sudah terdaftar").wait_for()
    page.get_by_text("Nama ibu sama").wait_for()
    if script:
        assert check_page(page, "/orang-baru, alike") == []
    page.get_by_role("radio", name="Orang lain, daftarkan").check()
    page.get_by_label("Orang lain, karena").fill("kembar, dilihat di buku KIA")
    page.get_by_role("button", name="Daftarkan").click()
    page.get_by_text("Tercatat.").wait_for()
    with whole_country("a test"):
        assert Person.objects.filter(name=child.name + "A").count() == 1
