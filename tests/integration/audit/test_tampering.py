"""Whatever is done to the trail behind our back is found, and the first bad event is named."""

import json
import random
from datetime import date

import pytest
from django.db import transaction

from tests.integration.audit.tampering import WAYS, bend
from tests.integration.audit.test_chain import KEY, add, link_now
from tumbuh.audit.api import Event, make_anchor, verify_trail
from tumbuh.audit.queries import checking

pytestmark = pytest.mark.django_db
FAST, MANY = 60, 1000


@pytest.fixture
def trail(tmp_path):
    """Forty events under two anchors; the folder of the anchors."""
    for number in range(40):
        add(number, region_id=9101, after={"n": number} if number % 3 else None, reason="r" * (number % 4))
        if number == 20:
            link_now()
            make_anchor(day=date(2026, 3, 1), folder=tmp_path, key=KEY)
    link_now()
    make_anchor(day=date(2026, 3, 2), folder=tmp_path, key=KEY)
    return tmp_path


def try_many(trail, number: int) -> list[tuple[int, str, str]]:
    """Each tampering in turn, taken back afterwards; those that were not found."""
    ids = list(Event.objects.values_list("pk", flat=True))
    missed = []
    for seed in range(number):
        way = WAYS[seed % len(WAYS)]
        statements = way(random.Random(seed), ids)
        with transaction.atomic():
            bend(statements)
            if verify_trail(folder=trail, key=KEY).problem is None:
                missed.append((seed, way.__name__, statements))
            transaction.set_rollback(True)
    assert verify_trail(folder=trail, key=KEY).problem is None
    return missed


def test_tamperings_are_found(trail):
    assert try_many(trail, FAST) == []


@pytest.mark.slow
def test_a_thousand_tamperings_are_found(trail):
    assert try_many(trail, MANY) == []


def test_tamperings_are_found_across_the_steps_of_the_check(trail, monkeypatch):
    monkeypatch.setattr(checking, "STEP", 7)
    assert verify_trail(folder=trail, key=KEY).checked == 40
    assert try_many(trail, FAST) == []


@pytest.mark.parametrize(
    ("statements", "code", "sequence"),
    [
        ("UPDATE audit_event SET actor_name = 'x' WHERE id = {7}", "EVENT_CHANGED", 7),
        ("DELETE FROM audit_event WHERE id IN ({9}, {12})", "EVENT_DELETED", 9),
        ("DELETE FROM audit_event WHERE id = {9}; DELETE FROM audit_link WHERE sequence = 9", "LINK_MISSING", 10),
        ("UPDATE audit_link SET previous = '' WHERE sequence = 5", "ORDER_CHANGED", 5),
        (
            "DELETE FROM audit_event WHERE id >= {30}; DELETE FROM audit_link WHERE sequence >= 30",
            "TRAIL_SHORTENED",
            40,
        ),
    ],
)
def test_the_first_bad_event_is_named(trail, statements, code, sequence):
    ids = [0, *Event.objects.values_list("pk", flat=True)]
    bend(statements.format(*ids))
    problem = verify_trail(folder=trail, key=KEY).problem
    assert (problem.code, problem.sequence) == (code, sequence)


def damage_text(path):
    path.write_text(path.read_text().replace('"count": ', '"count": 1'))


def forge(path):
    """Another number with a signature that a wrong key made."""
    found = json.loads(path.read_text())
    path.write_text(json.dumps({**found, "signature": "0" * 64}))


@pytest.mark.parametrize("name", ["2026-03-01.json", "2026-03-02.json"])
@pytest.mark.parametrize("change", [damage_text, forge, lambda path: path.write_text("{"), lambda path: path.unlink()])
def test_a_changed_or_missing_anchor_is_found(trail, name, change):
    path = trail / name
    path.chmod(0o600)
    change(path)
    assert verify_trail(folder=trail, key=KEY).problem.code.startswith("ANCHOR_")


def test_another_key_trusts_no_anchor(trail):
    assert verify_trail(folder=trail, key="another").problem.code == "ANCHOR_CHANGED"
