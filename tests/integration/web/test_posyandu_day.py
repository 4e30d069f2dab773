"""A posyandu day on screen: one save for everybody, wrong fields beside their lines, nothing twice."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.village import CODE, DESA, enrol, make_village
from tumbuh.accounts.api import whole_country
from tumbuh.audit.models import Event
from tumbuh.indicators.api import check
from tumbuh.records.api import PersonRow
from tumbuh.records.models import HealthCheck, Measurement, Person, ServiceReceived, SourceBatch
from tumbuh.verification.models import Contribution, Package

pytestmark = pytest.mark.django_db
PAGE = f"/wilayah/{CODE}/catat"
MOST_QUERIES = 14


@pytest.fixture
def village(province):
    return make_village(province)


@pytest.fixture
def today():
    return timezone.localdate()


def choose(day: date, groups: list[str], gifts: list[str], **more: str) -> dict:
    return {"hari": day.isoformat(), "posyandu": "", "kelompok": groups, "beri": gifts, "kiriman": "k1", **more}


def of(children) -> dict:
    return {"orang": [child.pk for child in children]}


def send(client, user, values: dict, status: int = 200) -> str:
    client.force_login(user)
    answer = client.post(PAGE, values, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def count_all() -> tuple[int, ...]:
    with whole_country("a test"):
        return tuple(model.objects.count() for model in (ServiceReceived, Measurement, HealthCheck))


def test_the_list_shows_who_is_due_and_nobody_else(client, village, today):
    client.force_login(village.midwife)
    page = client.get(PAGE, choose(today, ["CHILD_24_59"], ["ukur", "vitamin_a"])).content.decode()
    assert all(child.name in page for child in village.children) and village.girls[0].name not in page
    assert "Belum:" in page and f'name="b-{village.children[0].pk}"' in page
    assert re.findall(r'name="orang" value="(.*?)"', page) == [str(child.pk) for child in village.children]
    page = client.get(PAGE, choose(today, ["PREGNANT"], ["iron_tablets"])).content.decode()
    assert village.mothers[0].name in page and village.mothers[1].name not in page and "perlu" in page
    assert re.search(r'name="n-iron_tablets-\d+" value="30"', page)


def test_the_list_asks_a_pinned_number_of_times_whatever_its_size(client, village, today):
    client.force_login(village.midwife)
    asked = []
    for more in ("", "BDFHJLNPRTVX"):
        with whole_country("a test"):
            enrol([PersonRow(DESA, f"TAMU {one * 5}", "F", date(today.year - 2, 3, 1), today) for one in more])
        client.get(PAGE)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(PAGE).status_code == 200
        asked.append(len(caught))
    assert asked[0] == asked[1] <= MOST_QUERIES


def test_measurements_and_services_are_one_save(client, village, today):
    first, second, third = village.children
    values = choose(today, ["CHILD_24_59"], ["ukur", "vitamin_a", "iron_tablets"]) | of(village.children)
    values |= {f"vitamin_a-{first.pk}": "on", f"vitamin_a-{second.pk}": "on"}
    values |= {f"b-{first.pk}": "11,4", f"p-{first.pk}": "85.5", f"m-{first.pk}": "H", f"b-{third.pk}": "10,9"}
    page = send(client, village.midwife, values)
    assert "4 catatan baru, 0 diubah, 0 sudah ada" in page
    assert count_all() == (2, 2, 0) and check() == []
    with whole_country("a test"):
        visit = Measurement.objects.get(person=first)
        assert (str(visit.weight_kg), str(visit.lenhei_cm), visit.mode, visit.haz is not None) == (
            "11.400", "85.50", "H", True)  # fmt: skip
        batches = {*ServiceReceived.objects.values_list("batch", flat=True), visit.batch_id}
    assert len(batches) == 1
    assert Event.objects.filter(action="records.life.saved", actor_id=village.midwife.pk).count() == 1
    assert Event.objects.filter(action="records.measurements.saved", actor_id=village.midwife.pk).count() == 1
    held = Contribution.objects.filter(user=village.midwife).values_list("data_set", flat=True)
    assert sorted(held) == ["growth", "services"]


def test_the_same_sending_twice_is_recorded_once(client, village, today):
    values = choose(today, ["GIRL_10_18"], ["iron_tablets"]) | of(village.girls)
    values |= {f"iron_tablets-{girl.pk}": "on" for girl in village.girls}
    values |= {f"n-iron_tablets-{girl.pk}": "4" for girl in village.girls}
    assert "3 catatan baru" in send(client, village.midwife, values)
    assert "Sudah tercatat" in send(client, village.midwife, values)
    assert count_all()[0] == 3 and SourceBatch.objects.filter(kind="FORM").count() == 1


def test_another_showing_changes_what_is_another_amount(client, village, today):
    girl, other, _third = village.girls
    values = choose(today, ["GIRL_10_18"], ["iron_tablets"]) | of(village.girls)
    values |= {f"iron_tablets-{girl.pk}": "on", f"n-iron_tablets-{girl.pk}": "4"}
    send(client, village.midwife, values)
    values |= {"kiriman": "k2", f"iron_tablets-{other.pk}": "on", f"n-iron_tablets-{other.pk}": "4"}
    assert "1 catatan baru, 0 diubah, 1 sudah ada" in send(client, village.midwife, values)
    values |= {"kiriman": "k2", f"n-iron_tablets-{girl.pk}": "8"}  # the form gone back to, and changed
    assert "0 catatan baru, 1 diubah, 1 sudah ada" in send(client, village.midwife, values)
    with whole_country("a test"):
        assert ServiceReceived.objects.get(person=girl).quantity == 8


# what is typed for a child or girl, and what the page says
WRONG = [
    ("a word", {"b": "berat"}, "Tulis angka, misalnya 11,9."),
    ("infinite", {"b": "Infinity"}, "Tulis angka, misalnya 11,9."),
    ("too heavy", {"b": "114"}, "Tulis angka dari 0,5 sampai 60."),
    ("weight and length swapped", {"b": "85,5", "p": "11,4"}, "Tulis angka dari 25 sampai 150."),
]


@pytest.mark.parametrize(("_name", "typed", "words"), WRONG, ids=[row[0] for row in WRONG])
def test_a_wrong_field_stops_the_save_and_keeps_what_was_typed(client, village, today, _name, typed, words):
    first, second, _third = village.children
    values = choose(today, ["CHILD_24_59"], ["ukur", "vitamin_a"]) | of(village.children)
    values |= {f"{key}-{first.pk}": text for key, text in typed.items()}
    values |= {f"b-{second.pk}": "10,9", f"vitamin_a-{second.pk}": "on"}
    page = send(client, village.midwife, values, status=422)
    assert words in page and (f'href="#b-{first.pk}"' in page or f'href="#p-{first.pk}"' in page)
    assert 'value="10,9"' in page and f'name="vitamin_a-{second.pk}" checked' in page
    assert all(f'value="{text}"' in page for text in typed.values())
    assert count_all() == (0, 0, 0)


def test_amounts_are_within_what_is_plausible(client, village, today):
    girl = village.girls[0]
    for amount in ("0", "181", "-3", "empat", ""):
        values = choose(today, ["GIRL_10_18"], ["iron_tablets"]) | of(village.girls)
        values |= {f"iron_tablets-{girl.pk}": "on", f"n-iron_tablets-{girl.pk}": amount}
        page = send(client, village.midwife, values, status=422)
        assert "Tulis jumlah dari 1 sampai 180 tablet." in page
    assert count_all() == (0, 0, 0)


def test_what_is_given_once_in_a_life_is_not_given_again(client, village, today):
    child = village.children[0]
    week = today - timedelta(days=7)
    values = choose(week, ["CHILD_24_59"], ["mr2"]) | of([child]) | {f"mr2-{child.pk}": "on"}
    assert "1 catatan baru" in send(client, village.midwife, values)
    values = choose(today, ["CHILD_24_59"], ["mr2"]) | of([child]) | {f"mr2-{child.pk}": "on"}
    assert "Tidak dapat diberikan pada hari ini" in send(client, village.midwife, values, status=422)
    assert count_all()[0] == 1


def test_nothing_typed_is_nothing_saved(client, village, today):
    page = send(client, village.midwife, choose(today, ["CHILD_24_59"], ["ukur"]) | of(village.children), status=422)
    assert "Belum ada yang dicentang" in page and not SourceBatch.objects.filter(kind="FORM").exists()


def test_who_left_since_the_list_was_opened_is_said(client, village, today):
    first, second, _third = village.children
    values = choose(today, ["CHILD_24_59"], ["ukur"]) | of(village.children)
    values |= {f"b-{first.pk}": "11", f"b-{second.pk}": "12"}
    with whole_country("a test"):
        Person.objects.filter(pk=first.pk).update(left_on=today)
    page = send(client, village.midwife, values, status=422)
    assert "1 orang tidak lagi terdaftar" in page and first.name not in page and 'value="12"' in page
    assert count_all() == (0, 0, 0)


@pytest.mark.parametrize(("data_set", "field"), [("growth", "b-{0}"), ("services", "vitamin_a-{0}")])
def test_a_closed_month_is_refused_in_one_sentence(client, village, today, data_set, field):
    closed = {"region_id": DESA, "month": today.replace(day=1), "data_set": data_set, "state": "SUBMITTED"}
    Package.objects.create(is_whole_open=False, **closed)
    child = village.children[0]
    values = choose(today, ["CHILD_24_59"], ["ukur", "vitamin_a"]) | of([child]) | {field.format(child.pk): "11"}
    page = send(client, village.midwife, values, status=422)
    assert "Minta paket bulan itu kembali di halaman Verifikasi" in page
    assert count_all() == (0, 0, 0) and not SourceBatch.objects.filter(kind="FORM").exists()


def test_grown_ups_are_checked_along(client, village, today):
    mother = village.mothers[0]
    values = (
        choose(today, ["PREGNANT"], ["periksa"]) | of([mother]) | {f"l-{mother.pk}": "22,9", f"h-{mother.pk}": "10,5"}
    )
    assert "1 catatan baru" in send(client, village.midwife, values)
    with whole_country("a test"):
        held = HealthCheck.objects.get()
    assert (held.person_id, str(held.muac_cm), str(held.hb_g_dl)) == (mother.pk, "22.9", "10.5")


def test_an_implausible_measurement_is_said_at_once(client, village, today):
    child = village.children[0]
    values = choose(today, ["CHILD_24_59"], ["ukur"]) | of([child]) | {f"b-{child.pk}": "3", f"p-{child.pk}": "50"}
    assert "1 hasil ukur tidak wajar" in send(client, village.midwife, values)


def test_people_of_another_desa_are_nobody(client, province, village, today):
    stranger = make_user("lain", role="KADER", region=province["91.01.01.2002"])
    client.force_login(stranger)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, choose(today, ["CHILD_24_59"], ["ukur"])).status_code == 404
    child = village.children[0]
    values = choose(today, ["CHILD_24_59"], ["ukur"]) | {"orang": [child.pk], f"b-{child.pk}": "11"}
    answer = client.post("/wilayah/91.01.01.2002/catat", values)
    assert answer.status_code == 422 and child.name not in answer.content.decode() and count_all() == (0, 0, 0)


def test_nonsense_in_the_address_is_left_out(client, village):
    client.force_login(village.midwife)
    for query in ("hari=kemarin&posyandu=x&kelompok=?&beri=..", "hari=2999-01-01", "halaman=99999999&orang=x", "isi=1"):
        assert client.get(f"{PAGE}?{query}").status_code == 200
