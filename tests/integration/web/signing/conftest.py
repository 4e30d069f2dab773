"""What the tests of signing in share."""

import pytest
from django.core.cache import cache

from tests.factories.accounts import PASSWORD


@pytest.fixture(autouse=True)
def fresh_cache(db):
    """Rate limits of one test are not those of the next."""
    cache.clear()


@pytest.fixture
def sign_in():
    def enter(client, login="bidan", password=PASSWORD, **more):
        return client.post("/masuk", {"login": login, "password": password}, **more)

    return enter
