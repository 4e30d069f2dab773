"""The page /regulasi before anything is loaded."""

import pytest

pytestmark = pytest.mark.django_db


def test_nothing_loaded(client):
    assert "Belum ada peraturan yang dimuat." in client.get("/regulasi").content.decode()
    assert client.get("/regulasi/pilar/1").status_code == 404
