"""Invitations: how somebody gets to the first password of an account."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tumbuh.accounts.models.batches import AccountBatch
from tumbuh.accounts.models.users import User


class Invitation(models.Model):
    """May be used once, before it expires. The token itself is kept nowhere: it is computed from the key and a secret
    outside the database, and only its digest is stored."""

    personal_data: dict[str, str] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    batch = models.ForeignKey(AccountBatch, models.SET_NULL, null=True, related_name="invitations")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at__isnull=True, void_at__isnull=True), name="invitation_open_once"
            )
        ]
