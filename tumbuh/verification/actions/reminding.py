"""Reminding those who are not done, and telling the tier above when they are late."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import product

from django.utils import timezone

from tumbuh.accounts.api import list_holders
from tumbuh.audit.api import Actor
from tumbuh.notifications.api import News, notify_each
from tumbuh.regions.api import Level, Region
from tumbuh.verification.actions.telling import Words
from tumbuh.verification.queries.deadlines import is_due, list_deadlines, read_reminder_rule
from tumbuh.verification.queries.packages import list_rows
from tumbuh.verification.rules import PERMISSION, DataSet, Tier
from tumbuh.verification.rules.reminders import ESCALATED, count_within, find_reminders, list_months

Call = tuple[Tier, str, str, date]  # whose packages, kind, what tells it apart, until when


def remind(*, by: Actor, today: date | None = None) -> int:
    """Tell whoever has packages of a month whose deadline is near, today or over; how many notices were new.

    Each is told once for a month, however often this runs: by the day's number, not by the run.
    """
    day = today or timezone.localdate()
    rule, told = read_reminder_rule(), 0
    for data_set, month in product(DataSet, list_months(day)):
        if not is_due(data_set, month):
            continue
        calls = [
            (tier, kind, suffix, due)
            for tier, due in list_deadlines(month).items()
            for kind, suffix in find_reminders(rule, due, day)
        ]
        if calls:
            for province in Region.objects.filter(level=Level.PROVINSI, is_active=True):
                told += remind_province(by, province, Words(data_set, month), calls)
    return told


def remind_province(by: Actor, province: Region, words: Words, calls: list[Call]) -> int:
    """The calls of a data set's month in a province: two queries for its packages, then two or three for each call."""
    waiting: dict[Tier, list[int]] = defaultdict(list)
    for row in list_rows(province, words.month, words.data_set):
        if row.owner is not None:
            waiting[row.owner].append(row.region.pk)
    told = 0
    for tier, kind, suffix, due in calls:
        hearing = tier + 1 if kind == ESCALATED else tier
        if waiting[tier] and hearing in Tier.values:
            news = list_news(
                province, replace(words, due=due), waiting[tier], Tier(hearing), f"{tier}{suffix and '-'}{suffix}"
            )
            told += len(notify_each(by=by, kind=kind, news=news))
    return told


def list_news(province: Region, words: Words, waiting: list[int], tier: Tier, suffix: str) -> list[News]:
    """For each who may act for the tier, how many packages it is about in their region."""
    news = []
    for holder in list_holders(province, [PERMISSION[tier]]):
        number = count_within(waiting, *holder.region.span)
        if number:
            places = {**words.write(holder.region), "number": str(number)}
            news.append(News(holder.user_id, f"{words.key(holder.region)}:{suffix}", places))
    return news
