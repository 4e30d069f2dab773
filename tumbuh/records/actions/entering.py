"""What is said at entry of people who look alike. It decides nothing: whoever decides on the pair reads it."""

from collections.abc import Sequence

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.records.errors import ReasonMissingError
from tumbuh.records.models import DuplicateCandidate, Person
from tumbuh.records.queries.duplicates import Similar
from tumbuh.records.rules import ASK_FROM


@transaction.atomic
def note_apart(*, by: User, person: Person, alike: Sequence[Similar], reason: str) -> None:
    """`person` was entered as somebody new although `alike` were shown, and why.

    Pairs sure enough to be asked about are asked about at once, with what was said. Saying it again changes nothing.
    """
    if not reason.strip():
        raise ReasonMissingError
    pairs = [write_pair(by, person, one, reason.strip()) for one in alike if one.probability >= ASK_FROM]
    DuplicateCandidate.objects.bulk_create(pairs, ignore_conflicts=True)
    names = Person.objects.filter(pk__in=[one.person_id for one in alike]).values_list("public_id", flat=True)
    record_event(
        by=by, action="records.people.said_apart", object_kind="person", object_id=person.public_id,
        after={"alike": sorted(map(str, names))}, reason=reason.strip(), region_id=person.desa_id,
    )  # fmt: skip


def write_pair(by: User, person: Person, one: Similar, reason: str) -> DuplicateCandidate:
    first, second = sorted((person.pk, one.person_id))
    return DuplicateCandidate(
        one_id=first, other_id=second, probability=round(one.probability, 6), levels=one.levels, fingerprint=b"",
        said=reason[:200], said_by=by,
    )  # fmt: skip
