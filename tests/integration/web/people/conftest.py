"""A province with institutions and administrators of its levels."""

import pytest

from tests.factories.accounts import make_user
from tumbuh.accounts.api import load_institutions
from tumbuh.audit.api import SYSTEM


@pytest.fixture
def admin(province):
    return make_user("admin.hulu", role="REGION_ADMIN", region=province["91.01"])


@pytest.fixture
def operator(province):
    return make_user("operator", role="DESA_OPERATOR", region=province["91.01.01.2001"])


@pytest.fixture
def stranger(province):
    return make_user("operator.hilir", role="DESA_OPERATOR", region=province["91.02.01.2001"])


@pytest.fixture
def institutions(province):
    load_institutions(by=SYSTEM, province="91")


@pytest.fixture
def office(client, admin):
    """The browser of the kabupaten's administrator."""
    client.force_login(admin)
    return client
