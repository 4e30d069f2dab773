import pytest

from tests.factories.packages import make_holders
from tests.factories.regions import make_province


@pytest.fixture
def regions(db):
    return make_province()


@pytest.fixture
def desa(regions):
    return regions["91.01.01.2001"]


@pytest.fixture
def holders(regions):
    return make_holders(regions)
