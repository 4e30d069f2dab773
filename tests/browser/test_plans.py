"""Teams, action plans, convergence and supervision in a real browser: for everybody and for those who write."""

from datetime import date

import pytest
from django.utils import timezone

from tests.browser.test_pages import check_page
from tests.factories.programme import load_here, make_evidence
from tumbuh.accounts.api import User
from tumbuh.programme.api import (
    ActionDetails,
    MemberDetails,
    PlanKind,
    SubjectKind,
    TeamDetails,
    TeamPart,
    attach_evidence,
    change_member,
    enact_plan,
    set_up_team,
    write_plan,
    write_plan_action,
)
from tumbuh.regions.api import get_region
from tumbuh.verification.api import submit_item

pytestmark = pytest.mark.browser
PLACE = "91.01"
YEAR = timezone.localdate().year
PATHS = [
    "/program", f"/program/tim/{PLACE}", f"/program/rencana/{PLACE}", "/program/konvergensi",
    f"/program/konvergensi/{PLACE}/{YEAR}", "/program/pengawasan",
]  # fmt: skip
PUBLIC = [path for path in PATHS if "tim" not in path and "pengawasan" not in path]


@pytest.fixture
def planned(site):
    """A kabupaten with a team, an enacted plan and one piece of evidence in its checklist."""
    load_here()
    user, region = User.objects.get(username="analis"), get_region(PLACE)
    team = set_up_team(by=user, region=region, details=TeamDetails("TPPPS Kabupaten Hulu", date(2025, 3, 1)))
    for part, office in ((TeamPart.CHAIR, "Wakil Bupati"), (TeamPart.SECRETARY, "Kepala Bapperida")):
        change_member(by=user, team=team, details=MemberDetails(part, office, date(2025, 3, 1), "Nama Pejabat"))
    plan = write_plan(by=user, region=region, first_year=2026, last_year=2029, situation="Cakupan rendah di hulu.")
    for kind in PlanKind:
        details = ActionDetails(kind, f"{kind.label} bersama kecamatan", 2026, 1, serves=("P1.S1.I3.K1",))
        write_plan_action(by=user, plan=plan, details=details)
    enact_plan(by=user, plan=plan, document=make_evidence(user, region, kind="KEPUTUSAN_BUPATI"))
    document = make_evidence(user, region, kind="PERDA", year=YEAR)
    submit_item(by=user, kind="DOCUMENT", subject_id=document.public_id, region=region, makers={user.pk})
    attach_evidence(by=user, region=region, year=YEAR, step="regulation",
                    source=SubjectKind.DOCUMENT, subject_id=document.public_id)  # fmt: skip
    make_evidence(user, region, kind="RKPD", year=YEAR)
    return site


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_pages_for_everybody(planned, open_page, width, scheme):
    page = open_page(planned, width=width, scheme=scheme)
    wrong = []
    for path in PUBLIC:
        page.goto(planned + path)
        wrong += check_page(page, path)
    assert wrong == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages_for_those_who_plan(planned, open_page, sign_in, width, scheme):
    page = open_page(planned, width=width, scheme=scheme)
    sign_in(page, planned)
    wrong = []
    for path in PATHS:
        page.goto(planned + path)
        for closed in page.locator("main details").all():
            closed.evaluate("one => { one.open = true }")
        wrong += check_page(page, path)
    assert wrong == []
