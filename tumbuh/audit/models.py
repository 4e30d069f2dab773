"""The trail: who did what, when, to which object."""

from django.db import models


class Event(models.Model):
    """One thing that somebody did. Only ever added: the database refuses updates and deletions."""

    personal_data = {"before": "changed fields, without names or NIK", "after": "changed fields, without names or NIK"}

    recorded_at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=80, db_index=True)
    object_kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="event_object")]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"
