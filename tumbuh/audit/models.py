"""The trail: who did what, when, to which object; the chain that holds it together; its anchors."""

from django.db import models


class Event(models.Model):
    """One thing that somebody did. Only ever added: the database refuses updates and deletions."""

    personal_data = {
        "before": "changed fields, without names or NIK",
        "after": "changed fields, without names or NIK",
        "reason": "why somebody's data were read, in the reader's words",
    }

    recorded_at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    role = models.CharField(max_length=200, blank=True, default="")
    action = models.CharField(max_length=80, db_index=True)
    object_kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    region_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="event_object"),
            models.Index(fields=["actor_id", "id"], name="event_actor"),
            models.Index(fields=["region_id", "id"], name="event_region"),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"


class Link(models.Model):
    """An event's place in the chain. Written by the database alone, when the event's transaction commits."""

    personal_data: dict[str, str] = {}

    sequence = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    previous = models.BinaryField()
    hash = models.BinaryField()


class Anchor(models.Model):
    """The trail's length and last hash on a day, as the file outside the database says."""

    personal_data: dict[str, str] = {}

    day = models.DateField(primary_key=True)
    count = models.BigIntegerField()
    sequence = models.BigIntegerField()
    hash = models.BinaryField()
    previous_signature = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=64)
