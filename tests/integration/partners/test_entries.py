"""Recording, changing, voiding, putting forward: by whom, once, and not after the review began."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tests.factories.partners import (
    make_agreement_details,
    make_contribution_details,
    make_csr_details,
    make_details,
    make_institution,
    make_research_details,
)
from tumbuh.accounts.api import InstitutionKind
from tumbuh.audit.models import Event
from tumbuh.partners.api import (
    ITEM,
    ClosedError,
    CsrState,
    DetailsError,
    Kind,
    NotYoursError,
    TakenError,
    change_entry,
    find_kind,
    find_reach,
    get_entry,
    list_entries,
    record_entry,
    submit_entry,
    void_entry,
    withdraw_entry,
)
from tumbuh.partners.models import CsrProgramme
from tumbuh.verification.api import ReviewMove, VerificationError, review_item

WRITTEN = [Kind.AGREEMENT, Kind.CSR, Kind.RESEARCH, Kind.CONTRIBUTION]


def record(people, kind=Kind.CSR, by=None, **more):
    details = make_details(kind, people.business, people.university)
    return record_entry(by=by or people.hulu, region=people.regions["91.01"], details=details, **more)


def verify(people, entry, move=ReviewMove.VERIFY, **more):
    return review_item(by=people.reviewer, kind=ITEM, subject_id=entry.public_id, move=move, **more)


@pytest.mark.parametrize("kind", WRITTEN)
def test_recorded_once_with_one_event(people, kind):
    key = uuid4()
    first, again = (record(people, kind, public_id=key) for _ in range(2))
    assert first == again
    assert first.writers == [people.hulu.pk]
    event = Event.objects.get(object_id=str(key))
    assert (event.action, event.region_id) == ("partners.recorded", people.regions["91.01"].pk)
    assert "Telur" not in str(event.after) and "Pangan" not in str(event.after)
    assert find_kind(key) == kind
    assert find_kind(uuid4()) is None


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("who", ["hilir", "reader", "reviewer", "partner"])
def test_who_does_not_manage_the_region_records_nothing(people, kind, who):
    if (kind, who) == (Kind.CONTRIBUTION, "partner"):
        assert record(people, kind, by=people.partner).institution == people.business
        return
    with pytest.raises(NotYoursError):
        record(people, kind, by=getattr(people, who))


@pytest.mark.parametrize("who", ["province", "officer"])
def test_the_province_records_below(people, who):
    assert record(people, by=getattr(people, who)).region == people.regions["91.01"]


def test_a_partner_writes_of_its_own_institution_in_its_region_only(people):
    other = make_institution(people.regions["91.01"], "PT Lain")
    with pytest.raises(NotYoursError):
        record_entry(
            by=people.partner, region=people.regions["91.01"], details=make_contribution_details(other)
        )  # fmt: skip
    with pytest.raises(NotYoursError):
        record_entry(
            by=people.partner, region=people.regions["91.02"], details=make_contribution_details(people.business)
        )
    mine = record(people, Kind.CONTRIBUTION, by=people.partner)
    with pytest.raises(NotYoursError):  # it may not be handed to somebody else's institution
        change_entry(by=people.partner, public_id=mine.public_id, details=make_contribution_details(other))


def test_the_same_once_more_is_taken(people):
    for kind in (Kind.AGREEMENT, Kind.CSR, Kind.RESEARCH):
        record(people, kind)
        with pytest.raises(TakenError):
            record(people, kind)


def test_changed_with_one_event_and_the_same_again_is_none(people):
    entry = record(people)
    wanted = make_csr_details(people.business, state=CsrState.DONE, reach=120, realised_idr=200_000_000)
    for _ in range(2):
        changed = change_entry(by=people.officer, public_id=entry.public_id, details=wanted)
    assert (changed.state, changed.reach) == (CsrState.DONE, 120)
    assert set(changed.writers) == {people.hulu.pk, people.officer.pk}
    assert Event.objects.filter(action="partners.changed").count() == 1


def test_links_change_too(people):
    entry = record(people, Kind.AGREEMENT)
    third = make_institution(people.regions["91"], "Ikatan Bidan", InstitutionKind.PARTNER)
    wanted = make_agreement_details(people.business, people.university, third)
    change_entry(by=people.hulu, public_id=entry.public_id, details=wanted)
    assert set(entry.parties.all()) == {people.business, people.university, third}
    assert Event.objects.filter(action="partners.changed").count() == 1


REFUSED = [
    lambda p: make_csr_details(p.university),
    lambda p: make_csr_details(p.business, places=(p.regions["91.02"].pk,)),
    lambda p: replace(make_csr_details(p.business), partner_id=0),
    lambda p: make_research_details(p.university, indicator="tidak-ada"),
    lambda p: make_research_details(p.university, recommendation=""),
    lambda p: make_agreement_details(p.business),
    lambda p: make_contribution_details(p.business, amount_idr=None),
]


@pytest.mark.parametrize("make", REFUSED)
def test_what_is_not_whole_is_refused(people, make):
    with pytest.raises(DetailsError):
        record_entry(by=people.hulu, region=people.regions["91.01"], details=make(people))
    assert Event.objects.filter(action="partners.recorded").count() == 0


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_was_put_forward_does_not_change(people, kind):
    entry = record(people, kind)
    details = replace(make_details(kind, people.business, people.university), **{
        "purpose" if kind == Kind.CONTRIBUTION else "title": "Lain"
    })  # fmt: skip
    submit_entry(by=people.hulu, kind=kind, public_id=entry.public_id)
    for _step in range(2):
        with pytest.raises(ClosedError):
            change_entry(by=people.hulu, public_id=entry.public_id, details=details)
        with pytest.raises(ClosedError):
            void_entry(by=people.hulu, kind=kind, public_id=entry.public_id, reason="keliru")
        if _step == 0:
            verify(people, entry)
    verify(people, entry, ReviewMove.UNAPPROVE, reason="tanpa tanda tangan")
    change_entry(by=people.hulu, public_id=entry.public_id, details=details)


def test_taken_back_it_opens_again(people):
    entry = record(people)
    submit_entry(by=people.hulu, kind=Kind.CSR, public_id=entry.public_id)
    with pytest.raises(NotYoursError):
        withdraw_entry(by=people.hilir, kind=Kind.CSR, public_id=entry.public_id)
    withdraw_entry(by=people.hulu, kind=Kind.CSR, public_id=entry.public_id)
    void_entry(by=people.hulu, kind=Kind.CSR, public_id=entry.public_id, reason="tercatat dua kali")
    assert not list_entries(Kind.CSR, find_reach(people.hulu)).exists()
    record(people)  # and the same may be recorded anew


def test_nobody_reviews_what_they_wrote(people):
    people.hulu.assignments.create(role="PROVINSI_VERIFIER", region=people.regions["91"], valid_from=date(2025, 1, 1))
    entry = record(people, by=people.officer)
    change_entry(by=people.hulu, public_id=entry.public_id, details=make_csr_details(people.business, reach=3))
    submit_entry(by=people.officer, kind=Kind.CSR, public_id=entry.public_id)
    with pytest.raises(VerificationError):
        review_item(by=people.hulu, kind=ITEM, subject_id=entry.public_id, move=ReviewMove.VERIFY)


def test_who_sees_what(people):
    """Before its review readers of the region and the partner itself, afterwards everybody, without its details."""
    from django.contrib.auth.models import AnonymousUser

    entry = record(people)
    seen = {"hulu": True, "reader": True, "partner": True, "province": True, "hilir": False}
    for who, is_seen in seen.items():
        assert list_entries(Kind.CSR, find_reach(getattr(people, who))).exists() == is_seen, who
    with pytest.raises(CsrProgramme.DoesNotExist):
        get_entry(Kind.CSR, find_reach(people.hilir), entry.public_id)
    submit_entry(by=people.hulu, kind=Kind.CSR, public_id=entry.public_id)
    verify(people, entry)
    for who, is_whole in (("hilir", False), ("reader", True), ("partner", True)):
        assert get_entry(Kind.CSR, find_reach(getattr(people, who)), entry.public_id).is_open_to == is_whole
    assert not get_entry(Kind.CSR, find_reach(AnonymousUser()), entry.public_id).is_open_to


def test_contributions_are_never_public(people):
    from django.contrib.auth.models import AnonymousUser

    entry = record(people, Kind.CONTRIBUTION)
    submit_entry(by=people.hulu, kind=Kind.CONTRIBUTION, public_id=entry.public_id)
    verify(people, entry)
    assert not list_entries(Kind.CONTRIBUTION, find_reach(AnonymousUser())).exists()
