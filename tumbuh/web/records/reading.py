"""A child as its pages show it, and that it was read."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from tumbuh.accounts.api import READ_PEOPLE, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.api import Person, get_child, list_measurements, list_siblings
from tumbuh.web.records.pages import (
    describe_child,
    describe_siblings,
    describe_visits,
    is_grown,
    list_charts,
    read_aloud,
)


def find_person(request: HttpRequest, public_id: UUID) -> Person:
    """The child, when the user may read it; 404 otherwise."""
    try:
        return get_child(get_scope(request.user, READ_PEOPLE), public_id)
    except Person.DoesNotExist as error:
        raise Http404 from error


def record_reading(request: HttpRequest, action: str, person: Person, purpose: str) -> None:
    record_event(
        by=request.user, action=action, object_kind="person", object_id=person.public_id, reason=purpose,
        region_id=person.desa_id,
    )  # fmt: skip


def read_child(request: HttpRequest, person: Person, *, is_nik_shown: bool = False) -> dict[str, object]:
    """What the page of a child shows."""
    scope, today = get_scope(request.user, READ_PEOPLE), timezone.localdate()
    visits = list_measurements(scope, person)
    return {
        "person": person,
        "identity": describe_child(person, today, is_nik_shown=is_nik_shown),
        "may_show_nik": bool(person.nik_encrypted) and not is_nik_shown,
        "siblings": describe_siblings(list_siblings(scope, person), today),
        "visits": describe_visits(visits),
        "is_grown": is_grown(person, visits, today),
        "charts": [] if is_grown(person, visits, today) else list_charts(person, visits),
        "sentence": read_aloud(person, visits, today),
    }
