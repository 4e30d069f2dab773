"""What is planned: activities, series of one for many regions, and who follows the calendar from outside."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tumbuh.accounts.api import Institution
from tumbuh.activities.rules import Mode, State
from tumbuh.regions.api import Level, Region


class Series(models.Model):
    """One activity planned at once for all regions of a level below a region."""

    personal_data: dict[str, str] = {}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "series"


class Activity(models.Model):
    """A meeting, forum, training, campaign, visit or supervision of one region.

    `attended` and `attended_women` are the people present, counted when the record is written; `version` counts the
    changes of the plan, as calendars want it.
    """

    personal_data: dict[str, str] = {}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40, help_text="A code of definitions/activities/kinds.yaml.")
    title = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    organiser = models.CharField(max_length=200, blank=True, help_text="Where it is no institution of the list.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ONSITE)
    agenda = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    state_reason = models.TextField(blank=True)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="activities")
    reach = models.JSONField(default=dict, blank=True, help_text="Channel → people reached by a campaign.")
    version = models.PositiveIntegerField(default=0)
    attended = models.PositiveIntegerField(default=0)
    attended_women = models.PositiveIntegerField(default=0)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["region", "starts_at"], name="activity_region"),
            models.Index(fields=["kind", "state", "starts_at"], name="activity_kind"),
            models.Index(fields=["starts_at"], name="activity_starts"),
        ]
        constraints = [
            models.CheckConstraint(name="activity_times", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="activity_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="activity_mode", condition=Q(mode__in=Mode.values)),
            models.CheckConstraint(
                name="activity_cancelled", condition=~Q(state=State.CANCELLED) | ~Q(state_reason="")
            ),
            models.CheckConstraint(name="activity_women", condition=Q(attended_women__lte=F("attended"))),
            models.UniqueConstraint(fields=["series", "region"], name="activity_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.region_id} {self.starts_at:%Y-%m-%d}"


class CalendarFeed(models.Model):
    """Whose calendar programs may read their activities; raising `stamp` makes the former address useless."""

    personal_data: dict[str, str] = {}

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stamp = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
