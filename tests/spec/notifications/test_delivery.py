"""When a message is tried again, when a way out rests, and what a gateway believes."""

from datetime import UTC, datetime, timedelta

import pytest

from tumbuh.notifications.rules import find_next_try, find_rest, is_signed, sign

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET, BODY = "rahasia-gerbang-pesan", b'{"text": "halo"}'


@pytest.mark.parametrize(
    "attempts,minutes",
    [(1, 1), (2, 5), (3, 15), (4, 60), (5, 180), (6, 360), (7, 720), (8, 1440), (9, None), (20, None)],
)
def test_pauses_grow_and_end(attempts, minutes):
    assert find_next_try(attempts, NOW) == (None if minutes is None else NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("failures,rests", [(0, False), (1, False), (4, False), (5, True), (6, True)])
def test_a_way_out_rests_after_five_failures_in_a_row(failures, rests):
    assert find_rest(failures, NOW) == (NOW + timedelta(minutes=5) if rests else None)


@pytest.mark.parametrize(
    "change,is_believed",
    [
        ({}, True),
        ({"body": b'{"text": "lain"}'}, False),
        ({"secret": "rahasia-orang-lain-1"}, False),
        ({"timestamp": "1764000001"}, False),
        ({"timestamp": ""}, False),
        ({"timestamp": "besok"}, False),
        ({"signature": "sha256="}, False),
        ({"now": 1764000000 + 300}, True),
        ({"now": 1764000000 + 301}, False),
        ({"now": 1764000000 - 301}, False),
    ],
)
def test_only_a_fresh_and_untouched_request_is_believed(change, is_believed):
    about = {
        "secret": SECRET, "timestamp": "1764000000", "body": BODY, "signature": sign(SECRET, "1764000000", BODY),
        "now": 1764000000,
    }  # fmt: skip
    assert is_signed(**{**about, **change}) is is_believed
