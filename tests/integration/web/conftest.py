"""A small province with figures and a regulation's targets, and somebody who works there."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache

from tests.factories.accounts import make_user
from tests.factories.cells import make_cells
from tests.factories.regions import make_province
from tumbuh.indicators.api import forget_trees
from tumbuh.programme.api import Article, PrevalenceTarget, Regulation


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    forget_trees()


@pytest.fixture
def province(db):
    return make_province()


@pytest.fixture
def targets(province):
    regulation = Regulation.objects.create(
        code="anu-2025-1", type="Peraturan Gubernur", number="1", year=2025, title="Contoh", title_en="Sample",
        issuer="Gubernur", province_code="91", enacted_on=date(2025, 1, 1), promulgated_on=date(2025, 1, 1),
        valid_from=date(2025, 1, 1), first_year=2025, last_year=2029,
    )  # fmt: skip
    article = Article.objects.create(
        regulation=regulation, code="PS3", position=1, number=3, kind="TARGET", text="Target"
    )
    for year, percent in ((2025, "17.7"), (2026, "16.9"), (2027, "15.9"), (2028, "15.0"), (2029, "14.1")):
        PrevalenceTarget.objects.create(
            regulation=regulation, indicator="stunting", year=year, percent=Decimal(percent), article=article
        )


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
