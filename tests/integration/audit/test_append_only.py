"""The trail is only added to, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from tumbuh.audit.api import SYSTEM, Event, record_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return record_event(by=SYSTEM, action="test.done", object_kind="thing", object_id=1, after={"n": 1})


def test_an_event_is_kept_as_it_was_given(event):
    kept = Event.objects.get()
    assert (kept.actor_name, kept.action, kept.object_id, kept.after) == ("sistem", "test.done", "1", {"n": 1})


@pytest.mark.parametrize("change", [lambda e: e.delete(), lambda e: Event.objects.filter(pk=e.pk).update(reason="x")])
def test_an_event_cannot_be_changed_or_deleted(event, change):
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        change(event)
    assert Event.objects.get().reason == ""


def test_the_trail_cannot_be_truncated(event):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_truncate")
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event")
    assert Event.objects.count() == 1
