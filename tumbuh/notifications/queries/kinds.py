"""The kinds of notices and the ways out, as this installation has them."""

from functools import cache

import yaml
from django.conf import settings

from tumbuh.notifications.rules import Channel, Kind, Way


@cache
def read_kinds() -> dict[str, Kind]:
    """definitions/notifications/kinds.yaml, by code in the file's order, with the words of words.yaml."""
    folder = settings.DEFINITIONS / "notifications"
    rows, words = (yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in ("kinds", "words"))
    return {row["code"]: Kind(**{**row, "channel": Channel(row["channel"]), "words": words}) for row in rows}


def list_ways() -> set[Way]:
    """The ways by which messages can leave this installation."""
    ways = {Way.EMAIL} if settings.HAS_NOTICE_MAIL else set()
    return ways | {Way.WEBHOOK} if settings.WEBHOOK_URL else ways
