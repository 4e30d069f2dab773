"""The standard report of a partner."""

from django.db import models
from django.db.models import Q

from tumbuh.accounts.api import Institution
from tumbuh.partners.models.entries import VALID, Entry


class PartnerReport(Entry):
    """What a partner reports of a semester. `figures` are frozen when it is handed in; `submitted_at` is the first
    time, from which it has its receipt."""

    personal_data = {"sections": "may name people"}

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="partner_reports")
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    sections = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-year", "-half", "institution__name"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "year", "half"], condition=VALID, name="report_once"),
            models.UniqueConstraint(fields=["receipt"], condition=~Q(receipt=""), name="receipt_once"),
            models.CheckConstraint(name="report_half", condition=Q(half__in=[1, 2])),
            models.CheckConstraint(
                name="report_receipt",
                condition=Q(submitted_at__isnull=True, receipt="") | (Q(submitted_at__isnull=False) & ~Q(receipt="")),
            ),
        ]
