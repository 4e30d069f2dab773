"""What somebody wants to hear of, and how."""

from collections.abc import Mapping

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.notifications.models import Preference, Reader
from tumbuh.notifications.queries.kinds import list_ways, read_kinds
from tumbuh.notifications.rules import Channel, choose_channel, list_channels


@transaction.atomic
def set_preferences(*, by: User, channels: Mapping[str, Channel], language: str) -> None:
    """The user's own choices for these kinds; what cannot be chosen is left as it is. No change, no event."""
    ways, kinds = list_ways(), read_kinds()
    before = dict(Preference.objects.filter(user=by).values_list("kind", "channel"))
    wanted = {}
    for code, channel in channels.items():
        kind = kinds.get(code)
        if kind is None or channel not in list_channels(kind, ways):
            continue
        chosen = Channel(before[code]) if code in before else None
        if channel != choose_channel(kind, chosen, ways):
            wanted[code] = channel
    rows = [Preference(user=by, kind=code, channel=channel) for code, channel in wanted.items()]
    Preference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["channel"]
    )
    spoken, is_new = Reader.objects.get_or_create(user=by, defaults={"language": language})
    is_other = language != ("id" if is_new else spoken.language)
    Reader.objects.filter(user=by).update(language=language)
    if wanted or is_other:
        record_event(
            by=by, action="notifications.preferences.set", object_kind="user", object_id=by.pk,
            after={**{code: str(channel) for code, channel in wanted.items()}, "language": language},
        )  # fmt: skip
