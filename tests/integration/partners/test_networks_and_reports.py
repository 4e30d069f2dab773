"""Members of networks; the standard report, its receipt, its frozen figures, who is late; what counts as evidence."""

from datetime import date

import pytest

from tests.factories.partners import (
    TEXTS,
    hand_in,
    join_network,
    make_agreement_details,
    make_contribution_details,
    make_csr_details,
    make_research_details,
)
from tumbuh.audit.models import Event
from tumbuh.partners.api import (
    ITEM,
    ClosedError,
    CsrState,
    DetailsError,
    Kind,
    NetworkCode,
    NotYoursError,
    ReportError,
    Semester,
    Sought,
    begin_report,
    end_membership,
    find_reach,
    list_memberships,
    list_partners,
    list_partnerships,
    list_titles,
    read_board,
    record_entry,
    submit_entry,
    submit_report,
    withdraw_entry,
    write_report,
)
from tumbuh.partners.models import Network, PartnerReport
from tumbuh.regions.api import get_span
from tumbuh.verification.api import ReviewMove, review_item

FIRST = Semester(2026, 1)
TODAY = date(2026, 11, 24)


def verify(people, public_id):
    review_item(by=people.reviewer, kind=ITEM, subject_id=public_id, move=ReviewMove.VERIFY)


def test_a_member_once(people):
    first, again = (join_network(people.hulu, people.business, contact_role="Manajer CSR") for _ in range(2))
    assert first == again
    assert Network.objects.count() == 1
    assert Event.objects.filter(action="partners.member_added").count() == 1
    for _ in range(2):
        end_membership(by=people.hulu, membership_id=first.pk, until=date(2026, 3, 1))
    assert Event.objects.filter(action="partners.member_ended").count() == 1
    assert not list_memberships(on=date(2026, 3, 2)).exists()
    with pytest.raises(DetailsError):
        join_network(people.hulu, people.business, since=date(2026, 2, 1))
    assert join_network(people.hulu, people.business, since=date(2026, 4, 1)) != first


@pytest.mark.parametrize("contact", ["0812 3456", "csr@contoh.id"])
def test_no_numbers_and_addresses_of_contacts(people, contact):
    with pytest.raises(DetailsError):
        join_network(people.hulu, people.business, contact_role=contact)


def test_members_are_managed_in_the_region(people):
    for who in (people.hilir, people.partner, people.reader):
        with pytest.raises(NotYoursError):
            join_network(who, people.business)
    held = join_network(people.hulu, people.business)
    with pytest.raises(NotYoursError):
        end_membership(by=people.hilir, membership_id=held.pk, until=TODAY)
    with pytest.raises(NotYoursError):
        end_membership(by=people.hilir, membership_id=0, until=TODAY)


def test_partners_of_everybody_and_of_officials(people):
    from django.contrib.auth.models import AnonymousUser

    visitor = find_reach(AnonymousUser())
    assert list(list_partners(visitor)) == []
    assert list(list_partners(find_reach(people.hulu))) == [people.business]
    assert list(list_partners(find_reach(people.province))) == [people.business, people.university]
    join_network(people.hulu, people.business)
    assert list(list_partners(visitor)) == [people.business]
    assert list(list_partners(visitor, Sought(network=NetworkCode.MEDIA))) == []
    done = record_entry(
        by=people.officer, region=people.regions["91"], details=make_research_details(people.university)
    )
    submit_entry(by=people.officer, kind=Kind.RESEARCH, public_id=done.public_id)
    verify(people, done.public_id)
    assert list(list_partners(visitor, Sought(text="univ"))) == [people.university]


def test_the_report_of_a_partner(people):
    hulu = people.regions["91.01"]
    for details in (
        make_agreement_details(people.business, people.university),
        make_csr_details(people.business, state=CsrState.DONE, reach=120, realised_idr=200_000_000),
        make_contribution_details(people.business),
        make_contribution_details(people.business, given_on=date(2026, 7, 1)),  # of the next semester
    ):
        record_entry(by=people.hulu, region=hulu, details=details)
    report = begin_report(by=people.partner, institution=people.business, semester=FIRST)
    assert begin_report(by=people.partner, institution=people.business, semester=FIRST) == report
    with pytest.raises(ReportError):
        submit_report(by=people.partner, public_id=report.public_id)
    for _ in range(2):
        write_report(by=people.partner, public_id=report.public_id, texts=TEXTS)
    handed = [submit_report(by=people.partner, public_id=report.public_id) for _ in range(2)]
    assert handed[0].receipt == handed[1].receipt == f"LM-2026-1-{report.pk:05d}"
    expected = {
        "agreements": 1, "signed": 1, "programmes": 1, "pledged_idr": 250_000_000, "realised_idr": 200_000_000,
        "reach": 120, "research": 0, "contributions": 1, "contributed_idr": 40_000_000,
    }  # fmt: skip
    assert handed[1].figures == expected
    record_entry(
        by=people.hulu, region=hulu, details=make_contribution_details(people.business, given_on=date(2026, 6, 1))
    )
    assert PartnerReport.objects.get().figures == expected
    with pytest.raises(ClosedError):
        write_report(by=people.partner, public_id=report.public_id, texts={**TEXTS, "advice": "x"})
    told = [event.action for event in Event.objects.filter(object_id=str(report.public_id)).order_by("pk")]
    assert told == ["partners.report_begun", "partners.report_written", "verification.item.submit"]
    withdraw_entry(by=people.partner, kind=Kind.REPORT, public_id=report.public_id)
    write_report(by=people.partner, public_id=report.public_id, texts={**TEXTS, "advice": "Perbanyak ikan."})
    again = submit_report(by=people.partner, public_id=report.public_id)
    assert again.receipt == handed[0].receipt
    assert again.submitted_at == handed[0].submitted_at
    assert again.figures["contributions"] == 2


def test_reports_of_others_are_not_ones_own(people):
    with pytest.raises(NotYoursError):
        begin_report(by=people.partner, institution=people.university, semester=FIRST)
    with pytest.raises(NotYoursError):
        begin_report(by=people.reader, institution=people.business, semester=FIRST)
    with pytest.raises(ReportError):
        begin_report(by=people.partner, institution=people.business, semester=Semester(2100, 1))
    report = begin_report(by=people.hulu, institution=people.business, semester=FIRST)
    with pytest.raises(NotYoursError):
        write_report(by=people.hilir, public_id=report.public_id, texts=TEXTS)


def test_who_is_late(people):
    join_network(people.hulu, people.business)
    join_network(people.officer, people.university, NetworkCode.GOVERNMENT)  # the state itself owes none
    reach = find_reach(people.province)
    on_time = read_board(reach, FIRST, today=date(2026, 7, 31))
    assert [(row.institution, row.is_late) for row in on_time.rows] == [(people.business, False)]
    assert [row.institution for row in read_board(reach, FIRST, today=date(2026, 8, 1)).late] == [people.business]
    report = hand_in(people.partner, people.business, FIRST)
    board = read_board(reach, FIRST, today=TODAY)
    assert (board.late, board.handed_in, board.due_on) == ([], 1, date(2026, 7, 31))
    review_item(
        by=people.reviewer, kind=ITEM, subject_id=report.public_id, move=ReviewMove.RETURN, reason="kurang jelas"
    )
    assert len(read_board(reach, FIRST, today=TODAY).late) == 1
    assert read_board(find_reach(people.hilir), FIRST, today=TODAY).rows == []


def test_an_idle_network_is_no_evidence(people):
    join_network(people.hulu, people.business)
    assert list_partnerships([Kind.NETWORK]) == []
    begin_report(by=people.partner, institution=people.business, semester=FIRST)
    assert list_partnerships([Kind.NETWORK]) == []
    report = hand_in(people.partner, people.business, FIRST)
    hand_in(people.partner, people.business, Semester(2026, 2))
    (found,) = list_partnerships([Kind.NETWORK])
    network = Network.objects.get()
    assert found[:4] == (network.public_id, Kind.NETWORK, network.region_id, 2026)
    assert not found.is_verified
    verify(people, report.public_id)
    (found,) = list_partnerships([Kind.NETWORK])
    assert found.is_verified
    withdraw = Semester(2025, 2)
    early = hand_in(people.partner, people.business, withdraw)
    assert [one.year for one in list_partnerships([Kind.NETWORK])] == [2025, 2026]
    withdraw_entry(by=people.partner, kind=Kind.REPORT, public_id=early.public_id)
    assert [one.year for one in list_partnerships([Kind.NETWORK])] == [2026]


def test_a_report_from_before_the_membership_does_not_make_it_active(people):
    join_network(people.hulu, people.business, since=date(2026, 7, 1))
    hand_in(people.partner, people.business, FIRST)
    assert list_partnerships([Kind.NETWORK]) == []
    hand_in(people.partner, people.business, Semester(2026, 2))
    assert len(list_partnerships([Kind.NETWORK])) == 1


def test_evidence_in_four_queries(people, django_assert_num_queries):
    hulu, province = people.regions["91.01"], people.regions["91"]
    join_network(people.hulu, people.business)
    hand_in(people.partner, people.business, FIRST)
    signed = record_entry(
        by=people.hulu, region=hulu, details=make_agreement_details(people.business, people.university)
    )
    record_entry(by=people.hulu, region=hulu, details=make_csr_details(people.business))
    record_entry(
        by=people.hulu, region=hulu, details=make_csr_details(people.business, title="b", state=CsrState.PLANNED)
    )
    record_entry(by=people.officer, region=province, details=make_research_details(people.university))
    unfinished = make_research_details(people.university, title="b", finished_on=None)
    record_entry(by=people.officer, region=province, details=unfinished)
    submit_entry(by=people.hulu, kind=Kind.AGREEMENT, public_id=signed.public_id)
    verify(people, signed.public_id)
    with django_assert_num_queries(4):
        found = list_partnerships()
    assert {(one.kind, one.variant) for one in found} == {
        (Kind.NETWORK, "BUSINESS"), (Kind.AGREEMENT, "PKS"), (Kind.CSR, "NUTRITION"), (Kind.RESEARCH, "JOINT"),
    }  # fmt: skip
    assert [one.public_id for one in found if one.is_verified] == [signed.public_id]
    assert [one.kind for one in found if one.is_waiting] == [Kind.NETWORK]
    both = list_partnerships(["CSR"], or_ids=[signed.public_id])
    assert {one.kind for one in both} == {Kind.CSR, Kind.AGREEMENT}
    assert [one.kind for one in list_partnerships(or_ids=[signed.public_id])] == [Kind.AGREEMENT]
    with django_assert_num_queries(1):
        titles = list_titles(one.public_id for one in found)
    assert titles[signed.public_id] == (signed.title, "Perjanjian")
    assert len(titles) == 3  # a network is no record with a page of its own
    assert {one.kind for one in list_partnerships(spans=[get_span("91.02")])} == set()
    assert {one.kind for one in list_partnerships(spans=[get_span("91.01")])} == set(Kind) - {
        Kind.RESEARCH, Kind.CONTRIBUTION, Kind.REPORT,
    }  # fmt: skip
    assert list_partnerships(spans=[]) == []
    assert list_partnerships(years=[2025]) == []
    assert [one.kind for one in list_partnerships(["CSR"], years=[2026])] == [Kind.CSR]


HELD = [  # member since, until; semester of the report; does it make the network active
    (date(2025, 1, 1), None, Semester(2026, 1), True),
    (date(2026, 6, 30), None, Semester(2026, 1), True),
    (date(2026, 7, 1), None, Semester(2026, 1), False),
    (date(2026, 12, 31), None, Semester(2026, 2), True),
    (date(2027, 1, 1), None, Semester(2026, 2), False),
    (date(2025, 1, 1), date(2025, 12, 31), Semester(2026, 1), False),
    (date(2025, 1, 1), date(2026, 1, 1), Semester(2026, 1), True),
    (date(2025, 1, 1), date(2026, 6, 30), Semester(2026, 2), False),
    (date(2025, 1, 1), date(2026, 7, 1), Semester(2026, 2), True),
]


@pytest.mark.parametrize(("since", "until", "semester", "is_active"), HELD)
def test_a_report_counts_where_the_membership_held_in_its_semester(people, since, until, semester, is_active):
    held = join_network(people.hulu, people.business, since=since)
    type(held).objects.update(until=until)
    hand_in(people.partner, people.business, semester)
    assert bool(list_partnerships([Kind.NETWORK])) == is_active
    assert is_active == (since <= semester.last_day and (until is None or until >= semester.first_day))
