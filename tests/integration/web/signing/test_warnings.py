"""What touches the safety of an account is told to its owner."""

import pytest

from tests.factories.accounts import PASSWORD, make_user
from tests.integration.web.signing.test_factors import set_up
from tumbuh.notifications.api import find_notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def midwife():
    return make_user("bidan")


def list_kinds(user):
    return [notice.kind for notice in find_notices(user)]


def test_another_password(client, midwife, sign_in):
    sign_in(client)
    new = {"oldpassword": PASSWORD, "password1": "jagung-berbunga-2026", "password2": "jagung-berbunga-2026"}
    assert client.post("/akun/keamanan/kata-sandi", new).status_code == 302
    assert list_kinds(midwife) == ["security.password_changed"]
    assert client.get("/pemberitahuan").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth announces it when the transaction has ended
def test_a_second_factor(client, midwife, sign_in):
    sign_in(client)
    set_up(client)
    assert list_kinds(midwife) == ["security.factor_added"]
    assert client.post("/akun/keamanan/aplikasi/lepas").status_code == 302
    assert sorted(list_kinds(midwife)) == ["security.factor_added", "security.factor_removed"]


def test_a_lock_out_tells_only_whom_it_locks_out(client, midwife, sign_in):
    colleague = make_user("rekan")
    for _ in range(7):
        sign_in(client, password="salah-sekali-2026")
        sign_in(client, "tidak-ada", password="salah-sekali-2026")
    [notice] = find_notices(midwife)
    assert (notice.kind, notice.count) == ("security.locked_out", 1)
    assert list_kinds(colleague) == []


def test_signing_in_is_no_news(client, midwife, sign_in):
    sign_in(client)
    assert list_kinds(midwife) == []
