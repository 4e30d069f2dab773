"""The door of the audit room."""

from tumbuh.audit.actions import SYSTEM, Actor, record_event
from tumbuh.audit.models import Event

__all__ = ["SYSTEM", "Actor", "Event", "record_event"]
