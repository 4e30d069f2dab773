"""The kinds of notices and the ways out, as this installation has them."""

from functools import cache

import yaml
from django.conf import settings

from tumbuh.notifications.rules import Channel, Kind, Way


@cache
def read_kinds() -> dict[str, Kind]:
    """definitions/notifications/kinds.yaml, by code in the file's order."""
    rows = yaml.safe_load((settings.DEFINITIONS / "notifications/kinds.yaml").read_text(encoding="utf-8"))
    return {row["code"]: Kind(**{**row, "channel": Channel(row["channel"])}) for row in rows}


def list_ways() -> set[Way]:
    """The ways by which messages can leave this installation."""
    ways = {Way.EMAIL} if settings.HAS_NOTICE_MAIL else set()
    return ways | {Way.WEBHOOK} if settings.WEBHOOK_URL else ways
