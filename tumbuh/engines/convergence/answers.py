"""Is a service due to this person this month, and was it received: the plain reading of a rule."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tumbuh.engines.convergence.columns import Row, complete_row
from tumbuh.engines.convergence.types import (
    Band,
    Content,
    Group,
    GroupVersion,
    Kind,
    PoorUntil,
    Receipt,
    Result,
    Rule,
    Version,
)
from tumbuh.engines.convergence.windows import find_span, find_window, is_inside
from tumbuh.engines.definitions.api import holds, list_tests

Dated = TypeVar("Dated", GroupVersion, Version, PoorUntil)
EVERYBODY = "*"  # instead of a group: all of them; instead of a service: the complete package


@dataclass(frozen=True)
class Answer:
    """One rule of one person and month, with everything that led to the result.

    `counted` are the receipts that count, `found` what they amount to, `absent` the next codes or columns that would be
    enough (in the order of the rule), `unknown` the columns asked for of which nothing is known. `due_on` is the last
    day on which the person is still in this band, group and window; None where time does not end it.
    """

    rule: Rule
    row: Row
    result: Result
    is_member: bool
    version: Version | None = None
    band: Band | None = None
    window_start: date | None = None
    window_end: date | None = None
    counted: tuple[Receipt, ...] = ()
    found: int = 0
    needed: int = 0
    since: date | None = None
    due_on: date | None = None
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_due(self) -> bool:
        return self.result != Result.NOT_APPLICABLE


def find_dated(versions: tuple[Dated, ...], on: date) -> Dated | None:
    """The newest version that is in force on the day."""
    valid = [version for version in versions if version.valid_from <= on]
    return valid[-1] if valid else None


def belongs(group: Group, row: Row, on: date) -> bool:
    version = find_dated(group.versions, on)
    return version is not None and holds(version.where, row)


def list_groups(row: Row, groups: Iterable[Group], on: date | None = None) -> list[Group]:
    """The groups the person belongs to that month, by the conditions in force on a day (else the month's last day)."""
    row = complete_row(row)
    return [group for group in groups if belongs(group, row, on or row["month_end"])]


def find_poverty(row: Row, content: Content) -> bool | None:
    """Is the household poor, by the decile in force that month? None where its decile is not known."""
    limit = find_dated(content.poor, row["month_end"])
    return None if row["decile"] is None or limit is None else bool(row["decile"] <= limit.decile)


def answer(rule: Rule, row: Row, receipts: Iterable[Receipt], on: date | None = None) -> Answer:
    """The rule as in force on a day (else the month's last day), read for one person and month."""
    row = complete_row(row)
    on = on or row["month_end"]
    version = find_dated(rule.versions, on)
    is_member = belongs(rule.group, row, on)
    if version is None or not is_member:
        return Answer(rule, row, Result.NOT_APPLICABLE, is_member=is_member, version=version)
    band = next((band for band in version.bands if holds(band.where, row)), None)
    if band is None:
        unknown = tuple(dict.fromkeys(c for b in version.bands for c, _, _ in list_tests(b.where) if row[c] is None))
        return Answer(rule, row, Result.NOT_APPLICABLE, is_member=True, version=version, unknown=unknown)
    return measure(rule, row, version, band, list(receipts), on)


def measure(rule: Rule, row: Row, version: Version, band: Band, receipts: list[Receipt], on: date) -> Answer:
    """Y or T: what counts, held against what is needed."""
    counted = list_counted(version, row, receipts)
    found, absent = count(version, row, counted, band.needed)
    start, end = find_window(version.window, row)
    since, until = find_span(band.where, row)
    group = find_dated(rule.group.versions, on)
    _, leaves_on = find_span(group.where, row) if group else (None, None)
    return Answer(
        rule,
        row,
        Result.YES if found >= band.needed else Result.NO,
        is_member=True,
        version=version,
        band=band,
        window_start=start,
        window_end=end,
        counted=counted,
        found=found,
        needed=band.needed,
        since=since,
        due_on=min((day for day in (end, until, leaves_on) if day is not None), default=None),
        absent=absent,
        unknown=tuple(column for column in absent if column in row and row[column] is None),
    )


def list_counted(version: Version, row: Row, receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """The receipts of the rule's codes within its window, each code and day once, in the order of days."""
    quantities: dict[tuple[date, str], int] = defaultdict(int)
    if version.measure.kind not in (Kind.STATEMENT, Kind.KNOWN):
        for receipt in receipts:
            if receipt.code in version.measure.parts and is_inside(receipt.received_on, version.window, row):
                quantities[receipt.received_on, receipt.code] += receipt.quantity
    return tuple(Receipt(day, code, quantity) for (day, code), quantity in sorted(quantities.items()))


def count(version: Version, row: Row, counted: tuple[Receipt, ...], needed: int) -> tuple[int, tuple[str, ...]]:
    """What was found, and, where each part counts once, which are missing of the first ones that would be enough."""
    kind, parts = version.measure.kind, version.measure.parts
    if kind == Kind.TIMES:
        return len(counted), ()
    if kind == Kind.QUANTITY:
        return sum(receipt.quantity for receipt in counted), ()
    if kind == Kind.KINDS:
        had = {receipt.code for receipt in counted}
    elif kind == Kind.STATEMENT:
        had = {column for column in parts if row[column] is True}
    else:
        had = {column for column in parts if row[column] is not None}
    return len(had), tuple(part for part in list(parts)[:needed] if part not in had)
