"""A small province with the people who hold and review activities."""

import pytest

from tests.factories.activities import DESA, make_staff
from tests.factories.regions import make_province


@pytest.fixture
def province(db):
    return make_province()


@pytest.fixture
def staff(province):
    return make_staff(province)


@pytest.fixture
def operator(staff):
    return staff["DESA_OPERATOR"]


@pytest.fixture
def desa(province):
    return province[DESA]
