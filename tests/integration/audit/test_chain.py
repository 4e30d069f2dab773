"""The chain: each event has its place when its transaction commits, whoever writes beside it."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from tumbuh.audit.api import SYSTEM, Anchor, Event, Link, make_anchor, record_event, verify_trail

KEY = "key of the test"


def add(number: int, **values) -> Event:
    return record_event(by=SYSTEM, action="test.done", object_kind="thing", object_id=number, **values)


def link_now() -> None:
    """What a commit does, inside a test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def write_json(value: dict | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def write_canonically(link: Link, event: Event) -> bytes:
    """The event as the chain hashes it, written a second time, slowly."""
    moment = round(event.recorded_at.timestamp() * 1_000_000)
    values = [
        link.sequence, event.pk, moment, event.actor_id, event.actor_name, event.role, event.action,
        event.object_kind, event.object_id, event.region_id, write_json(event.before), write_json(event.after),
        event.reason,
    ]  # fmt: skip
    return json.dumps(values, ensure_ascii=False).encode()


@pytest.mark.django_db
def test_a_hash_covers_every_field_and_the_hash_before():
    add(1, reason='alasan "é" \\ \n baris', region_id=9101, after={"n": 1})
    add(2, before={"a": [1.5, None, True]})
    link_now()
    before = bytes(32)
    for number, link in enumerate(Link.objects.order_by("sequence"), 1):
        event = Event.objects.get(pk=link.event_id)
        assert link.sequence == number and bytes(link.previous) == before
        before = bytes(link.hash)
        assert before == hashlib.sha256(bytes(link.previous) + write_canonically(link, event)).digest()
    assert number == 2


@pytest.mark.django_db
def test_the_check_covers_every_column(tmp_path):
    """A column added to the table and forgotten in the hash would be a hole."""
    columns = {field.column for field in Event._meta.concrete_fields}
    assert columns == {
        "id", "recorded_at", "actor_id", "actor_name", "role", "action", "object_kind", "object_id", "region_id",
        "before", "after", "reason",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_link VALUES (99, 99, '', '')",
        "UPDATE audit_link SET hash = ''",
        "DELETE FROM audit_link",
    ],
)
def test_nobody_else_writes_the_chain(statement):
    add(1)
    link_now()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_leave_one_whole_chain(tmp_path):
    def write(worker: int) -> None:
        try:
            for number in range(12):
                with transaction.atomic():
                    for event in range(1 + number % 3):
                        add(worker * 1000 + number * 10 + event)
                    if number % 5 == 4:
                        transaction.set_rollback(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    verdict = verify_trail(folder=tmp_path, key=KEY)
    assert verdict.problem is None
    assert verdict.checked == verdict.last == Event.objects.count() == Link.objects.count() > 100


@pytest.mark.django_db(transaction=True)
def test_an_open_transaction_keeps_nobody_waiting():
    """The lock is taken at commit: an event inside a long transaction does not stop other writers."""

    def write_beside() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            add(2)
        finally:
            connection.close()

    with transaction.atomic():
        add(1)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write_beside).result()
    by_sequence = [Event.objects.get(pk=link.event_id).object_id for link in Link.objects.order_by("sequence")]
    assert by_sequence == ["2", "1"]


@pytest.mark.django_db
def test_an_anchor_is_made_once_a_day_and_says_the_same_in_file_and_table(tmp_path):
    assert make_anchor(day=date(2026, 3, 1), folder=tmp_path, key=KEY) is None
    add(1)
    link_now()
    first = make_anchor(day=date(2026, 3, 1), folder=tmp_path, key=KEY)
    add(2)
    link_now()
    assert make_anchor(day=date(2026, 3, 1), folder=tmp_path, key=KEY).sequence == first.sequence == 1
    second = make_anchor(day=date(2026, 3, 2), folder=tmp_path, key=KEY)
    assert (second.sequence, second.previous_signature) == (2, first.signature)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-03-01.json", "2026-03-02.json"]
    add(3)
    link_now()
    verdict = verify_trail(folder=tmp_path, key=KEY)
    assert (verdict.problem, verdict.checked, verdict.anchors) == (None, 3, 2)
    verdict = verify_trail(folder=tmp_path, key=KEY, from_anchor=True)
    assert (verdict.problem, verdict.first, verdict.checked) == (None, 3, 1)


@pytest.mark.django_db
def test_an_anchor_whose_row_was_lost_with_the_server_gets_it_back(tmp_path):
    add(1)
    link_now()
    with transaction.atomic():
        made = make_anchor(day=date(2026, 3, 1), folder=tmp_path, key=KEY)
        transaction.set_rollback(True)
    assert not Anchor.objects.exists()
    assert make_anchor(day=date(2026, 3, 1), folder=tmp_path, key=KEY).signature == made.signature


def test_the_key_lies_outside_the_database():
    assert len(settings.ANCHOR_KEY) >= 32
