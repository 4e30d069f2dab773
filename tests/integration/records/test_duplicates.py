"""Looking for doubles: who is asked about, who is not asked again, who sees what; and "is it this child?" at entry."""

from datetime import date

import pytest
from django.core.management import call_command

from tests.factories.accounts import make_user
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import READ_PEOPLE, acting_as, get_scope, whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.records.api import (
    DuplicateCandidate,
    Person,
    ReasonMissingError,
    encrypt_nik,
    find_duplicates,
    find_similar,
    index_nik,
    keep_apart,
    list_candidates,
    merge_people,
    unmerge_people,
)
from tumbuh.records.rules import CandidateState

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
NIK = "9101014503240001"


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def doubles(regions):
    """One child twice in two desa, twins, and a namesake elsewhere."""
    save_rows(
        make_staged("KHANZA AZZAHRA PUTRI", mother_name="NURHAYATI", nik=NIK),
        make_staged("KHANSA AZAHRA P", desa_id=9101012002, mother_name="NUR HAYATI", measured_on=date(2026, 4, 10)),
        make_staged("ARUMI LESTARI", mother_name="SULASTRI", birth_date=date(2023, 7, 1)),
        make_staged("GENDIS LESTARI", mother_name="SULASTRI", birth_date=date(2023, 7, 1)),
        make_staged("KHANZA AZZAHRA", desa_id=9102012001, mother_name="ERNA", birth_date=date(2025, 1, 1)),
    )


def search():
    return find_duplicates(by=SYSTEM, today=TODAY)


def get_pair() -> DuplicateCandidate:
    return DuplicateCandidate.objects.get()


def test_one_child_twice_is_asked_about_and_twins_are_not(doubles):
    found = search()
    assert (found.people, found.new, found.open) == (5, 1, 1)
    pair = get_pair()
    assert {pair.one.name, pair.other.name} == {"KHANZA AZZAHRA PUTRI", "KHANSA AZAHRA P"}
    assert (pair.levels["birth"], pair.levels["mother"], pair.levels["place"]) == ("same", "sound", "kecamatan")
    event = Event.objects.get(action="records.duplicates.searched")
    assert event.after == {"people": 5, "new": 1, "again": 0, "gone": 0}


def test_searching_again_finds_the_same_and_writes_nothing(doubles):
    search()
    first = DuplicateCandidate.objects.values().get()
    again = search()
    assert (again.new, again.again, again.gone) == (0, 0, 0)
    assert DuplicateCandidate.objects.values().get() == first


def test_what_is_no_longer_alike_is_asked_no_more(doubles):
    search()
    Person.objects.filter(name="KHANSA AZAHRA P").update(name="BUDI", birth_date=date(2022, 2, 2), sex="M")
    assert search().gone == 1 and not DuplicateCandidate.objects.exists()


@pytest.fixture
def analyst(regions):
    return make_user("analis", role="KABUPATEN_ANALYST", region=regions["91.01"])


def test_kept_apart_is_asked_again_only_when_the_data_changed(doubles, analyst):
    search()
    keep_apart(by=analyst, candidate=get_pair(), reason="dua anak, dilihat di posyandu")
    keep_apart(by=analyst, candidate=get_pair(), reason="lagi")
    assert (get_pair().reason, Event.objects.filter(action="records.people.kept_apart").count()) == (
        "dua anak, dilihat di posyandu", 1)  # fmt: skip
    assert search().again == 0 and get_pair().state == CandidateState.APART
    Person.objects.filter(name="KHANSA AZAHRA P").update(name="KHANSA AZAHRA PUTRI")
    assert search().again == 1
    assert (get_pair().state, get_pair().decided_by, get_pair().reason) == (CandidateState.OPEN, None, "")


def test_a_decision_needs_a_reason_and_somebody_who_may(doubles, analyst, regions):
    search()
    with pytest.raises(ReasonMissingError):
        keep_apart(by=analyst, candidate=get_pair(), reason=" ")
    operator = make_user("operator", role="DESA_OPERATOR", region=regions["91.01.01.2001"])
    with pytest.raises(Person.DoesNotExist):
        keep_apart(by=operator, candidate=get_pair(), reason="dua anak")


def test_merged_and_parted_is_asked_again(doubles, analyst):
    search()
    pair = get_pair()
    joined = merge_people(by=analyst, kept=pair.one, absorbed=pair.other, reason="satu anak")
    assert search().open == 0
    unmerge_people(by=analyst, merge=joined.merge, reason="dua anak")
    assert get_pair().state == CandidateState.OPEN


@pytest.mark.parametrize(
    ("role", "place", "pairs"),
    [
        ("KECAMATAN_VERIFIER", "91.01.01", 1),
        ("KABUPATEN_ANALYST", "91.01", 1),
        ("DESA_OPERATOR", "91.01.01.2001", 0),
        ("KECAMATAN_VERIFIER", "91.01.02", 0),
        ("KABUPATEN_ANALYST", "91.02", 0),
        ("ANALYST", "91", 0),
    ],
)
def test_a_pair_is_seen_by_who_reaches_both(doubles, regions, role, place, pairs):
    """By the query's own filter, and by the database's policy whatever a query says."""
    search()
    user = make_user("pembaca", role=role, region=regions[place])
    assert list_candidates(get_scope(user, READ_PEOPLE)).count() == pairs
    with acting_as(user):
        assert DuplicateCandidate.objects.count() == pairs


def test_nik_that_differ_speak_against(regions):
    other = "9101014507230077"
    save_rows(make_staged("KHANZA PUTRI", nik=NIK, mother_name="SRI"))
    save_rows(make_staged("KHANZA PUTRI", desa_id=9101012002, mother_name="SRI"))
    search()
    before = get_pair().probability
    Person.objects.filter(desa_id=9101012002).update(
        nik_index=index_nik(other), nik_encrypted=encrypt_nik(other), nik_status="VALID"
    )
    search()
    assert not DuplicateCandidate.objects.filter(probability__gte=before).exists()


def test_the_command(doubles, capsys):
    call_command("records", "duplicates")
    assert "5 anak dibandingkan: 1 pasangan baru" in capsys.readouterr().out
    call_command("records", "duplicates", "--json")
    assert '"new": 0' in capsys.readouterr().out


def ask(user, **changes):
    values = {"desa_id": 9101012001, "name": "Khanza Azahra", "sex": "F", "birth_date": date(2024, 3, 5),
              "mother_name": "Nurhayati"}  # fmt: skip
    return find_similar(get_scope(user, READ_PEOPLE), **{**values, **changes})


def test_similar_children_of_the_kecamatan_are_shown_the_likeliest_first(doubles, analyst, django_assert_num_queries):
    found = ask(analyst)
    names = [Person.objects.get(pk=similar.person_id).name for similar in found]
    assert set(names) == {"KHANZA AZZAHRA PUTRI", "KHANSA AZAHRA P"}
    assert [similar.probability for similar in found] == sorted((s.probability for s in found), reverse=True)
    scope = get_scope(analyst, READ_PEOPLE)
    with whole_country("duplicates"), django_assert_num_queries(1):
        find_similar(scope, desa_id=9101012001, name="KHANZA", sex="F", birth_date=date(2024, 3, 5))


@pytest.mark.parametrize("changes", [{"birth_date": date(2024, 5, 3)}, {"birth_date": date(2023, 3, 5)},
                                     {"name": "By. Ny. Nurhayati", "nik": NIK}])  # fmt: skip
def test_a_child_with_a_fault_is_still_recognised(doubles, analyst, changes):
    found = {similar.person_id for similar in ask(analyst, **changes)}
    assert Person.objects.get(name="KHANZA AZZAHRA PUTRI").pk in found


def test_nobody_similar_out_of_reach(doubles, regions):
    stranger = make_user("lain", role="DESA_OPERATOR", region=regions["91.02.01.2001"])
    assert ask(stranger) == []
