"""Y, T or TS: one indicator of one person, with everything that led to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tumbuh.engines.convergence.api import Result
from tumbuh.engines.scorecard.people import Life, Received, end_month
from tumbuh.engines.scorecard.types import DUE_MONTHS, Band, Content, Group, Indicator, Kind, Version, Window


@dataclass(frozen=True, slots=True)
class Mark:
    """The result of one indicator. `days` are those that count, `absent` the numbers of the parts still missing."""

    group: Group
    indicator: Indicator
    version: Version | None
    result: Result
    band: Band | None = None
    found: int = 0
    needed: int = 0
    days: tuple[date, ...] = ()
    absent: tuple[int, ...] = ()

    @property
    def line(self) -> str:
        return f"{self.group.code}.{self.indicator.code}"


def list_groups(content: Content, life: Life) -> Iterator[Group]:
    """The groups the person is asked in."""
    return (group for group in content.groups if group.meets(life.row))


def mark_person(content: Content, life: Life, reading: str) -> list[Mark]:
    """Every indicator of the person's groups, those that do not apply (TS) too."""
    return [
        mark(group, indicator, life, reading) for group in list_groups(content, life) for indicator in group.indicators
    ]


def mark(group: Group, indicator: Indicator, life: Life, reading: str) -> Mark:
    """One indicator as its rule stood on the day the quarter is read on."""
    return mark_version(group, indicator, find_version(indicator, reading, life.read_on), life)


def mark_version(group: Group, indicator: Indicator, version: Version | None, life: Life) -> Mark:
    if version is None:
        return Mark(group, indicator, None, Result.NOT_APPLICABLE)
    band = next((band for band in version.bands if band.meets(life.row)), None)
    needed = find_needed(band, life)
    if needed == 0:
        return Mark(group, indicator, version, Result.NOT_APPLICABLE, band)
    found, days, absent = count(version, life, needed)
    result = Result.YES if found >= needed else Result.NO
    return Mark(group, indicator, version, result, band, found, needed, days, absent)


def find_version(indicator: Indicator, reading: str, on: date) -> Version | None:
    """The newest version of that reading in force on the day."""
    valid = [one for one in indicator.versions if reading in one.readings and one.valid_from <= on]
    return max(valid, key=lambda one: one.valid_from, default=None)


def find_needed(band: Band | None, life: Life) -> int:
    """How much the band needs; 0: nothing is due."""
    if band is None:
        return 0
    return len(life.due_months) if band.needed == DUE_MONTHS else int(band.needed)


def count(version: Version, life: Life, needed: int) -> tuple[int, tuple[date, ...], tuple[int, ...]]:
    """How much was found, on which days, and which of the first needed parts are missing (where each counts once)."""
    kind, parts = version.measure.kind, version.measure.parts
    if kind == Kind.STATEMENT:
        return int(life.row[parts[0][0]] is True), (), ()
    got = [list_received(version, life, part) for part in parts]
    if kind == Kind.KINDS:
        absent = tuple(number for number, found in enumerate(got[:needed]) if not found)
        return sum(map(bool, got)), tuple(sorted(found[0].received_on for found in got if found)), absent
    everything = [one for found in got for one in found]
    days = tuple(sorted(one.received_on for one in everything))
    if kind == Kind.QUANTITY:
        return sum(one.quantity for one in everything), days, ()
    if kind == Kind.MONTHS:
        return len({day.replace(day=1) for day in days if day.replace(day=1) in life.due_months}), days, ()
    return len(days), days, ()


def list_received(version: Version, life: Life, codes: tuple[str, ...]) -> list[Received]:
    """What was received of these codes within the window."""
    start, end = find_window(version.window, life)
    if start is None:
        return []
    return [one for code in codes for one in life.received.get(code, ()) if start <= one.received_on <= end]


def find_window(window: Window, life: Life) -> tuple[date | None, date]:
    """First and last day that count; no first day where the event that opens the window is not known."""
    if window == Window.QUARTER:
        return life.first, life.read_on
    if window == Window.DUE_MONTHS:
        months = life.due_months
        return (months[0], min(end_month(months[-1]), life.read_on)) if months else (None, life.read_on)
    if window == Window.TWELVE_MONTHS:
        day = life.read_on
        return date(day.year - (day.month < 12), day.month % 12 + 1, 1), day
    start = {Window.PREGNANCY: life.pregnancy_on, Window.BIRTH: life.birth_on, Window.LIFE: life.born_on}[window]
    return start, life.read_on
