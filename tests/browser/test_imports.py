"""The import's pages and a child's page in a real browser: accessible, narrow enough, quiet."""

import pytest

from tests.browser.journey import state_purpose
from tests.browser.test_pages import check_page
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import preview, run, take
from tumbuh.accounts.api import find_user
from tumbuh.records.models import Person

pytestmark = pytest.mark.browser
A = "9101014503240001"


@pytest.fixture
def paths(site, tmp_path) -> list[str]:
    """An import in each state that people look at, and a child with visits."""
    user = find_user("analis")
    visits = [make_row(m, NIK=A, Tanggal_Pengukuran=f"10/{m:02d}/2026", Tinggi=f"{80 + m}", Berat=f"{9 + m / 4:.1f}")
              for m in range(1, 9)]  # fmt: skip
    first = run(user, write_xlsx(tmp_path / "januari.xlsx", [*visits, make_row(9, NIK=A, Berat="25")]))
    doubtful = [make_row(1, Nama="AISYA PUTRI"), make_row(2, Desa_Kel="ZZZZ"), make_row(3, Nama="UMAR", JK="L")]
    waiting = preview(user, write_xlsx(tmp_path / "februari dengan nama berkas yang cukup panjang.xlsx", doubtful))
    fresh = take(user, write_xlsx(tmp_path / "maret.xlsx", visits))
    child = Person.objects.get()
    return [
        "/data-masuk", "/data-masuk/unggah", f"/data-masuk/{first.pk}", f"/data-masuk/{waiting.pk}",
        f"/data-masuk/{waiting.pk}/tinjau", f"/data-masuk/{fresh.pk}", f"/anak/{child.public_id}",
        "/wilayah/91.01.01.2001/anak",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages(site, open_page, sign_in, paths, width, scheme, request):
    page = open_page(site, width=width, scheme=scheme)
    sign_in(page, site)
    wrong = []
    for number, path in enumerate([*paths, "/akun/jejak-saya"]):
        page.goto(site + path)
        if "/anak/" in path:
            wrong += check_page(page, "purpose")
            state_purpose(page)
        wrong += check_page(page, path)
        if folder := request.config.getoption("--basetemp"):
            page.screenshot(path=f"{folder}-{width}-{number}.png", full_page=True)
    assert wrong == []
