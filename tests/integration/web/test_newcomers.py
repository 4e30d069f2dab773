"""Somebody who looks like a person of the register is asked about before they are taken in."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.village import CODE, DESA, enrol, make_village
from tumbuh.accounts.api import whole_country
from tumbuh.audit.models import Event
from tumbuh.indicators.api import check
from tumbuh.records.api import PersonRow
from tumbuh.records.models import DuplicateCandidate, Person, SourceBatch

pytestmark = pytest.mark.django_db
NEW = f"/wilayah/{CODE}/orang-baru"
NIK = "9101014302990001"
TOLD = {"kiriman": "k1", "name": "KHANZA AZAHRA", "sex": "F", "birth_date": "2024-03-05", "mother_name": "NURHAYATI"}
WHY = "anak kembar, dilihat di buku KIA"


@pytest.fixture
def village(province):
    return make_village(province)


@pytest.fixture
def khanza(village):
    """Whom the form's child looks like: the same day with one letter more, in the midwife's desa."""
    row = PersonRow(DESA, "KHANZA AZZAHRA", "F", date(2024, 5, 3), date(2024, 6, 1), mother_name="NURHAYATI")
    with whole_country("a test"):
        return enrol([row])[0]


def send(client, user, status: int = 200, **values) -> str:
    client.force_login(user)
    answer = client.post(NEW, {**TOLD, **values}, follow=True)
    assert answer.status_code == status
    with whole_country("a test"):
        assert check() == []
    return answer.content.decode()


def ask(client, user, **values) -> str:
    client.force_login(user)
    answer = client.post(f"{NEW}/mirip", {**TOLD, **values}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def count(name: str) -> int:
    with whole_country("a test"):
        return Person.objects.filter(name=name).count()


def test_who_looks_alike_is_shown_with_what_agrees_before_anything_is_saved(client, village, khanza):
    page = send(client, village.midwife, status=422)
    assert "KHANZA AZZAHRA" in page and "Hari dan bulan lahir tertukar" in page and "Nama ibu sama" in page
    assert "Pilih: salah satu orang yang sudah terdaftar ini, atau orang lain?" in page
    assert count("KHANZA AZAHRA") == 0 and not SourceBatch.objects.filter(name="Orang baru").exists()
    event = Event.objects.get(action="records.people.alike_shown")
    assert (event.object_id, event.after) == (CODE, {"shown": 1})


def test_the_same_person_is_recorded_on_their_own_page_and_blanks_are_filled(client, village, khanza):
    page = send(client, village.midwife, decision=str(khanza.public_id), nik=NIK)
    assert "Orang ini sudah tercatat. Catat di sini." in page and "KHANZA AZZAHRA" in page
    assert count("KHANZA AZAHRA") == 0
    held = Person.objects.get(pk=khanza.pk)
    assert (held.nik_status, held.birth_date) == ("VALID", date(2024, 5, 3))  # what is known is not written over


def test_another_person_needs_a_reason_which_is_kept_for_who_decides_on_the_pair(client, village, khanza):
    page = send(client, village.midwife, status=422, decision="lain")
    assert "Tulis dari mana diketahui" in page and count("KHANZA AZAHRA") == 0
    for words in ("Tercatat.", "Orang ini sudah tercatat."):
        assert words in send(client, village.midwife, decision="lain", reason=WHY)
    assert count("KHANZA AZAHRA") == 1
    event = Event.objects.get(action="records.people.said_apart")
    assert (event.reason, event.after) == (WHY, {"alike": [str(khanza.public_id)]})
    pair = DuplicateCandidate.objects.get()
    assert (pair.state, pair.said, pair.said_by) == ("OPEN", WHY, village.midwife)


def test_what_was_said_stands_on_the_page_of_the_pair(client, village, khanza, province):
    send(client, village.midwife, decision="lain", reason=WHY)
    analyst = make_user("analis", role="DESA_OPERATOR", region=province["91.01.01.2001"])
    client.force_login(analyst)
    page = client.get(f"/anak-ganda/{DuplicateCandidate.objects.get().public_id}").content.decode()
    assert WHY in page


def test_somebody_who_was_not_shown_cannot_be_chosen(client, village, khanza):
    with whole_country("a test"):
        (far,) = enrol([PersonRow(9101012002, "KHANZA AZAHRA", "F", date(2024, 3, 5), date(2024, 6, 1))])
    page = send(client, village.midwife, status=422, decision=str(far.public_id))
    assert "Pilih: salah satu orang" in page and str(far.public_id) not in page


@pytest.mark.parametrize("more", [{}, {"nik": NIK}])
def test_nobody_out_of_reach_is_named(client, village, more):
    """Alike in another desa: nothing is said. The same NIK there: that it is registered elsewhere, and no more."""
    with whole_country("a test"):
        enrol([PersonRow(9101012002, "KHANZA AZZAHRA", "F", date(2024, 3, 5), date(2024, 6, 1),
                         mother_name="NURHAYATI", **more)])  # fmt: skip
    assert ask(client, village.midwife, **more).strip() == ""
    page = send(client, village.midwife, status=422 if more else 200, **more)
    assert ("terdaftar di desa lain" in page) is bool(more)
    assert "AZZAHRA" not in page and count("KHANZA AZAHRA") == (0 if more else 1)
    assert not Event.objects.filter(action="records.people.alike_shown").exists()


def test_of_several_desa_the_one_in_reach_is_shown_and_nothing_is_written_there(client, village, province):
    """Who records for a kabupaten sees who lives in the next desa; a move is recorded there."""
    with whole_country("a test"):
        (held,) = enrol([PersonRow(9101012002, "KHANZA AZZAHRA", "F", date(2024, 3, 5), date(2024, 6, 1), nik=NIK)])
    analyst = make_user("analis", role="KABUPATEN_ANALYST", region=province["91.01"])
    page = send(client, analyst, status=422, nik=NIK)
    assert "terdaftar di desa lain" in page and "NIK sama" in page and f"/anak/{held.public_id}" in page
    page = send(client, analyst, decision=str(held.public_id))
    assert "KHANZA AZZAHRA sudah terdaftar di" in page
    with whole_country("a test"):
        assert Person.objects.filter(name__startswith="KHANZA").count() == 1
        assert Person.objects.get(pk=held.pk).mother_name == ""


def test_while_typing_the_same_people_are_shown_and_nothing_before_enough_is_known(client, village, khanza):
    assert "KHANZA AZZAHRA" in ask(client, village.midwife)
    page = ask(client, village.midwife, decision="lain", reason=WHY)
    assert WHY in page and 'value="lain" checked' in page
    for missing in ({"name": ""}, {"birth_date": ""}, {"birth_date": "besok"}):
        assert ask(client, village.midwife, **missing).strip() == ""
    assert ask(client, village.midwife, name="WAYAN SUDIRMAN", birth_date="1990-01-01", mother_name="").strip() == ""


def test_grown_people_are_asked_about_too(client, village):
    mother = village.mothers[1]
    told = {"name": mother.name + "A", "birth_date": mother.birth_date.isoformat(), "mother_name": ""}
    assert mother.name in send(client, village.midwife, status=422, **told)


def test_a_name_as_written_is_known_without_a_question(client, village, khanza):
    page = send(client, village.midwife, name="KHANZA AZZAHRA", birth_date="2024-05-03")
    assert "Orang ini sudah tercatat." in page and timezone.localdate() > khanza.birth_date
