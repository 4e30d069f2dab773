"""A package's way up and down: what each step writes, who may take it, and what a region's status says."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.packages import MONTH, climb, submit, verify
from tumbuh.accounts.api import assign_role
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.regions.api import Region
from tumbuh.verification.api import (
    GROWTH,
    Approval,
    Move,
    Package,
    State,
    Tier,
    Wish,
    clear_condition,
    count_waiting,
    find_waiting,
    get_status,
    list_late,
    list_official,
    list_returned,
    list_rows,
    note_contributions,
    set_deadline,
    take_step,
    verify_all,
)
from tumbuh.verification.errors import (
    BelowOpenError,
    MoveError,
    NotYoursError,
    OwnWorkError,
    ReasonError,
    StaleError,
)

pytestmark = pytest.mark.django_db


def test_the_whole_climb_and_its_trail(holders, desa):
    climb(holders, desa, Tier.PROVINSI)
    package = Package.objects.get()
    assert (package.state, package.version, package.is_whole_open) == (State.ACCEPTED, 4, False)
    steps = package.steps.values_list("move", "tier", "source", "target", "by__username")
    assert list(steps) == [
        ("SUBMIT", 1, "DRAFT", "SUBMITTED", "operator"),
        ("VERIFY", 2, "SUBMITTED", "VERIFIED_KECAMATAN", "camat"),
        ("VERIFY", 3, "VERIFIED_KECAMATAN", "VERIFIED_KABUPATEN", "bupati"),
        ("VERIFY", 4, "VERIFIED_KABUPATEN", "ACCEPTED", "gubernur"),
    ]
    events = Event.objects.filter(object_kind="package").values_list("action", flat=True)
    assert list(events) == ["verification.submit", *["verification.verify"] * 3]


def test_a_step_needs_the_role_at_that_very_place(holders, regions, desa):
    with pytest.raises(NotYoursError):
        submit(holders[Tier.KECAMATAN], desa)
    with pytest.raises(NotYoursError):
        submit(holders[Tier.DESA], regions["91.01.01.2002"])
    submit(holders[Tier.DESA], desa)
    elsewhere = make_user("lain", role="KECAMATAN_VERIFIER", region=regions["91.01.02"])
    with pytest.raises(NotYoursError):
        verify(elsewhere, desa, Tier.KECAMATAN)
    assert Package.objects.get().state == State.SUBMITTED


def test_nobody_verifies_what_they_entered_or_sent(holders, regions, desa):
    both = holders[Tier.DESA]
    assign_role(
        by=SYSTEM, user=both, role="KECAMATAN_VERIFIER", region=regions["91.01.01"], valid_from=date(2025, 1, 1)
    )
    submit(both, desa)
    with pytest.raises(OwnWorkError):
        verify(both, desa, Tier.KECAMATAN)
    note_contributions(by=holders[Tier.KECAMATAN], desa_months=[(desa.pk, MONTH)] * 2)
    with pytest.raises(OwnWorkError):
        verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN)
    other = make_user("lain", role="KECAMATAN_VERIFIER", region=regions["91.01.01"])
    assert verify(other, desa, Tier.KECAMATAN).target == State.VERIFIED_KECAMATAN


def test_the_kabupaten_waits_for_all_desa_of_the_kecamatan_or_says_why_not(holders, regions, desa):
    climb(holders, desa, Tier.KECAMATAN)
    with pytest.raises(BelowOpenError, match="1 desa"):
        verify(holders[Tier.KABUPATEN], desa, Tier.KABUPATEN, exception="")
    neighbour = regions["91.01.01.2002"]
    submit(make_user("op2", role="DESA_OPERATOR", region=neighbour), neighbour)
    verify(holders[Tier.KECAMATAN], neighbour, Tier.KECAMATAN)
    assert verify(holders[Tier.KABUPATEN], desa, Tier.KABUPATEN, exception="").exception == ""


def test_a_page_that_read_an_older_version_is_told(holders, desa):
    submit(holders[Tier.DESA], desa)
    wish = Wish(Move.VERIFY, Tier.KECAMATAN)
    with pytest.raises(StaleError):
        take_step(by=holders[Tier.KECAMATAN], region=desa, month=MONTH, wish=wish, version=0)
    take_step(by=holders[Tier.KECAMATAN], region=desa, month=MONTH, wish=wish, version=1)


def test_unapproval_from_the_top_takes_every_approval_back_with_a_step_for_each(holders, desa):
    climb(holders, desa, Tier.PROVINSI)
    wish = Wish(Move.UNAPPROVE, Tier.PROVINSI, State.SUBMITTED, "berat badan tertukar")
    take_step(by=holders[Tier.PROVINSI], region=desa, month=MONTH, wish=wish)
    steps = Package.objects.get().steps.filter(move="UNAPPROVE").values_list("tier", "target", "reason")
    assert list(steps) == [(tier, "SUBMITTED", "berat badan tertukar") for tier in (4, 3, 2)]


def test_a_conditional_approval_stays_provisional_until_the_condition_is_met(holders, regions):
    desa = regions["91.02.01.2001"]
    people = {
        tier: make_user(f"h{tier}", role=role, region=regions[at])
        for tier, role, at in (
            (Tier.DESA, "DESA_OPERATOR", "91.02.01.2001"), (Tier.KECAMATAN, "KECAMATAN_VERIFIER", "91.02.01"),
            (Tier.KABUPATEN, "KABUPATEN_VERIFIER", "91.02"),
        )
    }  # fmt: skip
    submit(people[Tier.DESA], desa)
    wish = Wish(Move.VERIFY, Tier.KECAMATAN)
    with pytest.raises(ReasonError):
        take_step(
            by=people[Tier.KECAMATAN], region=desa, month=MONTH, wish=wish, approval=Approval(condition="timbang ulang")
        )
    approval = Approval(condition="timbang ulang lima anak", condition_due=date(2026, 5, 1))
    take_step(by=people[Tier.KECAMATAN], region=desa, month=MONTH, wish=wish, approval=approval)
    verify(people[Tier.KABUPATEN], desa, Tier.KABUPATEN)
    verify(holders[Tier.PROVINSI], desa, Tier.PROVINSI)
    package = Package.objects.get()
    assert (package.state, get_status(regions["91.02"], MONTH).is_official) == (State.ACCEPTED, False)
    with pytest.raises(NotYoursError):
        clear_condition(by=people[Tier.DESA], package=package, reason="sudah")
    for _ in range(2):
        clear_condition(by=people[Tier.KECAMATAN], package=package, reason="kelima anak sudah ditimbang ulang")
    status = get_status(regions["91.02"], MONTH)
    assert (status.passed, status.is_official, status.desa) == (4, True, 1)
    keys = [regions[code].pk for code in ("91", "91.02")]
    assert list_official(keys, [MONTH]) == {(regions["91.02"].pk, MONTH)}


def test_a_region_stands_where_its_slowest_desa_stands(holders, regions, desa):
    climb(holders, desa, Tier.KECAMATAN)
    assert (get_status(desa, MONTH).passed, get_status(regions["91.01.01"], MONTH).passed) == (2, 0)
    assert get_status(regions["91"], MONTH).counts == {0: 4, 1: 0, 2: 1, 3: 0, 4: 0}


def test_a_desa_that_is_no_more_neither_holds_its_region_back_nor_counts_for_it(holders, regions, desa):
    climb(holders, desa, Tier.PROVINSI)
    kecamatan, neighbour = regions["91.01.01"], regions["91.01.01.2002"]
    assert list_official([kecamatan.pk], [MONTH]) == set()
    Region.objects.filter(pk=neighbour.pk).update(is_active=False)
    assert list_official([kecamatan.pk], [MONTH]) == {(kecamatan.pk, MONTH)}
    Region.objects.filter(pk=neighbour.pk).update(is_active=True)
    Region.objects.filter(pk=desa.pk).update(is_active=False)
    assert list_official([kecamatan.pk], [MONTH]) == set()


def test_many_at_once_with_a_declaration(holders, regions, desa):
    neighbour = regions["91.01.01.2002"]
    submit(holders[Tier.DESA], desa)
    submit(make_user("op2", role="DESA_OPERATOR", region=neighbour), neighbour)
    kecamatan, verifier = regions["91.01.01"], holders[Tier.KECAMATAN]
    with pytest.raises(ReasonError):
        verify_all(by=verifier, region=kecamatan, month=MONTH, tier=Tier.KECAMATAN, statement=" ")
    note_contributions(by=verifier, desa_months=[(neighbour.pk, MONTH)])
    steps = verify_all(by=verifier, region=kecamatan, month=MONTH, tier=Tier.KECAMATAN, statement="Sudah diperiksa.")
    assert [step.package.region_id for step in steps] == [desa.pk]
    with pytest.raises(MoveError):
        verify_all(by=verifier, region=kecamatan, month=MONTH, tier=Tier.KECAMATAN, statement="Sudah diperiksa.")


def test_what_waits_for_whom(holders, regions, desa):
    def count(tier: Tier):
        return count_waiting(find_waiting(holders[tier]))

    submit(holders[Tier.DESA], desa)
    assert count(Tier.KECAMATAN) == {(GROWTH, "91.01.01", MONTH, Tier.KECAMATAN): 1}
    assert count(Tier.KABUPATEN) == count(Tier.DESA) == count_waiting(find_waiting(make_user("tanpa"))) == {}
    verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN)
    assert count(Tier.KECAMATAN) == {}
    assert count(Tier.KABUPATEN) == {(GROWTH, "91.01.01", MONTH, Tier.KABUPATEN): 1}
    verify(holders[Tier.KABUPATEN], desa, Tier.KABUPATEN)
    assert count(Tier.PROVINSI) == {(GROWTH, "91.01", MONTH, Tier.PROVINSI): 1}
    back = Wish(Move.RETURN, Tier.PROVINSI, State.RETURNED_DESA, "periksa lagi")
    take_step(by=holders[Tier.PROVINSI], region=desa, month=MONTH, wish=back)
    assert [package.region_id for package in list_returned(find_waiting(holders[Tier.DESA]))] == [desa.pk]
    assert list_returned(find_waiting(holders[Tier.KECAMATAN])) == []


def test_who_is_late_and_an_officials_own_deadline(holders, regions, desa):
    submit(holders[Tier.DESA], desa)
    rows = list_rows(regions["91.01.01"], MONTH)

    def late(day: int) -> list[str]:
        return [row.region.code for row in list_late(rows, MONTH, today=date(2026, 4, day))]

    assert (late(6), late(7), late(10)) == ([], ["91.01.01.2002"], ["91.01.01.2002"])  # 5 April is a Sunday
    assert late(14) == ["91.01.01.2001", "91.01.01.2002"]  # the kecamatan's day: Friday 10
    with pytest.raises(NotYoursError):
        set_deadline(by=holders[Tier.KECAMATAN], tier=Tier.DESA, day=20, valid_from=MONTH, reason="SE 1/2026")
    set_deadline(by=holders[Tier.PROVINSI], tier=Tier.DESA, day=20, valid_from=MONTH, reason="SE 1/2026")
    assert late(14) == ["91.01.01.2001"]
