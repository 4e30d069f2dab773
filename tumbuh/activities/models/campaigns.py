"""Surveys of exposure and understanding before and after a campaign."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from tumbuh.activities.models.planning import Activity
from tumbuh.activities.rules import Wave


class Survey(models.Model):
    """One wave of a version of an instrument: respondents, and by question how many said yes or answered rightly."""

    personal_data: dict[str, str] = {}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="surveys")
    instrument = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    wave = models.CharField(max_length=4, choices=Wave)
    held_on = models.DateField()
    respondents = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["instrument", "version", "-wave"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "instrument", "version", "wave"], name="survey_once"),
            models.CheckConstraint(name="survey_asked", condition=Q(respondents__gt=0, wave__in=Wave.values)),
        ]
