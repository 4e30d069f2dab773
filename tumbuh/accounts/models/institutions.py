"""Institutions: for whom somebody holds a role."""

from django.db import models
from django.db.models import F, Q

from tumbuh.accounts.rules import InstitutionKind
from tumbuh.regions.api import Region


class Institution(models.Model):
    """An agency, team, puskesmas or partner of one region, for a time. `code` tells which it is among those of its
    region; those of the list have the list's own code."""

    personal_data: dict[str, str] = {}

    code = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    aliases = models.JSONField(default=list, help_text="Other names by which texts call it.")
    kind = models.CharField(max_length=12, choices=InstitutionKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["region_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="institution_once"),
            models.CheckConstraint(
                name="institution_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name
