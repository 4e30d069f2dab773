"""Events of the trail as lines that people read."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from tumbuh.accounts.api import ROLES
from tumbuh.audit.api import Event, name_action
from tumbuh.records.api import Purpose
from tumbuh.regions.api import Region


def describe_events(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Each event with its action, roles, region and purpose in words; one query for the regions."""
    events = list(events)
    names = {region.pk: region.full_name for region in Region.objects.filter(pk__in={e.region_id for e in events})}
    return [
        {
            "event": event,
            "action": name_action(event.action),
            "roles": name_roles(event.role),
            "region": names.get(event.region_id, "–"),
            "reason": name_reason(event.reason),
            "changes": write_changes(event),
        }
        for event in events
    ]


def name_roles(codes: str) -> str:
    """The roles of an event in words; "–" where none was held."""
    named = [gettext(ROLES[code].label) if code in ROLES else code for code in codes.split(",") if code != "SYSTEM"]
    return ", ".join(filter(None, named)) or "–"


def name_reason(reason: str) -> str:
    """A purpose in words, with what was added to it; any other reason as it stands."""
    code, _, detail = reason.partition(": ")
    if code not in Purpose.values:
        return reason or "–"
    return ": ".join(filter(None, [str(Purpose(code).label), detail]))


def write_changes(event: Event) -> str:
    """What was before and after, in short."""
    parts = [json.dumps(value, ensure_ascii=False) for value in (event.before, event.after) if value is not None]
    return " → ".join(parts)
