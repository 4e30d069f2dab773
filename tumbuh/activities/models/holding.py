"""What was written down of an activity: people, minutes, decisions, follow-ups, findings, photos."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from tumbuh.accounts.api import Institution
from tumbuh.activities.models.invitees import Invitee
from tumbuh.activities.models.planning import Activity
from tumbuh.activities.rules import FollowUpState, Part, Sex
from tumbuh.regions.api import Region


class Participant(models.Model):
    """Somebody who came, upon an invitation or without one, or who was expected and did not come."""

    personal_data = {"name": "name", "institution": "where somebody works", "sex": "sex", "part": "part in a meeting"}
    scoped_by = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    name = models.CharField(max_length=120)
    institution = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, choices=Sex)
    part = models.CharField(max_length=12, choices=Part, default=Part.PARTICIPANT)
    is_present = models.BooleanField(default=True)
    invitee = models.OneToOneField(
        Invitee, models.SET_NULL, null=True, blank=True, related_name="attendance",
        help_text="The invitation upon which they came, perhaps in somebody's stead.",
    )  # fmt: skip

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="participant_codes", condition=Q(sex__in=Sex.values, part__in=Part.values))
        ]


class Minutes(models.Model):
    """A version of the minutes: the texts by section of the kind's template. The newest counts, none is changed."""

    personal_data = {"sections": "may name people"}
    scoped_by = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="minutes")
    version = models.PositiveIntegerField()
    sections = models.JSONField(default=dict)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "minutes"
        constraints = [models.UniqueConstraint(fields=["activity", "version"], name="minutes_version_once")]


class Decision(models.Model):
    """What was decided, in the order in which it was."""

    personal_data = {"text": "may name people"}
    scoped_by = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="decision_number_once")]


class FollowUp(models.Model):
    """What is to be done after an activity, by whom (an institution or a region, no person) and until when."""

    personal_data: dict[str, str] = {}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="follow_ups")
    text = models.CharField(max_length=500)
    owner_name = models.CharField(max_length=200, blank=True)
    owner_institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    owner_region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=FollowUpState, default=FollowUpState.OPEN)
    outcome = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["state", "due_on"], name="follow_up_due")]
        constraints = [
            models.UniqueConstraint(fields=["activity", "text"], name="follow_up_once"),
            models.CheckConstraint(
                name="follow_up_owned",
                condition=~Q(owner_name="") | Q(owner_region__isnull=False) | Q(owner_institution__isnull=False),
            ),
            models.CheckConstraint(
                name="follow_up_closed",
                condition=Q(state=FollowUpState.OPEN, closed_on__isnull=True)
                | (Q(state__in=[FollowUpState.DONE, FollowUpState.DROPPED], closed_on__isnull=False) & ~Q(outcome="")),
            ),
        ]


class Finding(models.Model):
    """What guidance or supervision found; its recommendation is a follow-up with owner, day and state."""

    personal_data: dict[str, str] = {}

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="findings")
    text = models.CharField(max_length=1000)
    follow_up = models.OneToOneField(FollowUp, models.CASCADE, related_name="finding")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "text"], name="finding_once")]


class Photo(models.Model):
    """A photo of an activity, drawn anew without what the camera wrote into it."""

    personal_data = {"image": "shows people", "caption": "may name people"}
    scoped_by = "activity"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photos")
    image = models.FileField(upload_to="activities/")
    caption = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, help_text="Of the file as it was sent: the same one twice is kept once.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "sha256"], name="photo_once")]
