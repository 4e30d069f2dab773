"""Calling obligations to mind before they fall due and when they are late; the level above hears of what stays late."""

from collections import Counter
from datetime import date
from functools import cache

import yaml
from django.conf import settings
from django.utils import timezone

from tumbuh.accounts.api import MANAGE_PLANS, list_holders, list_institution_holders
from tumbuh.audit.api import Actor
from tumbuh.notifications.api import News, notify_each
from tumbuh.programme.models import Obligation, Regulation
from tumbuh.programme.queries.owing import list_codes_of
from tumbuh.programme.queries.regulations import find_regulation
from tumbuh.programme.rules.reminders import Call, ReminderRule, find_calls
from tumbuh.regions.api import Region, find_region

Open = list[tuple[str, int]]  # (code, region) of what is not met


@cache
def read_rule() -> ReminderRule:
    path = settings.DEFINITIONS / "programme" / "reminders.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return ReminderRule(content["near_days"], content["late_days"], content["escalate_after_days"])


def remind_of_obligations(*, by: Actor, today: date | None = None) -> int:
    """Tell whoever answers for obligations that fall due soon or are late; how many notices were new.

    Each is told once for a due date, however often this runs.
    """
    day, regulation, told = today or timezone.localdate(), find_regulation(), 0
    province = regulation and find_region(regulation.province_code)
    if not regulation or not province:
        return 0
    live = Obligation.objects.filter(regulation=regulation, retired_at__isnull=True)
    for due in live.order_by("due_on").values_list("due_on", flat=True).distinct():
        calls = find_calls(read_rule(), due, day)
        if calls:
            open_now = list(
                live.filter(due_on=due, is_met=False, waived_at__isnull=True, counts=True).values_list(
                    "code", "region_id"
                )
            )
            for call, suffix in calls:
                news = list_news(regulation, province, open_now, call, suffix, due)
                told += len(notify_each(by=by, kind=call, news=news))
    return told


def list_news(
    regulation: Regulation, province: Region, open_now: Open, call: Call, suffix: str, due: date
) -> list[News]:
    """For each who answers for a unit or an institution, how many it is about; nobody hears of none."""
    by_region = Counter(region_id for _code, region_id in open_now)
    news = {}
    for holder in list_holders(province, [MANAGE_PLANS]):
        place = holder.region
        number = count_below(by_region, place) if call == Call.BELOW else by_region[place.pk]
        if number:
            extra = {"region": place.code} if call == Call.BELOW else {}
            news[holder.user_id, place.code] = make_news(holder.user_id, place, "", number, due, suffix, **extra)
    if call != Call.BELOW:
        for user_id, institution in list_institution_holders(province):
            codes = list_codes_of(regulation, institution.code)
            number = sum(code in codes and concerns(institution.region, region) for code, region in open_now)
            if number:
                key = f"{institution.region.code}/{institution.code}"
                news[user_id, key] = make_news(user_id, institution.region, institution.code, number, due, suffix)
    return list(news.values())


def count_below(by_region: Counter[int], place: Region) -> int:
    """What is open in the regions below, the place's own left out."""
    low, high = place.span
    return sum(number for region, number in by_region.items() if low <= region <= high and region != place.pk)


def concerns(place: Region, region_id: int) -> bool:
    """Whether an institution of the place answers for the region: it lies in it, or is the province's own."""
    low, high = place.span
    return low <= region_id <= high or region_id == int(place.code[:2]) * 10**8


def make_news(user_id: int, place: Region, institution: str, number: int, due: date, suffix: str, **more: str) -> News:
    places = {"place": place.full_name, "number": str(number), "day": due.isoformat(), **more}
    return News(user_id, f"{due.isoformat()}:{place.code}:{institution}:{suffix}", places)
