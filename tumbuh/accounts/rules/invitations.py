"""Tokens of invitations: 256 bits that only the server can compute, looked up by digest."""

from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from django.utils.crypto import salted_hmac


class Open(Protocol):
    """What of an invitation decides whether it can be used."""

    expires_at: datetime
    used_at: datetime | None
    void_at: datetime | None


def make_token(key: UUID) -> str:
    """The token of the invitation with this key; it changes with the server's secret, which then voids them all."""
    digest = salted_hmac("tumbuh.accounts.invitation", key.hex, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hash_token(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def can_accept(invitation: Open, now: datetime) -> bool:
    """Whether the invitation is still good for a password."""
    return invitation.used_at is None and invitation.void_at is None and now < invitation.expires_at
