"""The door of the audit room."""

from tumbuh.audit.actions.anchors import make_anchor
from tumbuh.audit.actions.events import SYSTEM, Actor, record_event
from tumbuh.audit.models import Anchor, Event, Link
from tumbuh.audit.queries.checking import Problem, Verdict, verify_trail
from tumbuh.audit.queries.reading import Wanted, list_events
from tumbuh.audit.rules.labels import ACTIONS, name_action, render_events

__all__ = [
    "ACTIONS",
    "SYSTEM",
    "Actor",
    "Anchor",
    "Event",
    "Link",
    "Problem",
    "Verdict",
    "Wanted",
    "list_events",
    "make_anchor",
    "name_action",
    "record_event",
    "render_events",
    "verify_trail",
]
