"""Activities, what was recorded of them, campaigns with their surveys."""

from tumbuh.activities.models.campaigns import Survey
from tumbuh.activities.models.holding import Decision, Finding, FollowUp, Minutes, Participant, Photo
from tumbuh.activities.models.invitees import Invitee
from tumbuh.activities.models.planning import Activity, CalendarFeed, Series

__all__ = [
    "Activity",
    "CalendarFeed",
    "Decision",
    "Finding",
    "FollowUp",
    "Invitee",
    "Minutes",
    "Participant",
    "Photo",
    "Series",
    "Survey",
]
