"""The counts of a desa: whole numbers, with what must hold between them. Nobody is named."""

import re
from datetime import date

from tumbuh.intake.eppgbm.numbers import read_number
from tumbuh.intake.eppgbm.texts import clean_text
from tumbuh.intake.sources.books import Figures
from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.told import HOME, Told

PLACES = frozenset(("number", "code", "kecamatan", "desa", "year", "semester"))
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")
HALF = re.compile(r"(?:semester|smt)?\s*(?P<half>ii|i|2|1)(?:\W+(?P<year>\d{4}))?", re.I)
MOST = 10_000_000
FIRST_YEAR = 2000


def tell_counts(cells: Cells, figures: Figures) -> Told:
    """The counts that the line gives; an empty cell says nothing, and is no zero."""
    told = Told(on=find_period(cells, figures), is_day_told=True)
    cells.is_day_told = True
    counts = {
        name: count for name in cells.places if name not in PLACES if (count := read_count(cells, name)) is not None
    }
    if not counts and not cells.reasons:
        cells.say("desa", "COUNTS_MISSING")
    check_counts(cells, figures, counts)
    for name, choices in figures.derived.items():
        whole = next((choice for choice in choices if all(part in counts for part in choice)), None)
        if whole is not None:
            counts[name] = sum(counts[part] for part in whole)
    told.add("counts", HOME, **counts)
    return told


def read_count(cells: Cells, field: str) -> int | None:
    """A whole number, "1.234" a thousand and more; what is none refuses the line."""
    cell = cells.get(field)
    text = clean_text(cell)
    if "%" in text:
        cells.say(field, "COUNT_PERCENT", value=text)
        return None
    is_grouped = isinstance(cell, str) and THOUSANDS.fullmatch(text)
    read = read_number(re.sub(r"[.,]", "", text) if is_grouped else cell, zero_is_missing=False)
    if read.is_missing:
        return None
    if read.value is None or read.unit or read.value != int(read.value) or not 0 <= read.value <= MOST:
        cells.say(field, "COUNT_UNREADABLE", value=text)
        return None
    return int(read.value)


def check_counts(cells: Cells, figures: Figures, counts: dict[str, int]) -> None:
    """Say where a total is not its parts, or a part is more than its whole; only where all of them are told."""
    for total, parts in figures.sums:
        if total in counts and all(part in counts for part in parts):
            found = sum(counts[part] for part in parts)
            if found != counts[total]:
                cells.say(total, "SUM_DIFFERS", value=counts[total], other=found)
    for part, whole in figures.within:
        if part in counts and whole in counts and counts[part] > counts[whole]:
            name = cells.headings.get(whole, whole)
            cells.say(part, "PART_EXCEEDS", value=counts[part], other=f"{counts[whole]} ({name})")
    for whole, parts in figures.at_most:
        if whole in counts and all(part in counts for part in parts):
            found = sum(counts[part] for part in parts)
            if found > counts[whole]:
                cells.say(whole, "PARTS_EXCEED", value=counts[whole], other=found)


def find_period(cells: Cells, figures: Figures) -> date | None:
    """The month of the list, for half-years the last of the half; a line that names another one is refused."""
    chosen = cells.month
    if figures.period == "half_year":
        chosen = find_half(cells, chosen)
    if chosen is None:
        if not cells.reasons:
            cells.say("semester", "DAY_MISSING")
    elif chosen > cells.today:
        cells.say("semester", "PERIOD_IN_FUTURE", value=f"{chosen:%m-%Y}")
    return chosen


def find_half(cells: Cells, month: date | None) -> date | None:
    """The last month of the half-year that the line names, else of the one in which the list's month lies."""
    expected = date(month.year, 6 if month.month <= 6 else 12, 1) if month else None
    text, year = cells.text("semester"), cells.text("year")
    if not text and not year:
        return expected
    match = HALF.fullmatch(text) if text else None
    year = year or (match["year"] if match else "") or (str(month.year) if month else "")
    if (text and match is None) or not year.isdigit() or not FIRST_YEAR <= int(year) <= cells.today.year:
        cells.say("semester", "PERIOD_UNREADABLE", value=f"{text} {year}".strip())
        return None
    if match is None:
        found = date(int(year), expected.month, 1) if expected else None
    else:
        found = date(int(year), 6 if match["half"].lower() in ("1", "i") else 12, 1)
    if expected and found != expected:
        cells.say("semester", "PERIOD_DIFFERS", value=f"{text} {year}".strip(), other=f"{expected:%m-%Y}")
    return found
