"""The cells of a line by field, with what there is to say about them."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tumbuh.intake.eppgbm.api import Reason, SheetReading, make_reason
from tumbuh.intake.eppgbm.dates import read_date
from tumbuh.intake.eppgbm.nik import read_nik
from tumbuh.intake.eppgbm.numbers import read_number
from tumbuh.intake.eppgbm.texts import clean_text, find_sex, fold_word, optional_text
from tumbuh.intake.eppgbm.types import NikStatus
from tumbuh.lib.spreadsheets.api import Cell

YES = frozenset(("v", "ya", "y", "1", "ada", "sudah", "iya", "punya", "memiliki", "layak", "ikut", "mengikuti", "true"))
NO = frozenset((
    "x", "tidak", "t", "0", "belum", "tdk", "tidak layak", "tidak punya", "tidak memiliki", "tidak mengikuti", "false",
))  # fmt: skip
TICKS = frozenset("✓✔√☑")
SHORT_YEAR = re.compile(r".*\D\d{2}")


class Cells:
    """One line. Every read of a field that cannot be used adds a remark to `reasons`."""

    def __init__(self, cells: Sequence[Cell], reading: SheetReading, today: date, month: date | None = None) -> None:
        self.cells, self.today, self.month = cells, today, month
        self.places = {column.field: column.index for column in reading.columns if column.field}
        self.headings = {column.field: column.heading for column in reading.columns if column.field}
        self.reasons: list[Reason] = []
        self.is_day_told = month is None

    def get(self, field: str) -> Cell:
        place = self.places.get(field)
        return self.cells[place] if place is not None and place < len(self.cells) else None

    def say(self, field: str, code: str, **values: object) -> None:
        self.reasons.append(make_reason(self.headings.get(field, field), code, **values))

    def text(self, field: str) -> str:
        return optional_text(self.get(field))

    def day(self, field: str, *, is_past: bool = True) -> date | None:
        """The date of a cell; a two-digit year of what is past is never in the future."""
        cell = self.get(field)
        read = read_date(cell)
        if read.date is None:
            if not read.is_missing:
                self.say(field, "DATE_UNREADABLE", value=clean_text(cell))
            return None
        day = read.date
        if is_past and day > self.today and isinstance(cell, str) and SHORT_YEAR.fullmatch(cell.strip()):
            day = day.replace(year=day.year - 100)
        if read.is_swapped:
            self.say(field, "DATE_SWAPPED", value=clean_text(cell), other=f"{day:%d-%m-%Y}")
        if is_past and day > self.today:
            self.say(field, "DAY_IN_FUTURE", value=f"{day:%d-%m-%Y}")
            return None
        return day

    def number(self, field: str, low: float, high: float) -> Decimal | None:
        """A number between two bounds; one beyond them is said and left out."""
        cell = self.get(field)
        read = read_number(cell)
        if read.value is not None and low <= read.value <= high:
            return read.value
        if not read.is_missing:
            self.say(field, "NUMBER_IGNORED", value=clean_text(cell))
        return None

    def whole(self, field: str, low: int, high: int) -> int | None:
        value = self.number(field, low, high)
        if value is not None and value != int(value):
            self.say(field, "NUMBER_IGNORED", value=clean_text(self.get(field)))
            return None
        return None if value is None else int(value)

    def answer(self, field: str) -> bool | None:
        """Yes, no, or nothing said."""
        text = self.text(field)
        if not text:
            return None
        word = fold_word(text)
        if word in YES or (not word and set(text) <= TICKS):
            return True
        if word not in NO:
            self.say(field, "ANSWER_UNREADABLE", value=text)
            return None
        return False

    def sex(self, field: str) -> str:
        text = self.text(field)
        found = find_sex(text) if text else ""
        if text and not found:
            self.say(field, "SEX_UNREADABLE", value=text)
        return found

    def digits(self, field: str) -> str:
        """Sixteen digits of a NIK or KK number, "" where there are none that can be used."""
        found = read_nik(self.get(field))
        if found.code and found.status is not NikStatus.MISSING:
            code = found.code if field != "kk" else "KK_DAMAGED" if found.status is NikStatus.DAMAGED else "KK_INVALID"
            self.say(field, code, value=found.found)
        return found.digits

    def event_day(self, not_before: date | None = None) -> date | None:
        """The day that the line speaks of: its own date, else the first of the month of the list, but not before
        what it needs (a birth, the start of a pregnancy)."""
        own = self.day("date")
        if own is not None or self.month is None:
            self.is_day_told = True
            return own
        day = max(self.month, not_before) if not_before else self.month
        return day if (day.year, day.month) == (self.month.year, self.month.month) else self.month
