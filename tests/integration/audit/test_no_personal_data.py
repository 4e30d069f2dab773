"""Names and NIK planted in a register, in files and in requests appear in no log, error page, address or event."""

import io
import json
import logging
import re

import pytest
from django.core import mail
from django.core.serializers import serialize
from django.utils.module_loading import import_string

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import preview, run
from tests.factories.regions import make_province
from tumbuh.audit.api import Event
from tumbuh.config.settings import LOGGING
from tumbuh.intake.errors import IntakeError
from tumbuh.records.models import Person
from tumbuh.web.records import reading

pytestmark = pytest.mark.django_db
PLANTED = ("KEMUNING", "CEMPAKA", "9101014503240001", "Jl. Rahasia 7", "BOUGENVIL", "9101014503240099")
NAME, MOTHER, NIK, ADDRESS, ASKED_NAME, ASKED_NIK = PLANTED


@pytest.fixture
def log():
    """All that is logged, as the installation writes it."""
    stream = io.StringIO()
    line = LOGGING["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(import_string(line["()"])(line["format"]))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def midwife(client):
    regions = make_province()
    user = make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"])
    client.force_login(user)
    client.raise_request_exception = False
    return user


@pytest.fixture
def person(midwife, tmp_path):
    run(midwife, write_xlsx(tmp_path / "april.xlsx", [make_row(Nama=NAME, NIK=NIK, Nama_Ortu=MOTHER, Alamat=ADDRESS)]))
    return Person.objects.get()


def find_planted(text: str) -> list[str]:
    return [value for value in PLANTED if value.lower() in text.lower()]


def check(log, *pages: str) -> None:
    """Nothing planted in the log, the trail, the mails and these pages; and the log was written at all."""
    events = serialize("json", Event.objects.all())
    mails = "\n".join(message.subject + message.body for message in mail.outbox)
    assert find_planted("\n".join([log.getvalue(), events, mails, *pages])) == []


def fail_in_the_database(*args, **options):
    """A fault whose details hold the whole row."""
    Person.objects.filter(name=NAME).update(sex=None)


def test_the_register_holds_what_was_planted(person):
    assert (person.name, person.mother_name) == (NAME, MOTHER)


def test_a_fault_of_the_database_tells_no_row(client, log, person, monkeypatch):
    monkeypatch.setattr(reading, "list_measurements", fail_in_the_database)
    answer = client.get(f"/anak/{person.public_id}")
    assert answer.status_code == 500
    assert "IntegrityError" in log.getvalue()
    check(log, answer.content.decode())


def test_refused_requests_repeat_nothing(client, log, person):
    pages = [
        client.get(f"/anak/{person.public_id}x"),
        client.get("/data-masuk/tidak-ada"),
        client.get("/wilayah/99.99/anak"),
        client.post(f"/anak/{person.public_id}/keperluan", {"purpose": ASKED_NAME, "nik": ASKED_NIK}),
        client.post("/masuk", {"username": "x", "password": ASKED_NAME}),
        client.put(f"/anak/{person.public_id}", ASKED_NAME),
    ]
    assert all(page.status_code in {200, 400, 404, 405, 302} for page in pages)
    assert "Not Found" in log.getvalue()
    check(log, *(page.content.decode() for page in pages))


def test_a_failed_import_tells_no_row(log, person, midwife, tmp_path, monkeypatch):
    broken = [make_row(2, Nama=NAME, NIK=NIK, Berat="seribu"), make_row(3, Nama=ASKED_NAME, NIK=ASKED_NIK, Tinggi="x")]
    preview(midwife, write_xlsx(tmp_path / "mei.xlsx", broken))
    path = tmp_path / "juni.xlsx"
    path.write_bytes(f"{NAME};{NIK};{MOTHER}".encode())
    with pytest.raises(IntakeError) as refused:
        taken = preview(midwife, path)
        raise AssertionError(taken.state)
    check(log, str(refused.value))


def test_addresses_hold_no_person(client, log, person):
    pages = [client.get(path).content.decode() for path in (f"/anak/{person.public_id}", "/wilayah/91.01.01.2001/anak")]
    assert all(NAME in page for page in pages)
    links = re.findall(r'(?:href|src|action)="([^"]+)"', "".join(pages))
    assert len(links) > 20 and find_planted(json.dumps(links)) == []
    client.post(f"/anak/{person.public_id}/nik")
    check(log)
