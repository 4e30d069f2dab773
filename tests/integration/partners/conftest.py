"""The small province with officials, a business, a university, and one who writes for the business."""

from types import SimpleNamespace

import pytest

from tests.factories.accounts import make_user
from tests.factories.partners import make_institution, make_partner
from tests.factories.regions import make_province
from tumbuh.accounts.api import InstitutionKind


@pytest.fixture
def people(db):
    regions = make_province()
    business = make_institution(regions["91.01"], "PT Sawit Hulu")
    university = make_institution(regions["91"], "Universitas Anu", InstitutionKind.UNIVERSITY)
    return SimpleNamespace(
        regions=regions,
        business=business,
        university=university,
        province=make_user("prov", role="PROVINSI_ADMIN", region=regions["91"]),
        officer=make_user("opd", role="OPD_OFFICER", region=regions["91"]),
        hulu=make_user("hulu", role="OPD_OFFICER", region=regions["91.01"]),
        hilir=make_user("hilir", role="REGION_ADMIN", region=regions["91.02"]),
        reviewer=make_user("periksa", role="PROVINSI_VERIFIER", region=regions["91"]),
        reader=make_user("analis", role="ANALYST", region=regions["91.01"]),
        partner=make_partner(business),
    )
