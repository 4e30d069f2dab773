"""Signing in and out, and the first run."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.accounts import PASSWORD, make_user
from tumbuh.accounts.api import AlreadyStartedError, User, create_first_user, list_assignments, settle_province
from tumbuh.audit.api import Event

FIRST = {
    "full_name": "Admin Pertama",
    "username": "admin",
    "password": "padi-menguning-2026",
    "again": "padi-menguning-2026",
    "province": "17",
}


class TestSignIn:
    def test_in_and_out(self, client, midwife):
        response = client.post("/masuk", {"login": "bidan", "password": PASSWORD})
        assert response.status_code == 302 and response.url == "/kerja"
        assert client.get("/kerja").status_code == 200
        assert client.post("/keluar").url == "/"
        assert client.get("/kerja").status_code == 302

    def test_wrong_password_says_what_to_do(self, client, midwife):
        text = client.post("/masuk", {"login": "bidan", "password": "salah"}).content.decode()
        assert "tidak cocok" in text and "minta admin" in text

    def test_next_stays_on_this_site(self, client, midwife):
        wanted = {"login": "bidan", "password": PASSWORD, "next": "https://example.org/"}
        assert client.post("/masuk", wanted).url == "/kerja"

    def test_signing_out_by_a_link_is_refused(self, client, midwife):
        assert client.get("/keluar").status_code == 405

    def test_without_a_role(self, client, province):
        make_user("tamu")
        client.login(username="tamu", password=PASSWORD)
        assert "Belum ada wilayah kerja" in client.get("/kerja").content.decode()


class TestFirstRun:
    def test_makes_the_administrator_and_a_job(self, client, db):
        assert client.get("/mulai").status_code == 200
        response = client.post("/mulai", FIRST)
        assert response.status_code == 302 and response.url == "/kerja"
        assert User.objects.get().username == "admin"
        job = ProcrastinateJob.objects.get()
        assert job.args == {"user_id": User.objects.get().pk, "province": "17"}
        assert "Menunggu giliran" in client.get("/kerja").content.decode()
        assert Event.objects.filter(action="accounts.user.created").count() == 1

    def test_gone_afterwards(self, client, midwife):
        assert client.get("/mulai").status_code == 404
        assert client.post("/mulai", FIRST).status_code == 404
        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"again": "lain"}, "tidak sama"),
            ({"password": "pendek", "again": "pendek"}, "12"),
            ({"province": "99"}, "99"),
            ({"username": "a b"}, "id_username"),
        ],
    )
    def test_refused(self, client, db, change, words):
        response = client.post("/mulai", {**FIRST, **change})
        assert response.status_code == 200 and words in response.content.decode()
        assert not User.objects.exists() and not ProcrastinateJob.objects.exists()

    def test_only_one_first(self, midwife):
        with pytest.raises(AlreadyStartedError):
            create_first_user(username="lain", password=PASSWORD)

    @pytest.mark.slow
    def test_the_job_loads_the_province(self, client, db):
        client.post("/mulai", FIRST)
        user = User.objects.get()
        for _ in range(2):
            settle_province(by=user, province="17")
        assert [(held.role, held.region.code) for held in list_assignments(user)] == [("PROVINSI_ADMIN", "17")]
        assert "belum ada data penimbangan" in client.get("/kerja").content.decode()

    def test_failed_loading_can_be_asked_again(self, client, db):
        client.post("/mulai", FIRST)
        assert client.post("/kerja/muat-wilayah").status_code == 404
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("update procrastinate_jobs set status = 'failed'")
        assert "gagal dimuat" in client.get("/kerja").content.decode()
        assert client.post("/kerja/muat-wilayah").url == "/kerja"
        assert ProcrastinateJob.objects.filter(status="todo").count() == 1
