"""Invitations that can still be used."""

from django.db.models import QuerySet
from django.utils import timezone

from tumbuh.accounts.models import Invitation, User
from tumbuh.accounts.rules import can_accept, hash_token


def list_open_invitations(made_by: User) -> QuerySet[Invitation]:
    """Those that this administrator made and nobody has used yet, in the order of regions and names."""
    found = Invitation.objects.filter(
        made_by=made_by, used_at__isnull=True, void_at__isnull=True, expires_at__gt=timezone.now(),
        user__is_active=True,
    )  # fmt: skip
    return found.select_related("user").prefetch_related("user__assignments__region").order_by("user__username")


def find_invitation(token: str) -> Invitation | None:
    """The invitation of this token when it can still be used, with its user; None for every other token."""
    found = Invitation.objects.select_related("user").filter(token_hash=hash_token(token)).first()
    if found is None or not found.user.is_active or not can_accept(found, timezone.now()):
        return None
    return found
