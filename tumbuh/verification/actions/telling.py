"""Telling people of steps, in the transaction of the step."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tumbuh.accounts.api import Holder, User, list_holders
from tumbuh.audit.api import Actor
from tumbuh.notifications.api import News, notify, notify_each
from tumbuh.regions.api import Region
from tumbuh.verification.models import Recall, Review
from tumbuh.verification.rules import GROWTH, PERMISSION, ReviewState, State, Tier, Wish
from tumbuh.verification.rules.telling import CONDITIONAL, GATHERED, WAITING, find_told


@dataclass(frozen=True)
class Words:
    """What stands in the texts of all kinds about packages of a data set and month, with until when, if anything."""

    data_set: str
    month: date
    due: date | None = None

    def key(self, place: Region) -> str:
        """What tells a notice from others of its kind."""
        of_set = "" if self.data_set == GROWTH else f":{self.data_set}"
        return f"{self.month:%Y-%m}:{place.code}{of_set}"

    def write(self, place: Region) -> dict[str, str]:
        words = {"data": self.data_set, "region": place.code, "place": place.full_name, "month": f"{self.month:%Y-%m}"}
        return words if self.due is None else {**words, "day": self.due.isoformat()}


ITEM_KINDS = {
    ReviewState.SUBMITTED: "item.waiting",
    ReviewState.RETURNED: "item.returned",
    ReviewState.VERIFIED: "item.verified",
}


def tell(
    *, by: Actor, region: Region, desa: Collection[Region], month: date, data_set: str, wish: Wish, target: State,
    condition_due: date | None = None,
) -> None:  # fmt: skip
    """Of the same step with the packages of these desa, all in the region; two or three statements, however many."""
    told = find_told(wish, target, is_conditional=condition_due is not None)
    if told is None or not desa:
        return
    kind, tiers = told
    holders = list_holders(region, [PERMISSION[tier] for tier in tiers])
    notify_each(by=by, kind=kind, news=list_news(kind, holders, desa, Words(data_set, month, condition_due)))
    if kind == CONDITIONAL and (onward := find_told(wish, target)) and onward[0] == WAITING:
        tell(by=by, region=region, desa=desa, month=month, data_set=data_set, wish=wish, target=target)


def tell_recall(*, by: User, recall: Recall, holder: Tier | None = None) -> None:
    """Of a request for a package: the tier that holds it, or (without `holder`) who asked, that it was declined."""
    region, words = recall.package.region, Words(recall.package.data_set, recall.package.month)
    kind, to = "recall.declined", [recall.by_id]
    if holder is not None:
        kind, to = "recall.asked", [held.user_id for held in list_holders(region, [PERMISSION[holder]])]
    notify(by=by, kind=kind, to=to, key=words.key(region), places=words.write(region))


def tell_review(*, by: User, review: Review) -> None:
    """Of a single thing's new state: who may review it, or those who worked on it."""
    kind = ITEM_KINDS.get(ReviewState(review.state))
    if kind is None:
        return
    to = review.makers
    if review.state == ReviewState.SUBMITTED:
        holders = list_holders(review.region, [PERMISSION[Tier(review.tier)]])
        low, high = review.region.span
        above = [holder for holder in holders if holder.region.span.low <= low and high <= holder.region.span.high]
        to = {holder.user_id for holder in above} - set(review.makers)
    places = {"place": review.region.full_name}
    notify(by=by, kind=kind, to=to, key=review.region.code, places=places)


def list_news(kind: str, holders: Iterable[Holder], desa: Collection[Region], words: Words) -> list[News]:
    """For each holder, what concerns their region: all of it in one, or one for each desa."""
    places = sorted(desa, key=lambda place: place.pk)
    numbers = [place.pk for place in places]
    news = []
    for holder in holders:
        low, high = holder.region.span
        mine = places[bisect_left(numbers, low) : bisect_right(numbers, high)]
        about = [holder.region] if kind in GATHERED and mine else mine
        count = len(mine) if kind in GATHERED else 1
        news += [News(holder.user_id, words.key(place), words.write(place), count) for place in about]
    return news
