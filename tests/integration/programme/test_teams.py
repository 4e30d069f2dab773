"""Teams: one at a time, changed member by member, kept by those who plan there."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.programme import make_evidence
from tests.factories.regions import make_province
from tumbuh.audit.models import Event
from tumbuh.programme.api import (
    MemberDetails,
    NotYoursError,
    PlanError,
    Team,
    TeamDetails,
    TeamPart,
    change_member,
    end_team,
    find_team,
    list_members,
    list_teams,
    list_without_team,
    set_up_team,
)

pytestmark = pytest.mark.django_db
KABUPATEN, KECAMATAN, DESA = "91.01", "91.01.01", "91.01.01.2001"
FIRST, SECOND = date(2025, 3, 1), date(2026, 2, 1)


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def admin(regions):
    return make_user("admin", role="REGION_ADMIN", region=regions[KABUPATEN])


@pytest.fixture
def team(regions, admin):
    return set_up_team(by=admin, region=regions[KABUPATEN], details=TeamDetails("TPPPS Hulu", FIRST))


def add(by, team, part=TeamPart.MEMBER, office="Kepala Dinas Kesehatan", **more):
    return change_member(by=by, team=team, details=MemberDetails(part, office, **{"valid_from": FIRST, **more}))


def list_actions() -> list[str]:
    return list(Event.objects.filter(action__startswith="programme.team").values_list("action", flat=True))


def test_a_new_team_ends_the_one_before_and_its_members(regions, admin, team):
    member = add(admin, team)
    newer = set_up_team(by=admin, region=regions[KABUPATEN], details=TeamDetails("TPPPS Hulu", SECOND))
    member.refresh_from_db()
    assert member.valid_until == date(2026, 1, 31)
    assert find_team(regions[KABUPATEN], date(2026, 1, 31)) == team
    assert find_team(regions[KABUPATEN], SECOND) == newer
    assert [one.valid_until for one in list_teams(regions[KABUPATEN])] == [None, date(2026, 1, 31)]


def test_setting_up_again_changes_nothing_and_leaves_no_event(regions, admin, team):
    again = set_up_team(by=admin, region=regions[KABUPATEN], details=TeamDetails("TPPPS Hulu", FIRST))
    assert again == team
    assert list_actions() == ["programme.team.set_up"]


def test_the_decree_can_be_added_later(regions, admin, team):
    decree = make_evidence(admin, regions[KABUPATEN], kind="KEPUTUSAN_BUPATI")
    details = TeamDetails("TPPPS Hulu", FIRST, decree, "7/2025", FIRST)
    assert set_up_team(by=admin, region=regions[KABUPATEN], details=details).decree == decree
    assert Team.objects.count() == 1


def test_a_decree_of_another_region_is_none(regions, admin):
    decree = make_evidence(admin, regions[KECAMATAN], kind="KEPUTUSAN_CAMAT")
    with pytest.raises(PlanError):
        set_up_team(by=admin, region=regions[KABUPATEN], details=TeamDetails("TPPPS", FIRST, decree))


def test_a_team_cannot_begin_before_a_later_one(regions, admin, team):
    with pytest.raises(PlanError):
        set_up_team(by=admin, region=regions[KABUPATEN], details=TeamDetails("TPPPS", date(2025, 1, 1)))


def test_members_stand_from_the_head_down_on_each_day(admin, team):
    add(admin, team, TeamPart.MEMBER, "Camat")
    add(admin, team, TeamPart.CHAIR, "Wakil Bupati", valid_until=date(2025, 12, 31))
    add(admin, team, TeamPart.PATRON, "Bupati")
    assert [one.office for one in list_members(team, FIRST)] == ["Bupati", "Wakil Bupati", "Camat"]
    assert [one.office for one in list_members(team, SECOND)] == ["Bupati", "Camat"]
    assert len(list_members(team)) == 3


def test_a_member_is_kept_once_and_changed_in_place(admin, team):
    member = add(admin, team)
    assert add(admin, team) == member
    details = MemberDetails(TeamPart.SECRETARY, "Kepala Bapperida", FIRST)
    assert change_member(by=admin, team=team, details=details, member=member).pk == member.pk
    assert [one.part for one in list_members(team)] == ["SECRETARY"]
    assert list_actions().count("programme.team.member_changed") == 2


def test_a_change_into_somebody_who_is_there_is_refused(admin, team):
    add(admin, team, TeamPart.CHAIR, "Wakil Bupati")
    other = add(admin, team)
    with pytest.raises(PlanError):
        change_member(by=admin, team=team, member=other, details=MemberDetails(TeamPart.CHAIR, "Wakil Bupati", FIRST))


@pytest.mark.parametrize("days", [(date(2025, 1, 1), None), (FIRST, date(2025, 2, 1))])
def test_days_must_fit(admin, team, days):
    with pytest.raises(PlanError):
        add(admin, team, valid_from=days[0], valid_until=days[1])


def test_the_event_names_no_person(admin, team):
    add(admin, team, name="Raflesia Arnoldi")
    event = Event.objects.filter(action="programme.team.member_changed").get()
    assert "Raflesia" not in str(vars(event))


def test_an_ended_team_is_left_alone(admin, team, regions):
    end_team(by=admin, team=team, last_day=SECOND)
    end_team(by=admin, team=team, last_day=date(2027, 1, 1))
    assert find_team(regions[KABUPATEN], date(2026, 2, 2)) is None
    assert list_actions().count("programme.team.ended") == 1


def test_regions_without_a_team(regions, admin, team):
    assert list_without_team(regions["91"], SECOND) == [regions["91.02"], regions["91.71"]]
    assert list_without_team(regions["91"], date(2025, 2, 28))[0] == regions[KABUPATEN]


def test_only_those_who_plan_there(regions, team):
    others = [
        make_user("analis", role="ANALYST", region=regions[KABUPATEN]),
        make_user("hilir", role="REGION_ADMIN", region=regions["91.02"]),
        make_user("desa", role="DESA_OPERATOR", region=regions[DESA]),
    ]
    for user in others:
        with pytest.raises(NotYoursError):
            set_up_team(by=user, region=regions[KABUPATEN], details=TeamDetails("TPPPS", SECOND))
        with pytest.raises(NotYoursError):
            add(user, team)
        with pytest.raises(NotYoursError):
            end_team(by=user, team=team, last_day=SECOND)
