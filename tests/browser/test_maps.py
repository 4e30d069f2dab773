"""A map in a real browser: nothing for axe to find, regions reached by keyboard, names read out."""

from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tumbuh.regions.api import Layout, Shape
from tumbuh.regions.rules import lay_tiles
from tumbuh.web.regions import maps
from tumbuh.web.regions.scales import make_sequential

CSS = Path(__file__).resolve().parents[2] / "frontend/css"
CODES = ["91.01", "91.02", "91.03", "91.04"]
OUTLINES = {
    code: Shape(f"M{number * 150} 0h140v300h-140z", number * 150 + 70, 150, 140) for number, code in enumerate(CODES)
}
PAGE = """<!doctype html><html lang="id"><head><title>Peta</title><style>{css}</style></head>
<body><main><h1>Peta</h1>{map}</main></body></html>"""

pytestmark = pytest.mark.browser


@pytest.fixture(params=["tiles", "outlines"])
def page(request, monkeypatch, chromium):
    """A page with one map, open in the browser; without a database."""
    layout = lay_tiles(CODES) if request.param == "tiles" else Layout(600, 300, OUTLINES, False)
    monkeypatch.setattr(maps, "get_layout", lambda codes: (layout, ""))
    values = [Decimal("11.5"), Decimal("19.2"), None, None]
    items = [
        maps.MapItem(code, f"Kabupaten {code[-1]}", value, f"{value} %" if value else "", f"#{code}", code == "91.04")
        for code, value in zip(CODES, values, strict=True)
    ]
    drawn = maps.draw_map(items, scale=make_sequential([12, 15, 18, 21]), title="Stunting", description="Persen.")
    css = "".join((CSS / name).read_text() for name in ("10-tokens.css", "60-map.css") if (CSS / name).exists())
    tab = chromium.new_page(viewport={"width": 360, "height": 740})
    tab.set_content(PAGE.format(css=css, map=drawn))
    yield tab
    tab.close()


def test_axe_finds_nothing(page):
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_every_region_is_reached_by_tab_and_followed_by_enter(page):
    reached = []
    for _ in CODES:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert [name.split(":")[0] for name in reached] == [f"Kabupaten {number}" for number in (1, 2, 3, 4)]
    assert reached[2:] == ["Kabupaten 3: belum ada data", "Kabupaten 4: kurang dari 10, dilindungi"]
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("#91.04"))


def test_nothing_is_wider_than_a_phone(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
