"""The door of the audit room."""

from tumbuh.audit.actions.anchors import make_anchor
from tumbuh.audit.actions.events import SYSTEM, Actor, record_event
from tumbuh.audit.models import Anchor, Event, Link
from tumbuh.audit.queries.checking import Problem, Verdict, verify_trail

__all__ = [
    "SYSTEM",
    "Actor",
    "Anchor",
    "Event",
    "Link",
    "Problem",
    "Verdict",
    "make_anchor",
    "record_event",
    "verify_trail",
]
