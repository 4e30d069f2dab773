"""The SUN networks of a region, and who belongs to them."""

import uuid

from django.db import models
from django.db.models import F, Q

from tumbuh.accounts.api import Institution
from tumbuh.partners.rules import NetworkCode
from tumbuh.regions.api import Region


class Network(models.Model):
    """One network of a region; made with its first member."""

    personal_data: dict[str, str] = {}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=13, choices=NetworkCode)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["region_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="network_once"),
            models.CheckConstraint(name="network_code", condition=Q(code__in=NetworkCode.values)),
        ]


class Membership(models.Model):
    """An institution belongs to a network for a time. `contact_role` is a position, never a name or a number."""

    personal_data: dict[str, str] = {}

    network = models.ForeignKey(Network, models.PROTECT, related_name="memberships")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="memberships")
    contact_role = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["network_id", "institution__name", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "institution"], condition=Q(until__isnull=True), name="membership_open_once"
            ),
            models.UniqueConstraint(fields=["network", "institution", "since"], name="membership_once"),
            models.CheckConstraint(
                name="membership_dates", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]  # fmt: skip
