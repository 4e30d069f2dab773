"""The door of the notifications room."""

from tumbuh.notifications.actions.digest import make_digests
from tumbuh.notifications.actions.letters import ask_password_letter, mail_invitations, write_letter
from tumbuh.notifications.actions.notices import News, mark_read, notify, notify_each
from tumbuh.notifications.actions.preferences import set_preferences
from tumbuh.notifications.actions.sending import send_due
from tumbuh.notifications.errors import NotificationError
from tumbuh.notifications.models import Notice
from tumbuh.notifications.queries.letters import find_mailed
from tumbuh.notifications.queries.notices import (
    Choice,
    Line,
    count_unread,
    describe,
    find_languages,
    find_notice,
    find_notices,
    list_choices,
    write_unread,
)
from tumbuh.notifications.reference import render_reference
from tumbuh.notifications.rules import Channel

__all__ = [
    "Channel",
    "Choice",
    "Line",
    "News",
    "Notice",
    "NotificationError",
    "ask_password_letter",
    "count_unread",
    "describe",
    "find_languages",
    "find_mailed",
    "find_notice",
    "find_notices",
    "list_choices",
    "mail_invitations",
    "make_digests",
    "mark_read",
    "notify",
    "notify_each",
    "render_reference",
    "send_due",
    "set_preferences",
    "write_letter",
    "write_unread",
]
