"""Who is told of which step."""

from datetime import date
from uuid import uuid4

import pytest

from tests.factories.accounts import make_user
from tests.factories.packages import MONTH, climb, submit, verify
from tumbuh.accounts.api import User
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.api import count_unread, describe, find_notices, mark_read
from tumbuh.regions.api import Level
from tumbuh.verification.api import (
    Approval,
    Cell,
    Move,
    ReviewMove,
    State,
    Tier,
    Wish,
    ask_back,
    decline_recall,
    lapse_conditions,
    return_cells,
    review_item,
    submit_item,
    take_step,
    verify_all,
)

OPERATOR, CAMAT, BUPATI, GUBERNUR = Tier.DESA, Tier.KECAMATAN, Tier.KABUPATEN, Tier.PROVINSI
RETURN = {"reason": "tidak cocok dengan buku posyandu"}
# up to which tier it climbed, the step then taken, the kind of notice and who gets it
STEPS = [
    (None, Wish(Move.SUBMIT, OPERATOR), "package.waiting", {CAMAT}),
    (OPERATOR, Wish(Move.WITHDRAW, OPERATOR), None, set()),
    (OPERATOR, Wish(Move.VERIFY, CAMAT), "package.waiting", {BUPATI}),
    (CAMAT, Wish(Move.VERIFY, BUPATI, exception="x"), "package.waiting", {GUBERNUR}),
    (BUPATI, Wish(Move.VERIFY, GUBERNUR, exception="x"), "package.accepted", {OPERATOR, CAMAT, BUPATI}),
    (OPERATOR, Wish(Move.RETURN, CAMAT, State.RETURNED_DESA, **RETURN), "package.returned", {OPERATOR}),
    (CAMAT, Wish(Move.RETURN, BUPATI, State.RETURNED_KECAMATAN, **RETURN), "package.returned", {CAMAT}),
    (BUPATI, Wish(Move.RETURN, GUBERNUR, State.RETURNED_DESA, **RETURN), "package.returned", {OPERATOR}),
    (CAMAT, Wish(Move.UNAPPROVE, CAMAT, **RETURN), "package.unapproved", {OPERATOR}),
    (GUBERNUR, Wish(Move.UNAPPROVE, GUBERNUR, **RETURN), "package.unapproved", {OPERATOR, CAMAT, BUPATI}),
]


def read_all(users):
    for user in users.values():
        mark_read(by=user)


def list_told(users):
    """(tier, kind) of each unread notice."""
    return {(tier, one.kind) for tier, user in users.items() for one in find_notices(user) if one.read_at is None}


@pytest.mark.parametrize("climbed,wish,kind,told", STEPS)
def test_each_step_tells_whom_it_concerns(holders, desa, climbed, wish, kind, told):
    if climbed is not None:
        climb(holders, desa, climbed)
    read_all(holders)
    take_step(by=holders[wish.tier], region=desa, month=MONTH, wish=wish)
    assert list_told(holders) == {(tier, kind) for tier in told}


def test_a_condition_is_told_below_and_the_package_above(holders, desa):
    climb(holders, desa, OPERATOR)
    read_all(holders)
    approval = Approval(condition="Lengkapi dua balita.", condition_due=date(2026, 5, 8))
    take_step(by=holders[CAMAT], region=desa, month=MONTH, wish=Wish(Move.VERIFY, CAMAT), approval=approval)
    assert list_told(holders) == {(OPERATOR, "package.conditional"), (BUPATI, "package.waiting")}
    [line] = [describe(one) for one in find_notices(holders[OPERATOR])]
    assert "paling lambat 8 Mei 2026" in line.text
    assert line.link == f"/verifikasi/paket/{desa.code}/2026-03"


def test_others_of_the_same_place_are_told_and_those_of_other_places_are_not(regions, holders, desa):
    colleague = make_user("camat2", role="KECAMATAN_VERIFIER", region=regions["91.01.01"])
    stranger = make_user("camat3", role="KECAMATAN_VERIFIER", region=regions["91.01.02"])
    submit(holders[OPERATOR], desa)
    assert (count_unread(holders[CAMAT]), count_unread(colleague), count_unread(stranger)) == (1, 1, 0)


def test_many_packages_are_one_notice_with_their_number(regions, holders):
    submitted = [place for code, place in regions.items() if code.startswith("91.01.01.")]
    for place in submitted:
        submit(make_user(f"op{place.code}", role="DESA_OPERATOR", region=place), place)
    [notice] = find_notices(holders[CAMAT])
    assert notice.count == len(submitted) > 1
    verify_all(by=holders[CAMAT], region=regions["91.01.01"], month=MONTH, tier=CAMAT, statement="Sudah diperiksa.")
    [notice] = find_notices(holders[BUPATI])
    assert (notice.count, describe(notice).link) == (len(submitted), "/verifikasi/91.01/2026-03")


def test_accepting_a_kabupaten_tells_each_operator_of_their_own_desa(regions, holders):
    operators = {
        place.code: make_user(f"op{place.code}", role="DESA_OPERATOR", region=place)
        for code, place in regions.items()
        if place.level == Level.DESA and code.startswith("91.01.")
    }
    for code, user in operators.items():
        submit(user, regions[code])
        for tier in (CAMAT, BUPATI):
            verifier = holders[tier] if code.startswith("91.01.01") or tier == BUPATI else None
            verifier = verifier or make_user(f"v{code}", role="KECAMATAN_VERIFIER", region=regions[code[:8]])
            verify(verifier, regions[code], tier)
    read_all({**operators, **holders})
    verify_all(by=holders[GUBERNUR], region=regions["91.01"], month=MONTH, tier=GUBERNUR, statement="Diterima.")
    for code, user in operators.items():
        [notice] = [one for one in find_notices(user) if one.read_at is None]
        assert (notice.kind, notice.places["region"], notice.count) == ("package.accepted", code, 1)


def test_returned_cells_are_told_without_a_word_of_the_child(holders, desa):
    climb(holders, desa, OPERATOR)
    cells = [Cell("measurement", 1, "weight_kg", "other", "Anak Ani, NIK 9101", "9,1")]
    return_cells(by=holders[CAMAT], region=desa, month=MONTH, tier=CAMAT, cells=cells)
    [notice] = find_notices(holders[OPERATOR])
    assert notice.places == {"data": "growth", "region": desa.code, "place": desa.full_name, "month": "2026-03"}


def test_a_second_return_is_new_again(holders, desa):
    for _ in range(2):
        submit(holders[OPERATOR], desa)
        wish = Wish(Move.RETURN, CAMAT, State.RETURNED_DESA, **RETURN)
        take_step(by=holders[CAMAT], region=desa, month=MONTH, wish=wish)
        assert count_unread(holders[OPERATOR]) == 1
        mark_read(by=holders[OPERATOR])


def test_a_single_thing_tells_its_reviewers_and_then_its_makers(regions, holders):
    desa, maker = regions["91.01.01.2001"], make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"])
    operator, reviewer = holders[OPERATOR], holders[CAMAT]
    colleague = make_user("camat2", role="KECAMATAN_VERIFIER", region=regions["91.01.01"])
    one, two = uuid4(), uuid4()
    for subject in (one, two):
        submit_item(by=operator, kind="DOCUMENT", subject_id=subject, region=desa, makers=[maker.pk, colleague.pk])
    assert list_told({CAMAT: reviewer, OPERATOR: operator, BUPATI: holders[BUPATI]}) == {(CAMAT, "item.waiting")}
    [notice] = find_notices(reviewer)
    assert notice.count == 2
    assert count_unread(colleague) == 0  # had a part in it
    review_item(by=reviewer, kind="DOCUMENT", subject_id=one, move=ReviewMove.RETURN, reason="kurang tanda tangan")
    review_item(by=reviewer, kind="DOCUMENT", subject_id=two, move=ReviewMove.VERIFY)
    for user in (operator, maker, colleague):
        assert {one.kind for one in find_notices(user)} == {"item.returned", "item.verified"}


def test_a_closed_account_is_told_nothing(holders, desa):
    User.objects.filter(pk=holders[CAMAT].pk).update(is_active=False)
    submit(holders[OPERATOR], desa)
    assert count_unread(holders[CAMAT]) == 0


def test_a_condition_that_lapsed_is_told_to_its_tier_and_below(holders, desa):
    climb(holders, desa, OPERATOR)
    approval = Approval(condition="Lengkapi dua balita.", condition_due=date(2026, 5, 8))
    take_step(by=holders[CAMAT], region=desa, month=MONTH, wish=Wish(Move.VERIFY, CAMAT), approval=approval)
    read_all(holders)
    lapse_conditions(by=SYSTEM, today=date(2026, 5, 9))
    assert list_told(holders) == {(OPERATOR, "package.unapproved"), (CAMAT, "package.unapproved")}


def test_a_package_asked_back_and_declined(holders, desa):
    climb(holders, desa, CAMAT)
    read_all(holders)
    recall = ask_back(by=holders[OPERATOR], region=desa, month=MONTH, tier=OPERATOR, reason="salah desa")
    asked = list_told(holders)
    assert len(asked) == 1 and {kind for _, kind in asked} == {"recall.asked"}
    [(tier, _)] = asked
    read_all(holders)
    decline_recall(by=holders[tier], recall=recall, reason="sudah benar")
    assert list_told(holders) == {(OPERATOR, "recall.declined")}
