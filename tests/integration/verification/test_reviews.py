"""Single things: put forward to the level above, reviewed there by somebody else, each move one event."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from tests.factories.accounts import make_user
from tests.factories.packages import make_holders
from tests.factories.regions import make_province
from tumbuh.audit.models import Event
from tumbuh.verification.api import (
    ReviewMove,
    ReviewState,
    Tier,
    VerificationError,
    count_waiting_reviews,
    find_review,
    is_locked,
    list_states,
    list_verified,
    list_waiting_reviews,
    may_review,
    review_item,
    submit_item,
    withdraw_item,
)

KIND = "DOCUMENT"


@pytest.fixture
def regions(db):
    return make_province()


@pytest.fixture
def holders(regions):
    return make_holders(regions)


def put_forward(by, region, **more):
    return submit_item(by=by, kind=KIND, subject_id=uuid4(), region=region, **more)


def decide(by, review, move=ReviewMove.VERIFY, **more):
    return review_item(by=by, kind=KIND, subject_id=review.subject_id, move=move, **more)


@pytest.mark.parametrize(
    ("code", "tier"),
    [("91.01.01.2001", Tier.KECAMATAN), ("91.01.01", Tier.KABUPATEN), ("91.01", Tier.PROVINSI), ("91", Tier.PROVINSI)],
)
def test_the_level_above_reviews(regions, holders, code, tier):
    review = put_forward(holders[Tier.DESA], regions[code])
    assert review.tier == tier
    assert decide(holders[tier], review).state == ReviewState.VERIFIED
    for other in set(holders) - {tier}:
        with pytest.raises(VerificationError) as refusal:
            decide(holders[other], put_forward(make_user(f"p{other}"), regions[code]))
        assert refusal.value.code == "verification.not_yours"


def test_nobody_reviews_what_they_made(regions, holders):
    review = put_forward(holders[Tier.DESA], regions["91.01.01.2001"], makers=[holders[Tier.KECAMATAN].pk])
    with pytest.raises(VerificationError) as refusal:
        decide(holders[Tier.KECAMATAN], review)
    assert refusal.value.code == "verification.own_work"
    assert count_waiting_reviews(holders[Tier.KECAMATAN]) == 0


def test_submitting_twice_is_one_event(regions, holders):
    review = put_forward(holders[Tier.DESA], regions["91.01.01.2001"])
    again = submit_item(by=holders[Tier.DESA], kind=KIND, subject_id=review.subject_id, region=review.region)
    assert (again.pk, again.version) == (review.pk, 1)
    assert Event.objects.filter(action="verification.item.submit").count() == 1


def test_the_way_of_a_returned_thing(regions, holders):
    desa, kecamatan = holders[Tier.DESA], holders[Tier.KECAMATAN]
    review = put_forward(desa, regions["91.01.01.2001"])
    assert list(list_waiting_reviews(kecamatan)) == [review]
    assert may_review(kecamatan, review)
    assert not may_review(desa, review)
    decide(kecamatan, review, ReviewMove.RETURN, reason="tanpa tanda tangan")
    assert not is_locked(KIND, review.subject_id)
    submit_item(by=desa, kind=KIND, subject_id=review.subject_id, region=review.region)
    decide(kecamatan, review)
    assert is_locked(KIND, review.subject_id)
    assert list(list_verified(KIND)) == [review.subject_id]
    decide(kecamatan, review, ReviewMove.UNAPPROVE, reason="tahun lain")
    withdraw_item(by=desa, kind=KIND, subject_id=review.subject_id)
    assert list_states(KIND, [review.subject_id, uuid4()]) == {review.subject_id: ReviewState.WITHDRAWN}
    steps = find_review(KIND, review.subject_id).steps.values_list("move", "role")
    assert [move for move, _role in steps] == ["SUBMIT", "RETURN", "SUBMIT", "VERIFY", "UNAPPROVE", "WITHDRAW"]
    assert {role for move, role in steps if move == "VERIFY"} == {"KECAMATAN_VERIFIER"}
    events = Event.objects.filter(object_id=str(review.subject_id))
    assert events.count() == 6
    assert set(events.values_list("region_id", flat=True)) == {review.region_id}


def test_an_old_page_decides_nothing(regions, holders):
    review = put_forward(holders[Tier.DESA], regions["91.01.01.2001"])
    with pytest.raises(VerificationError) as refusal:
        decide(holders[Tier.KECAMATAN], review, version=0)
    assert refusal.value.code == "verification.stale"


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once(regions, holders):
    review = put_forward(holders[Tier.DESA], regions["91.01.01.2001"])
    said, gate = [], threading.Barrier(2)

    def press():
        gate.wait()
        try:
            said.append(decide(holders[Tier.KECAMATAN], review).state)
        except VerificationError as error:
            said.append(error.code)
        finally:
            connection.close()

    both = [threading.Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(said) == ["VERIFIED", "verification.move"]
