"""The database itself refuses to change what waits for its review or was verified."""

import pytest
from django.db import DatabaseError, transaction

from tests.factories.partners import hand_in, make_details
from tumbuh.partners.api import ITEM, Kind, Semester, record_entry, submit_entry
from tumbuh.verification.api import ReviewMove, review_item

LINKS = {Kind.AGREEMENT: "parties", Kind.CSR: "places", Kind.RESEARCH: "institutions"}


def refuses(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        return "waits for its review" in str(error)
    return False


def put_forward(people, kind):
    if kind == Kind.REPORT:
        return hand_in(people.partner, people.business, Semester(2026, 1))
    details = make_details(kind, people.business, people.university)
    entry = record_entry(by=people.hulu, region=people.regions["91.01"], details=details)
    submit_entry(by=people.hulu, kind=kind, public_id=entry.public_id)
    return entry


def list_changes(people, kind, entry):
    """Every way to write around the actions."""
    rows = type(entry).objects.filter(pk=entry.pk)
    changes = [lambda: rows.update(void_reason="lain"), rows.delete]
    if kind in LINKS:
        links = getattr(entry, LINKS[kind])
        other = people.regions["91.01.01"] if kind == Kind.CSR else people.university
        more = people.regions["91.01.02"] if kind == Kind.CSR else people.business
        changes += [lambda: links.set([other, more]), lambda: links.set([more])]
    return changes


@pytest.mark.parametrize("kind", [*LINKS, Kind.CONTRIBUTION, Kind.REPORT])
def test_nothing_changes_until_it_is_returned(people, kind):
    entry = put_forward(people, kind)
    changes = list_changes(people, kind, entry)
    assert [refuses(change) for change in changes[:2]] == [True, True]
    assert any(refuses(change) for change in changes[2:]) == (kind in LINKS)
    review_item(by=people.reviewer, kind=ITEM, subject_id=entry.public_id, move=ReviewMove.VERIFY)
    assert refuses(changes[0])
    move = ReviewMove.UNAPPROVE
    review_item(by=people.reviewer, kind=ITEM, subject_id=entry.public_id, move=move, reason="keliru")
    assert not any(refuses(change) for change in [changes[0], *changes[2:]])
