"""The list of pairs, a pair side by side, and its decisions: who may, what is shown, what the trail keeps."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.indicators.models import Cell
from tumbuh.records.api import DuplicateCandidate, Person, PersonMerge, find_duplicates
from tumbuh.records.rules import CandidateState

pytestmark = pytest.mark.django_db
NIK = "9101014503240001"


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def pair(regions):
    save_rows(
        make_staged("KHANZA AZZAHRA PUTRI", mother_name="NURHAYATI", nik=NIK),
        make_staged("KHANSA AZAHRA P", mother_name="NUR HAYATI", measured_on=date(2026, 4, 10)),
    )
    find_duplicates(by=SYSTEM, today=date(2026, 6, 1))
    return DuplicateCandidate.objects.select_related("one", "other").get()


@pytest.fixture
def operator(client, regions):
    user = make_user("operator", role="DESA_OPERATOR", region=regions["91.01.01.2001"])
    client.force_login(user)
    return user


def test_the_list_names_pairs_and_why(client, operator, pair, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = client.get("/anak-ganda").content.decode()
    assert pair.one.name in page and "Nama ibu terdengar sama" in page and NIK not in page
    assert Event.objects.filter(action="records.duplicates.listed").exists()
    assert "Anak ganda" in client.get("/kerja").content.decode()


def test_both_side_by_side_with_the_nik_masked(client, operator, pair, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        page = client.get(f"/anak-ganda/{pair.public_id}").content.decode()
    assert "9101••••••••••01" in page and NIK not in page and "Gabungkan" in page
    read = set(Event.objects.filter(action="records.child.read").values_list("object_id", flat=True))
    assert read == {str(pair.one.public_id), str(pair.other.public_id)}


def test_outside_daily_work_a_purpose_comes_first(client, regions, pair):
    client.force_login(make_user("pengawas", role="SUPERVISOR", region=regions["91.01"]))
    asked = client.get(f"/anak-ganda/{pair.public_id}").content.decode()
    assert pair.one.name not in asked and "Untuk apa" in asked
    assert client.post(f"/anak-ganda/{pair.public_id}/keperluan", {}).status_code == 400
    client.post(f"/anak-ganda/{pair.public_id}/keperluan", {"purpose": "CHECKING"})
    page = client.get(f"/anak-ganda/{pair.public_id}").content.decode()
    assert pair.one.name in page and "Gabungkan" not in page
    assert set(Event.objects.filter(action="records.child.read").values_list("reason", flat=True)) == {"CHECKING"}


@pytest.mark.parametrize("kept", ["satu", "dua"])
def test_merging_moves_figures_and_is_taken_back(client, operator, pair, regions, kept):
    answer = client.post(f"/anak-ganda/{pair.public_id}/gabung", {"tetap": kept, "alasan": "buku KIA sama"})
    assert answer.url == "/anak-ganda/gabungan"
    stays = pair.one if kept == "satu" else pair.other
    assert Person.objects.get().pk == stays.pk
    registered = Cell.objects.filter(region_id=regions["91.01.01.2001"].pk, month=date(2026, 4, 1))
    assert registered.exists()
    merge = PersonMerge.objects.get()
    page = client.get("/anak-ganda/gabungan").content.decode()
    assert "buku KIA sama" in page and str(merge.public_id) in page
    client.post(f"/anak-ganda/gabungan/{merge.public_id}/batal", {"alasan": ""})
    assert Person.objects.count() == 1
    client.post(f"/anak-ganda/gabungan/{merge.public_id}/batal", {"alasan": "ternyata dua"})
    assert Person.objects.count() == 2
    assert "Dibatalkan oleh" in client.get("/anak-ganda/gabungan").content.decode()


def test_cells_are_those_of_a_register_with_one_child(client, operator, pair, regions):
    """What the merge refreshed is what computing everything anew gives."""
    from tumbuh.indicators.api import rebuild

    rebuild()
    client.post(f"/anak-ganda/{pair.public_id}/gabung", {"alasan": "buku KIA sama"})

    def read() -> list[tuple]:
        return sorted(Cell.objects.values_list("region_id", "month", "indicator", "numerator", "denominator"))

    refreshed = read()
    rebuild()
    assert refreshed == read() != []


def test_kept_apart_waits_no_more(client, operator, pair):
    assert client.post(f"/anak-ganda/{pair.public_id}/pisah", {"alasan": ""}).url.endswith(str(pair.public_id))
    client.post(f"/anak-ganda/{pair.public_id}/pisah", {"alasan": "dua anak"})
    pair.refresh_from_db()
    assert pair.state == CandidateState.APART
    assert pair.one.name not in client.get("/anak-ganda").content.decode()
    assert "dua anak" in client.get(f"/anak-ganda/{pair.public_id}").content.decode()


@pytest.mark.parametrize(("role", "place"), [("DESA_OPERATOR", "91.02.01.2001"), ("ANALYST", "91")])
def test_not_yours_looks_like_nothing(client, regions, pair, role, place):
    client.force_login(make_user("lain", role=role, region=regions[place]))
    assert client.get(f"/anak-ganda/{pair.public_id}").status_code == 404
    assert client.post(f"/anak-ganda/{pair.public_id}/gabung", {"alasan": "x"}).status_code == 404
    assert Person.objects.count() == 2


def test_a_verifier_looks_and_does_not_decide(client, regions, pair):
    client.force_login(make_user("camat", role="KECAMATAN_VERIFIER", region=regions["91.01.01"]))
    assert "Gabungkan" not in client.get(f"/anak-ganda/{pair.public_id}").content.decode()
    assert client.post(f"/anak-ganda/{pair.public_id}/gabung", {"alasan": "x"}).status_code == 404
