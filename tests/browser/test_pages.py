"""Every page in a real browser: accessible, quiet, narrow enough, usable by keyboard and without JavaScript."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tumbuh.accounts.api import User
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.api import notify

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).resolve().parents[2] / "docs/images"
OPEN = [
    "/", "/wilayah", "/wilayah/91", "/wilayah/91.01", "/wilayah/91.02.01.2001", "/mengapa/stunting/91.01/2026-10",
    "/indikator", "/masuk", "/tidak-ada",
]  # fmt: skip
INSIDE = [
    "/kerja", "/wilayah/91.01", "/wilayah/91.01.01.2001", "/mengapa/stunting/91.01/2026-10", "/pemberitahuan",
    "/akun/pemberitahuan",
]  # fmt: skip
AA = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
MISSING = "the server responded with a status of 404"


def check_page(page, path: str) -> list[str]:
    """What is wrong with the page as it stands, in words."""
    found = [
        f"{path}: {wrong['id']}: {wrong['help']}: {[node['html'][:160] for node in wrong['nodes'][:3]]}"
        for wrong in Axe().run(page, options=AA).response["violations"]
    ]
    width = page.viewport_size["width"]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        found.append(f"{path}: {wide} px wide on {width}")
    found += [f"{path}: {trouble}" for trouble in page.troubles if not (path == "/tidak-ada" and MISSING in trouble)]
    page.troubles.clear()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_pages_for_everybody(site, open_page, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    wrong = []
    for path in OPEN:
        page.goto(site + path)
        wrong += check_page(page, path)
    assert wrong == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages_at_work(site, open_page, sign_in, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    sign_in(page, site)
    wrong = []
    for path in INSIDE:
        page.goto(site + path)
        wrong += check_page(page, path)
    assert wrong == []


def test_nothing_is_wider_than_the_smallest_phone(site, open_page):
    page = open_page(site, width=320)
    for path in OPEN:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_first_run(live_server, open_page):
    page = open_page(f"{live_server.url}/mulai", width=360)
    assert check_page(page, "/mulai") == []
    page.goto(live_server.url)
    assert check_page(page, "/") == []


def test_skip_link_and_focus(site, open_page):
    page = open_page(site)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Langsung ke isi" and link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_targets_are_large_enough(site, open_page):
    page = open_page(site, width=360)
    small = page.evaluate(
        """[...document.querySelectorAll("header a, header button, .btn, .why, summary")]
        .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    )
    assert small == []


def test_chart_reads_by_keyboard(site, open_page):
    page = open_page(site)
    page.locator(".picture.wide").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".picture.wide .tip").inner_text().startswith("November 2025: ")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".picture.wide .tip").inner_text().startswith("Oktober 2026: ")
    page.keyboard.press("Escape")
    assert page.locator(".picture.wide .tip").is_hidden()
    assert page.troubles == []


def test_why_opens_beside_the_figure(site, open_page):
    page = open_page(site)
    page.locator(".hero .why").click()
    panel = page.locator("dialog#mengapa")
    panel.get_by_text("pembilang ÷ penyebut × 100").wait_for()
    assert check_page(page, "/ with panel") == []
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.url == f"{site}/"


def test_reading_without_javascript(site, open_page):
    page = open_page(f"{site}/wilayah/91?bulan=2026-08", script=False)
    assert "balita stunting" in page.locator("h1").inner_text()
    expect(page.locator(".picture.wide svg")).to_be_visible()
    page.locator("#bulan").select_option("2026-10")
    page.get_by_role("button", name="Tampilkan").click()
    assert "bulan=2026-10" in page.url
    page.locator(".figure-card a").first.click()
    expect(page.get_by_text("Pembilang", exact=True)).to_be_visible()
    assert "/mengapa/" in page.url


def test_month_changes_at_once(site, open_page):
    page = open_page(f"{site}/wilayah/91")
    assert page.get_by_role("button", name="Tampilkan").is_hidden()
    page.locator("#bulan").select_option("2026-08")
    page.wait_for_url("**bulan=2026-08")


def test_english(site, open_page):
    page = open_page(site)
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "of under-fives stunted" in page.locator("h1").inner_text()


def test_progress_replaces_itself(live_server, open_page, transactional_db):
    """The first run's waiting page asks for its own replacement until the province is there."""
    from tests.factories.regions import make_province
    from tumbuh.accounts.api import User, assign_role

    page = open_page(f"{live_server.url}/mulai")
    for name, value in (("full_name", "Admin"), ("username", "admin")):
        page.fill(f"[name={name}]", value)
    for name in ("password", "again"):
        page.fill(f"[name={name}]", "padi-menguning-2026")
    page.click("main form button")
    page.get_by_text("Menunggu giliran", exact=False).first.wait_for()
    user = User.objects.get()
    region = make_province()["91"]
    assign_role(by=user, user=user, role="PROVINSI_ADMIN", region=region, valid_from=region_day())
    page.get_by_text("belum ada data penimbangan").wait_for()
    assert page.troubles == []


def region_day():
    from django.utils import timezone

    return timezone.localdate()


def test_prints_on_a4(site, open_page, tmp_path):
    page = open_page(site)
    page.emulate_media(media="print")
    expect(page.locator(".print-header")).to_be_visible()
    assert page.locator("nav.site-nav").is_hidden()
    sheet = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert sheet.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "path", "width", "scheme"),
    [
        ("home", "/", 1280, "light"),
        ("home-dark", "/", 1280, "dark"),
        ("home-phone", "/", 360, "light"),
        ("region", "/wilayah/91.01", 1280, "light"),
        ("why", "/mengapa/stunting/91.01/2026-10", 1280, "light"),
    ],
)
def test_pictures_for_the_documents(site, open_page, tmp_path, name, path, width, scheme):
    """Kept in docs/images with TUMBUH_SCREENSHOTS=1, else only tried."""
    page = open_page(site + path, width=width, scheme=scheme)
    folder = IMAGES if os.environ.get("TUMBUH_SCREENSHOTS") == "1" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(path=folder / f"{name}.png")
    assert len(picture) > 10_000 and page.troubles == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_notice_is_seen_opened_and_read(site, open_page, sign_in, width):
    user = User.objects.get(username="analis")
    places = {"region": "91.01", "place": "Kabupaten Anu", "month": "2026-10"}
    notify(by=SYSTEM, kind="package.waiting", to=[user.pk], key="x", places=places, count=12)
    page = open_page(site, width=width)
    sign_in(page, site)
    page.get_by_role("link", name="Pemberitahuan, 1 belum dibaca").click()
    page.wait_for_url("**/pemberitahuan")
    assert check_page(page, "/pemberitahuan") == []
    page.get_by_role("button", name="Buka").click()
    page.wait_for_url("**/verifikasi/91.01/2026-10")
    expect(page.get_by_role("link", name="Pemberitahuan", exact=True)).to_be_visible()
