"""The bell, the page of notices and the page of choices, by the front door."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import PASSWORD
from tests.factories.regions import make_province
from tumbuh.accounts.api import assign_role
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.api import Channel, count_unread, find_notices, list_choices, mark_read, notify

pytestmark = pytest.mark.django_db
PLACES = {"region": "91.01.01", "place": "Kecamatan <b>Anu</b>"}


@pytest.fixture
def page(client, reader):
    client.login(username="siti", password=PASSWORD)
    return lambda path: client.get(path).content.decode()


def tell(user, number=1):
    for month in range(number):
        notify(
            by=SYSTEM, kind="package.waiting", to=[user.pk], key=f"{2000 + month}", count=2,
            places={**PLACES, "month": f"{2000 + month}-03"},
        )  # fmt: skip


def test_the_bell_counts_what_is_new(page, reader):
    assert 'aria-label="Pemberitahuan">' in page("/wilayah").replace("\n", "")
    tell(reader, 3)
    assert 'aria-label="Pemberitahuan, 3 belum dibaca"' in page("/wilayah")
    tell(reader, 120)
    assert "99+" in page("/wilayah")


def test_visitors_have_no_bell(client):
    assert "pemberitahuan" not in client.get("/masuk").content.decode().lower()


def count_queries(client):
    """(all, those that ask for notices) of a page that every visitor may see."""
    with CaptureQueriesContext(connection) as asked:
        client.get("/regulasi")
    return len(asked), sum("notifications_" in query["sql"] for query in asked)


def test_the_bell_is_counted_with_the_roles_and_visitors_have_none(client, page, reader):
    without_role = count_queries(client)
    assert without_role[1] == 2  # with the roles, and by itself as there are none
    region = make_province()["91.01"]
    assign_role(by=SYSTEM, user=reader, role="ANALYST", region=region, valid_from=date(2025, 1, 1))
    client.login(username="siti", password=PASSWORD)
    mark_read(by=reader)  # of the sign-in
    tell(reader, 2)
    assert 'aria-label="Pemberitahuan, 2 belum dibaca"' in page("/regulasi")
    assert count_queries(client) == (without_role[0] - 1, 1)
    client.logout()
    assert count_queries(client)[1] == 0


def test_an_empty_page_helps(page):
    assert "Belum ada pemberitahuan" in page("/pemberitahuan")


def test_the_page_lists_them_escaped_and_paged(page, reader, django_assert_max_num_queries):
    tell(reader, 25)
    with django_assert_max_num_queries(8):  # two of them begin and end the transaction
        text = page("/pemberitahuan")
    assert text.count("Kecamatan &lt;b&gt;Anu&lt;/b&gt;") == 40  # twenty, each in subject and text
    assert "Maret 2024" in text and "Halaman 1 dari 2" in text
    assert "Maret 2000" in page("/pemberitahuan?halaman=2")


def test_opening_one_reads_it_and_leads_on(client, page, reader):
    tell(reader, 2)
    newest = find_notices(reader)[0]
    answer = client.post(f"/pemberitahuan/{newest.public_id}/buka")
    assert (answer.status_code, answer.url) == (302, "/verifikasi/91.01.01/2001-03")
    assert count_unread(reader) == 1
    assert client.get(f"/pemberitahuan/{newest.public_id}/buka").status_code == 405


def test_anothers_notice_is_absent(client, page, reader, other):
    tell(other)
    theirs = find_notices(other)[0]
    assert client.post(f"/pemberitahuan/{theirs.public_id}/buka").status_code == 404
    assert "Anu" not in page("/pemberitahuan")
    client.post("/pemberitahuan/dibaca")
    assert count_unread(other) == 1


def test_all_at_once(client, page, reader):
    tell(reader, 3)
    assert client.post("/pemberitahuan/dibaca").url == "/pemberitahuan"
    assert count_unread(reader) == 0


def test_choices_without_a_mail_server(page):
    text = page("/akun/pemberitahuan")
    assert 'name="package.waiting"' in text and "Surel" not in text
    assert 'name="security.password_changed"' not in text  # nothing to choose


def test_choices_are_kept(client, page, reader, has_mail):
    text = page("/akun/pemberitahuan")
    assert 'name="bahasa"' in text and 'name="security.password_changed"' in text
    wanted = {choice.kind.code: choice.channel for choice in list_choices(reader)}
    wanted |= {"package.waiting": "EMAIL", "bahasa": "en"}
    assert client.post("/akun/pemberitahuan", wanted).status_code == 302
    kept = {choice.kind.code: choice.channel for choice in list_choices(reader)}
    assert kept["package.waiting"] == Channel.EMAIL and kept["package.returned"] == Channel.EMAIL
    assert client.post("/akun/pemberitahuan", {**wanted, "package.waiting": "PIGEON"}).status_code == 200


def test_who_has_no_address_is_told_so(client, other, has_mail):
    client.login(username="budi", password=PASSWORD)
    assert "belum memiliki alamat surel" in client.get("/akun/pemberitahuan").content.decode()


def test_in_english(client, page, reader):
    tell(reader)
    client.cookies["django_language"] = "en"
    assert "New packages (measurements of children) from Kecamatan" in page("/pemberitahuan")
