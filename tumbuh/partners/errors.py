"""What can go wrong with partnerships, each with a stable code."""


class PartnerError(Exception):
    """Base of the room's errors; the message says what happened, why, and what to do."""

    code = "partners"


class NotYoursError(PartnerError):
    """The user's roles do not reach it; to them it looks absent."""

    code = "partners.not_yours"


class DetailsError(PartnerError):
    """What was written lacks something or contradicts itself."""

    code = "partners.details"


class TakenError(PartnerError):
    """The same thing is recorded already."""

    code = "partners.taken"


class ClosedError(PartnerError):
    """It waits for its review or was verified: it stays as it is."""

    code = "partners.closed"


class ReportError(PartnerError):
    """The report lacks a section, or its semester has not begun."""

    code = "partners.report"
