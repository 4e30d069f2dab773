import pytest

from tests.factories.accounts import make_user
from tests.factories.regions import make_province


@pytest.fixture
def regions(db):
    return make_province()


@pytest.fixture
def desa(regions):
    return regions["91.01.01.2001"]


@pytest.fixture
def operator(desa):
    """Manages the documents of one desa."""
    return make_user("operator", role="DESA_OPERATOR", region=desa)


@pytest.fixture
def analyst(regions):
    """Manages the documents of a kabupaten and everything below."""
    return make_user("analis", role="KABUPATEN_ANALYST", region=regions["91.01"])
