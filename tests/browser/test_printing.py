"""Sheets that are printed: on A4 nothing is cut off, the head says what it is, nothing to click, black ink on white."""

import re
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.browser.journey import enter
from tests.factories.accounts import make_user
from tests.factories.activities import DESA, make_held, make_plan
from tests.factories.programme import load_here
from tumbuh.activities.api import Guest, invite, plan_activity
from tumbuh.programme.api import find_regulation, list_institutions
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.browser
YEAR = timezone.localdate().year
WIDTH_PX = round((210 - 2 * 14) / 25.4 * 96)  # what the margins of the page rule leave of A4, at 96 dots an inch
LOOK = """() => {
  const shown = one => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden';
  const light = text => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number);
    return (r * 299 + g * 587 + b * 114) / 1000;
  };
  const words = [...document.querySelectorAll('main *, .print-header *')].filter(one => shown(one)
    && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
  const broad = [...document.querySelectorAll('main *')].filter(one => shown(one) && !one.closest('.visually-hidden')
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  const all = query => [...document.querySelectorAll(query)].filter(shown);
  const cut = ones => ones.slice(0, 3).map(one => one.outerHTML.slice(0, 120));
  const isInked = one => {
    const back = getComputedStyle(one).backgroundColor;
    return !/, 0\\)$|transparent/.test(back) && light(back) < 200;
  };
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    broad: cut(broad),
    scrolled: all('.table-box').filter(one => one.scrollWidth > one.clientWidth + 1).length,
    headings: all('h1').map(one => one.textContent.trim()),
    header: all('.print-header').map(one => one.textContent.trim()),
    active: cut(all('button, input, select, textarea, summary, nav, .btn, .rail')),
    heads: all('table thead').map(one => getComputedStyle(one).display),
    pale: cut(words.filter(one => light(getComputedStyle(one).color) > 110)),
    dark: cut(all('body, main *').filter(isInked)),
    closed: all('main details:not([open])').length,
    states: all('main .state').filter(one => !one.textContent.trim()).length,
  };
}"""


@pytest.fixture
def sheets(site):
    """Paths of the sheets, with something on each."""
    load_here()
    operator = make_user("operator", role="DESA_OPERATOR", region=get_region(DESA))
    held = make_held(operator, get_region(DESA))
    planned = plan_activity(by=operator, region=get_region(DESA), plan=make_plan())
    guests = [Guest("Camat Hulu", "Kecamatan Hulu"), Guest("", "Puskesmas Hulu"), Guest("Kepala Dusun II")]
    invite(by=operator, public_id=planned.public_id, guests=guests)
    office = list_institutions(find_regulation()).first()
    return {
        "institution": f"/program/lembar/instansi/{office.code}/{YEAR}",
        "desa": f"/program/lembar/wilayah/{DESA}/{YEAR}",
        "kabupaten": f"/program/lembar/wilayah/91.01/{YEAR}",
        "letter": f"/kegiatan/{planned.public_id}/undangan",
        "minutes": f"/kegiatan/{held.public_id}/notulen",
    }


def look_at(page, address: str) -> list[str]:
    """What is wrong with the sheet on paper."""
    page.goto(address)
    page.emulate_media(media="print")
    found = page.evaluate(LOOK)
    page.emulate_media(media="screen")
    wrong = [f"{name}: {found[name]}" for name in ("broad", "active", "pale", "dark") if found[name]]
    wrong += [f"{name}: {found[name]}" for name in ("scrolled", "closed", "states") if found[name]]
    if found["overflow"] > 0:
        wrong.append(f"wider than A4 by {found['overflow']} px")
    if len(found["headings"]) != 1 or len(found["header"]) != 1:
        wrong.append(f"headings {found['headings']}, page head {found['header']}")
    if any(display != "table-header-group" for display in found["heads"]):
        wrong.append(f"table heads do not repeat: {found['heads']}")
    return [f"{address}: {each}" for each in wrong]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sheets_on_paper(sheets, site, open_page, scheme):
    page = open_page(f"{site}/masuk", width=WIDTH_PX, scheme=scheme)
    enter(page, site, "operator")
    page.goto(site + sheets["institution"])
    assert page.locator("main table thead").count() and page.locator("main .btn").count()  # there is something to lose
    wrong = [each for path in sheets.values() for each in look_at(page, site + path)]
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("name", ["institution", "kabupaten"])
def test_a_pdf_is_a4_and_each_of_its_pages_has_the_head_of_its_table(sheets, site, open_page, name):
    page = open_page(site + sheets[name], width=1280)
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in pages} == {(595, 842)}
    texts = [" ".join(one.extract_text().split()) for one in pages]
    row = re.compile(r"P\S*\d+\.\S+ .*(belum jatuh tempo|terlambat|terpenuhi)", re.I)
    rows = [text for text in texts if row.search(text)]
    assert rows and all("Jatuh tempo Tercapai Status" in text for text in rows)
