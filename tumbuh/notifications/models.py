"""Notices, what people want to hear of and how, and messages that are on their way out.

Nothing here names a person: a notice holds region names, months and counts, a message the texts made of them.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tumbuh.notifications.rules import Channel, Link, Way


class Notice(models.Model):
    """Something that a user should know. `key` says what it is about: the same key never makes a second notice."""

    personal_data: dict[str, str] = {}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40, help_text="A code of definitions/notifications/kinds.yaml.")
    key = models.CharField(max_length=120)
    places = models.JSONField(default=dict, help_text="What stands in the kind's texts; never of a child.")
    count = models.PositiveIntegerField(default=1, help_text="How many things it gathers since it was last read.")
    channel = models.CharField(max_length=10, choices=Channel, help_text="As the user wanted it when it came.")
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    is_digested = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-told_at"], name="notice_newest"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(
                fields=["user"],
                name="notice_to_digest",
                condition=Q(read_at__isnull=True, is_digested=False, channel=Channel.DIGEST),
            ),
        ]


class Preference(models.Model):
    """How a user wants to hear of a kind, where it is not as the kind says."""

    personal_data: dict[str, str] = {}

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once")]


class Reader(models.Model):
    """In which language a user wants messages that leave the platform; without a row, Indonesian."""

    personal_data: dict[str, str] = {}

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")


class OutgoingMessage(models.Model):
    """A message to a user, written in the transaction that caused it and sent afterwards, at least once.

    `public_id` goes along: whoever gets the message twice knows it again. The address is looked up when it is sent.
    """

    personal_data: dict[str, str] = {}

    class State(models.TextChoices):
        WAITING = "WAITING", "Menunggu"
        SENT = "SENT", "Terkirim"
        FAILED = "FAILED", "Gagal"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    key = models.CharField(max_length=120, unique=True, help_text="What it is about; the same key is sent once.")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=10, choices=Link, blank=True, help_text="Made when it is sent; not in the body.")
    about = models.CharField(max_length=32, blank=True, db_index=True, help_text="Of what the link is: an invitation.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_try_at"], name="message_due", condition=Q(state="WAITING"))]


class Circuit(models.Model):
    """How a way out fares: after failures in a row it rests until `rests_until`, so that nothing hammers on it."""

    personal_data: dict[str, str] = {}

    way = models.CharField(max_length=10, choices=Way, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
