"""The analysis of a region's situation in a year: barriers that were noted, and conclusions with their figures."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tumbuh.accounts.api import Institution
from tumbuh.regions.api import Region


class Barrier(models.Model):
    """Why a service does not reach a target group. A change is a new row; what stood before ends and is kept."""

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    target_group = models.CharField(max_length=20)
    service = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, help_text="A kind of definitions/programme/barriers.yaml.")
    text = models.CharField(max_length=1000)
    evidence = models.CharField(max_length=500)
    proposal = models.CharField(max_length=500)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was withdrawn; empty where it was changed.")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["region", "year"], name="barrier_region_year")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year} {self.target_group}/{self.service} {self.kind}"


class SituationAnalysis(models.Model):
    """A concluded analysis: the figures and barriers as they were seen then. Reopened, it is kept, and a later
    conclusion is another row."""

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    month = models.DateField(help_text="The month whose figures it holds.")
    is_official = models.BooleanField()
    content = models.JSONField(help_text="Counts of people and words about them, no person.")
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField()
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was reopened.")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "situation analyses"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year"], condition=Q(reopened_at__isnull=True), name="situation_one_concluded"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year}"
