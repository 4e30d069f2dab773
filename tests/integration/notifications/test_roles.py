"""Whoever gets or loses a role is told, or neither happens."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.regions import make_province
from tumbuh.accounts.api import NotGrantableError
from tumbuh.notifications.api import describe, find_notices
from tumbuh.web.notifications.roles import end_and_tell, grant_and_tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def admin(regions):
    return make_user("admin", role="REGION_ADMIN", region=regions["91.01"])


def test_given_and_ended(regions, admin, reader):
    held = grant_and_tell(
        by=admin, user=reader, role="MIDWIFE", region=regions["91.01.01.2001"], valid_from=date(2026, 1, 1)
    )
    [line] = [describe(one) for one in find_notices(reader)]
    assert (line.notice.kind, line.link) == ("account.role_changed", "/kerja")
    assert regions["91.01.01.2001"].full_name in line.text
    end_and_tell(by=admin, assignment=held, reason="pindah tugas")
    assert [notice.count for notice in find_notices(reader)] == [2]


def test_refused_and_not_told(regions, admin, reader):
    with pytest.raises(NotGrantableError):
        grant_and_tell(by=admin, user=reader, role="PROVINSI_ADMIN", region=regions["91"], valid_from=date(2026, 1, 1))
    assert not find_notices(reader).exists()
