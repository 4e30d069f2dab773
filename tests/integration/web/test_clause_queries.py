"""The page of one output or duty in few queries, whatever proves it; what a desa owes is shown to it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.activities import DESA, make_held
from tests.factories.programme import load_here, make_evidence
from tests.factories.regions import make_province
from tumbuh.accounts.api import Assignment, Institution, InstitutionKind
from tumbuh.activities.api import submit_activity
from tumbuh.programme.api import Obligation, SubjectKind, confirm_evidence, find_regulation, list_outputs
from tumbuh.verification.api import submit_item

pytestmark = pytest.mark.django_db
MOST_QUERIES, SIGNED_IN = 12, 15
PROVED = "P3.S1.I7.K1"


@pytest.fixture
def regions(db):
    found = make_province()
    load_here()
    return found


@pytest.fixture
def proved(regions):
    """An output with documents and an activity of several desa."""
    operator = make_user("operator", role="DESA_OPERATOR", region=regions[DESA])
    held = make_held(operator, regions[DESA])
    submit_activity(by=operator, public_id=held.public_id)
    admin = make_user("admin", role="PROVINSI_ADMIN", region=regions["91"])
    for code in (DESA, "91.02.01.2001"):
        piece = make_evidence(admin, regions[code])
        submit_item(by=admin, kind="DOCUMENT", subject_id=piece.public_id, region=regions[code], makers={admin.pk})
        confirm_evidence(
            by=admin, regulation=find_regulation(), code=PROVED, source=SubjectKind.DOCUMENT,
            subject_id=piece.public_id, region=regions[code],
        )  # fmt: skip
    return admin


def count_queries(client, address: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return sum("SAVEPOINT" not in each["sql"] for each in captured.captured_queries), answer.content.decode()


def test_every_output_and_duty_for_everybody(client, regions):
    regulation = find_regulation()
    codes = [
        *list_outputs(regulation).values_list("code", flat=True),
        *regulation.duties.values_list("code", flat=True),
    ]
    counted = {code: count_queries(client, f"/program/keluaran/{code}")[0] for code in codes}
    assert len(codes) > 107 and max(counted.values()) <= MOST_QUERIES - 2, counted


@pytest.mark.parametrize("place", ["91", "91.01", DESA])
def test_with_documents_and_activities(client, proved, place):
    address = f"/program/keluaran/{PROVED}?wilayah={place}"
    number, page = count_queries(client, address)
    assert number <= MOST_QUERIES and "menunggu diperiksa" in page
    client.force_login(proved)
    count_queries(client, address)
    assert count_queries(client, address)[0] <= SIGNED_IN


def test_the_government_of_a_desa_reads_what_its_desa_owes(client, regions):
    """Its account belongs to an institution that the regulation names only as the desa itself."""
    office = Institution.objects.create(
        region=regions[DESA],
        code="pemerintah-desa",
        name="Pemerintah Desa",
        kind=InstitutionKind.GOVERNMENT,
        valid_from=date(2020, 1, 1),
    )
    user = make_user("sekdes", role="DESA_OPERATOR", region=regions[DESA])
    Assignment.objects.filter(user=user).update(institution=office)
    client.force_login(user)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *_args: date(2029, 1, 5))
        page = client.get("/program/kewajiban").content.decode()
    owed = Obligation.objects.filter(region=regions[DESA], year__lte=2029).values_list("code", flat=True)
    assert owed and all(code in page for code in owed) and "Pemerintah Desa" in page
