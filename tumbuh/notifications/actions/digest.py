"""One letter a day with what somebody has not read yet."""

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tumbuh.notifications.actions.outbox import put
from tumbuh.notifications.models import Notice, OutgoingMessage
from tumbuh.notifications.queries.kinds import list_ways, read_kinds
from tumbuh.notifications.queries.notices import Line, describe, find_languages
from tumbuh.notifications.rules import Channel, Way

MOST_LINES = 30


@transaction.atomic
def make_digests(*, now: datetime | None = None) -> int:
    """From the digest's hour on, a letter to each user with unread notices that are to be gathered; how many.

    A user gets one a day, however often this runs; what comes later waits for tomorrow's.
    """
    moment = timezone.localtime(now)
    if moment.hour < settings.DIGEST_HOUR or Way.EMAIL not in list_ways():
        return 0
    waiting: dict[int, list[Notice]] = defaultdict(list)
    open_notices = Notice.objects.filter(
        channel=Channel.DIGEST, read_at__isnull=True, is_digested=False, kind__in=read_kinds(), user__is_active=True
    ).exclude(user__email="")
    for notice in open_notices.select_for_update(of=("self",)).order_by("user_id", "-told_at"):
        waiting[notice.user_id].append(notice)
    keys = {user: f"digest:{user}:{moment.date().isoformat()}" for user in waiting}
    had = set(OutgoingMessage.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    due = {user: notices for user, notices in waiting.items() if keys[user] not in had}
    if not due:
        return 0
    languages = find_languages(list(due))
    put([write_letter(user, keys[user], notices, languages[user], moment) for user, notices in due.items()])
    Notice.objects.filter(pk__in=[notice.pk for notices in due.values() for notice in notices]).update(is_digested=True)
    return len(due)


def write_letter(user: int, key: str, notices: list[Notice], language: str, moment: datetime) -> OutgoingMessage:
    """The letter, at most MOST_LINES notices long; the page of notices has the rest."""
    lines = [describe(notice, language) for notice in notices[:MOST_LINES]]
    with translation.override(language):
        subject = _("%(count)d pemberitahuan, %(day)s") % {
            "count": len(notices), "day": date_format(moment.date(), "j F Y")
        }  # fmt: skip
        parts = [_("Yang belum Anda baca di Tumbuh:"), *(write_line(line) for line in lines)]
        if len(notices) > MOST_LINES:
            parts.append(_("Dan %(count)d lagi.") % {"count": len(notices) - MOST_LINES})
        every = _("Semua pemberitahuan: %(all)s") % {"all": f"{settings.SITE_ADDRESS}/pemberitahuan"}
        choose = _("Atur apa yang dikirim: %(settings)s") % {"settings": f"{settings.SITE_ADDRESS}/akun/pemberitahuan"}
        parts.append(f"{every}\n{choose}")
    return OutgoingMessage(user_id=user, way=Way.EMAIL, key=key, subject=subject, body="\n\n".join(parts) + "\n")


def write_line(line: Line) -> str:
    return f"- {line.text}\n  {settings.SITE_ADDRESS}{line.link}"
