"""Pure decisions about notices and messages."""

from tumbuh.notifications.rules.delivery import find_next_try, find_rest, is_signed, sign
from tumbuh.notifications.rules.kinds import Channel, Kind, Way, check_places, choose_channel, list_channels
from tumbuh.notifications.rules.links import PLACE, Link
from tumbuh.notifications.rules.texts import write_link, write_notice

__all__ = [
    "PLACE",
    "Channel",
    "Kind",
    "Link",
    "Way",
    "check_places",
    "choose_channel",
    "find_next_try",
    "find_rest",
    "is_signed",
    "list_channels",
    "sign",
    "write_link",
    "write_notice",
]
