import pytest

from tests.factories.accounts import make_user
from tests.factories.regions import make_province


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def user(regions):
    """May import and undo in the whole province."""
    return make_user(role="PROVINSI_ADMIN", region=regions["91"])
