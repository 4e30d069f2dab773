"""The pages of partners in a real browser: accessible, quiet and narrow enough, for everybody and at work."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import check_page
from tests.factories.accounts import make_user
from tests.factories.partners import join_network, make_agreement_details, make_institution, make_partnerships
from tumbuh.accounts.api import InstitutionKind
from tumbuh.partners.api import ITEM, Kind, NetworkCode, Semester, begin_report, record_entry, submit_entry
from tumbuh.regions.api import Region
from tumbuh.verification.api import ReviewMove, review_item

pytestmark = pytest.mark.browser
NUMBER = "119.A/PKS/BAPPERIDA/2026"


@pytest.fixture
def partners(site):
    """Two of everything, one of them verified; `opd` manages them. By address, as `make_partnerships` has it."""
    hulu, province = (Region.objects.get(code=code) for code in ("91.01", "91"))
    by = make_user("opd", role="OPD_OFFICER", region=hulu)
    made = make_partnerships(by, hulu)
    bank = make_institution(hulu, "Bank Pembangunan Daerah Anu Cabang Hulu")
    media = make_institution(hulu, "Radio Suara Hulu", InstitutionKind.MEDIA)
    join_network(by, bank, contact_role="Kepala bagian hubungan masyarakat")
    join_network(by, media, NetworkCode.MEDIA)
    title = "Perjanjian kerja sama dapur sehat dan air bersih di sepuluh desa"
    details = make_agreement_details(bank, media, number=NUMBER, title=title)
    entry = record_entry(by=by, region=hulu, details=details)
    submit_entry(by=by, kind=Kind.AGREEMENT, public_id=entry.public_id)
    reviewer = make_user("periksa", role="PROVINSI_VERIFIER", region=province)
    review_item(by=reviewer, kind=ITEM, subject_id=entry.public_id, move=ReviewMove.VERIFY)
    draft = begin_report(by=by, institution=bank, semester=Semester(2026, 1))
    return {**made, "verified": entry, "bank": bank, "draft": draft}


def list_open(partners) -> list[str]:
    return [
        "/mitra", f"/mitra/{partners['bank'].pk}", "/mitra/jejaring", "/mitra/perjanjian", "/mitra/program",
        f"/mitra/perjanjian/{partners['verified'].public_id}",
    ]  # fmt: skip


def list_inside(partners) -> list[str]:
    pages = ["/mitra/laporan?semester=2026-1", f"/mitra/laporan/{partners['laporan'].public_id}"]
    pages += [f"/mitra/laporan/{partners['draft'].public_id}/ubah"]
    for slug in ("perjanjian", "program", "riset", "kontribusi"):
        key = partners[slug].public_id
        pages += [f"/mitra/{slug}{rest}" for rest in ("", "/baru", f"/{key}", f"/{key}/ubah")]
    return pages


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages_of_partners(site, partners, open_page, sign_in, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    wrong = []
    for path in list_open(partners):
        page.goto(site + path)
        wrong += check_page(page, path)
    sign_in(page, site, "opd")
    for path in [*list_open(partners), *list_inside(partners)]:
        page.goto(site + path)
        wrong += check_page(page, path)
    assert wrong == []


def test_a_report_prints(site, partners, open_page, sign_in):
    page = open_page(site)
    sign_in(page, site, "opd")
    page.goto(f"{site}/mitra/laporan/{partners['laporan'].public_id}")
    page.emulate_media(media="print")
    expect(page.get_by_text(partners["laporan"].receipt)).to_be_visible()
    expect(page.get_by_text("Kami membagikan telur.")).to_be_visible()
    expect(page.get_by_role("navigation", name="Jejak")).not_to_be_visible()
    assert page.locator("main form:visible, main .btn:visible").count() == 0
    assert page.pdf(format="A4").startswith(b"%PDF")
