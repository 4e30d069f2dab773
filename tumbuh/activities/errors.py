"""What can go wrong with activities, each with a stable code."""

from collections.abc import Sequence


class ActivityError(Exception):
    """Base of the room's errors; the message says what happened, why, and what to do."""

    code = "ACTIVITY"


class NotYoursError(ActivityError):
    """The user's roles do not reach the region; to them the thing looks absent."""

    code = "ACTIVITY_NOT_YOURS"


class PlanError(ActivityError):
    """The plan lacks something or contradicts itself."""

    code = "ACTIVITY_PLAN"


class StateError(ActivityError):
    """The activity's state does not allow the step."""

    code = "ACTIVITY_STATE"


class ClosedError(ActivityError):
    """The activity was verified, or waits for it: its record stays as it is."""

    code = "ACTIVITY_CLOSED"


class MissingPartsError(ActivityError):
    """Parts that the kind asks for are missing; `parts` has one sentence for each."""

    code = "ACTIVITY_PARTS"

    def __init__(self, parts: Sequence[str]) -> None:
        self.parts = list(parts)
        super().__init__(" ".join(self.parts))


class ParticipantLinesError(MissingPartsError):
    """Lines of the list of participants cannot be read; `parts` has one sentence for each."""

    code = "ACTIVITY_PARTICIPANTS"


class FollowUpError(ActivityError):
    """A follow-up lacks something, or its state does not allow the step."""

    code = "ACTIVITY_FOLLOW_UP"


class PhotoError(ActivityError):
    """The file is no photo that can be kept."""

    code = "ACTIVITY_PHOTO"


class SurveyError(ActivityError):
    """The counts of a survey or of the reach contradict themselves."""

    code = "ACTIVITY_SURVEY"
