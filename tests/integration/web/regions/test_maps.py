"""Maps: the same function with and without outlines, words for everything that colour says."""

import gzip
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation

from tests.factories.outlines import SOURCE, load_outlines
from tests.factories.regions import TREE, make_province
from tumbuh.web.regions.maps import MapItem, draw_map
from tumbuh.web.regions.scales import make_diverging, make_sequential

pytestmark = pytest.mark.django_db
KABUPATEN = ["91.01", "91.02", "91.71"]
SCALE = make_sequential([12, 15, 18, 21])
SVG = "{http://www.w3.org/2000/svg}"


def make_items(**changes):
    values = {"91.01": Decimal("17.2"), "91.02": Decimal("22.5"), "91.71": Decimal("9.9")}
    items = [
        MapItem(code, TREE[code], value, f"{value} %".replace(".", ","), f"/wilayah/{code}")
        for code, value in values.items()
    ]
    return [changes.get(item.code.replace(".", "_"), item) for item in items]


def draw(items=None, **options):
    defaults = {"scale": SCALE, "title": "Balita stunting, Oktober 2026", "description": "Persen balita diukur."}
    html = draw_map(make_items() if items is None else items, **defaults | options)
    return html, ElementTree.fromstring(f"<main>{html}</main>")


@pytest.fixture(params=["tiles", "outlines"])
def drawing(request):
    make_province()
    if request.param == "outlines":
        load_outlines(KABUPATEN)
    return request.param


def test_every_region_is_a_link_with_its_name_and_figure(drawing):
    html, page = draw()
    links = page.findall(f"{SVG}svg/{SVG}a")
    assert [link.get("href") for link in links] == ["/wilayah/91.01", "/wilayah/91.02", "/wilayah/91.71"]
    assert links[0].get("aria-label") == links[0].find(f"{SVG}title").text == "Kabupaten Hulu: 17,2 %"
    assert [link.find(f"{SVG}path").get("class") for link in links] == ["map-seq5-2", "map-seq5-4", "map-seq5-0"]
    assert ("map-tiles" in html) == (drawing == "tiles")
    assert (SOURCE in html) == (drawing == "outlines")


def test_the_picture_has_a_name_and_a_role_that_lets_its_links_be_reached(drawing):
    _, page = draw()
    svg = page.find(f"{SVG}svg")
    title = svg.find(f"{SVG}title")
    assert (svg.get("role"), svg.get("aria-labelledby"), title.text) == (
        "group",
        title.get("id"),
        "Balita stunting, Oktober 2026",
    )
    assert svg.find(f"{SVG}desc").text == "Persen balita diukur."
    plain = [MapItem(item.code, item.name, item.value, item.label) for item in make_items()]
    assert draw(plain)[1].find(f"{SVG}svg").get("role") == "img"


def test_what_is_missing_or_protected_has_a_pattern_and_words(drawing):
    changes = {
        "91_01": MapItem("91.01", "Hulu", None, "", "/x"),
        "91_02": MapItem("91.02", "Hilir", None, "", "/x", is_protected=True),
    }
    html, page = draw(make_items(**changes))
    links = page.findall(f"{SVG}svg/{SVG}a")
    assert links[0].get("aria-label") == "Hulu: belum ada data"
    assert links[1].get("aria-label") == "Hilir: kurang dari 10, dilindungi"
    patterns = {pattern.get("id") for pattern in page.iter(f"{SVG}pattern")}
    used = [re.fullmatch(r"url\(#(.+)\)", link.find(f"{SVG}path").get("fill"))[1] for link in links[:2]]
    assert set(used) == patterns
    assert html.count("<li>") == 5 + 2


def test_a_protected_value_never_reaches_the_page(drawing):
    secret = MapItem("91.01", "Hulu", Decimal("33.3"), "33,3 %", "/x", is_protected=True)
    html, page = draw(make_items(**{"91_01": secret}))
    assert "33,3" not in html and "33.3" not in re.sub(r' d="[^"]*"', "", html)
    assert page.find(f"{SVG}svg/{SVG}a/{SVG}path").get("class") == "map-protected"


def test_names_cannot_break_out():
    make_province()
    html, _ = draw(
        make_items(**{"91_01": MapItem("91.01", '<b>"&', Decimal(1), "<i>", 'javascript:"')}),
        title="<script>",
        description="&",
    )
    assert "<b>" not in html and "<script>" not in html and "<i>" not in html


def test_nothing_that_the_content_policy_forbids(drawing):
    html, page = draw()
    assert "<style" not in html and "<script" not in html
    names = {name for element in page.iter() for name in element.attrib}
    assert "style" not in names and not any(name.startswith("on") for name in names)


def test_an_empty_map_says_so():
    assert "Belum ada wilayah" in draw([])[0]


def test_order_of_items_does_not_matter(drawing):
    assert draw(make_items()[::-1])[0] == draw()[0]


def test_one_query_and_few_bytes(drawing, django_assert_num_queries):
    items = make_items()
    with django_assert_num_queries(1):
        html, _ = draw(items)
    assert len(gzip.compress(html.encode())) < 3000


def test_legend_in_words_and_in_english():
    make_province()
    html = draw()[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "di bawah 12 %" in html and "15–18 %" in html and "21 % ke atas" in html
    html = draw(scale=make_diverging(Decimal("16.9")))[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "15,9–17,9 %" in html and "Target: 16,9 %" in html
    with translation.override("en"):
        assert "15.9–17.9%" in draw(scale=make_diverging(Decimal("16.9")))[0]
