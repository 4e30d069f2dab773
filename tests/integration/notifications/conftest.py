"""Two people, and an installation with a mail server."""

import pytest

from tests.factories.accounts import make_user
from tumbuh.accounts.api import User


@pytest.fixture
def reader(db):
    user = make_user("siti")
    User.objects.filter(pk=user.pk).update(email="siti@contoh.id")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def other(db):
    return make_user("budi")


@pytest.fixture
def has_mail(settings):
    settings.HAS_NOTICE_MAIL = True
    settings.SITE_ADDRESS = "https://tumbuh.contoh.id"
