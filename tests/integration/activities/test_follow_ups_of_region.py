"""Follow-ups that are looked for by region: of an activity there, or given to a region there."""

import pytest
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.activities import make_held
from tests.factories.regions import make_province
from tumbuh.accounts.api import READ_ACTIVITIES, get_scope
from tumbuh.activities.api import Asked, list_follow_ups

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("place", "number"), [("91", 1), ("91.01", 1), ("91.01.01.2001", 1), ("91.02", 0)])
def test_region(place, number):
    regions = make_province()
    admin = make_user("admin", role="PROVINSI_ADMIN", region=regions["91"])
    make_held(admin, regions["91.01.01.2001"])
    found = list_follow_ups(get_scope(admin, READ_ACTIVITIES), Asked(region=regions[place]), timezone.localdate())
    assert len(found) == number
