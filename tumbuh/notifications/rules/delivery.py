"""When a message is tried again, when nobody tries any more, and how a gateway knows that it is from us."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

PAUSES = (1, 5, 15, 60, 180, 360, 720, 1440)  # minutes after the first, second, … failed try
FAILURES_TO_REST = 5
REST = timedelta(minutes=5)
MOST_SECONDS_OLD = 300  # of a signed request; a gateway refuses older ones


def find_next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after that many tries; None when it has been tried often enough."""
    return now + timedelta(minutes=PAUSES[attempts - 1]) if attempts <= len(PAUSES) else None


def find_rest(failures: int, now: datetime) -> datetime | None:
    """Until when a way out rests after that many failures in a row; None while it goes on."""
    return now + REST if failures >= FAILURES_TO_REST else None


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a request: HMAC-SHA256 over timestamp, a point and the body."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256).hexdigest()


def is_signed(secret: str, timestamp: str, body: bytes, signature: str, *, now: float) -> bool:
    """Whether a gateway should believe the request: signed with the secret, and not an old one sent once more."""
    if not timestamp.isdecimal() or abs(now - int(timestamp)) > MOST_SECONDS_OLD:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body), signature)
