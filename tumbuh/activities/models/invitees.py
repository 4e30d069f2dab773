"""Those invited to an activity before it is held."""

from django.db import models
from django.db.models import Q

from tumbuh.activities.models.planning import Activity
from tumbuh.activities.rules import Part, Sex


class Invitee(models.Model):
    """A person, an office or an institution that is invited, in the order of the letter."""

    personal_data = {"name": "name", "institution": "where somebody works", "sex": "sex", "part": "part in a meeting"}
    scoped_by = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="invitees")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True, help_text="Of a person or an office; empty for an institution.")
    institution = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    part = models.CharField(max_length=12, choices=Part, default=Part.PARTICIPANT)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "name", "institution"], name="invitee_once"),
            models.CheckConstraint(name="invitee_named", condition=~Q(name="") | ~Q(institution="")),
            models.CheckConstraint(name="invitee_codes", condition=Q(sex__in=["", *Sex.values], part__in=Part.values)),
        ]
