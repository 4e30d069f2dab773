"""A small province with figures and a regulation's targets, and somebody who works there."""

import pytest
from django.core.cache import cache, caches

from tests.factories.accounts import make_user
from tests.factories.cells import make_cells
from tests.factories.regions import make_province
from tests.factories.targets import make_targets


@pytest.fixture(autouse=True)
def nothing_kept(db):
    cache.clear()
    caches["pages"].clear()


@pytest.fixture
def province(db):
    return make_province()


@pytest.fixture
def targets(province):
    make_targets("91")


@pytest.fixture
def figures(province, targets):
    make_cells(province)
    return province


@pytest.fixture
def midwife(figures):
    return make_user("bidan", role="MIDWIFE", region=figures["91.01.01.2001"])


@pytest.fixture
def analyst(figures):
    return make_user("analis", role="KABUPATEN_ANALYST", region=figures["91.01"])
