"""Where the header row is and what each column means."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tumbuh.intake.eppgbm.fields import guess_field, list_fields
from tumbuh.intake.eppgbm.kinds import is_heading
from tumbuh.intake.eppgbm.texts import clean_text
from tumbuh.intake.eppgbm.types import Column, Layout, SheetReading
from tumbuh.lib.spreadsheets.api import Cell

SEARCHED_ROWS = 60
LEAST_FIELDS = 3
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
MONTH = re.compile(
    r"(jan(?:uari)?|[fp]eb(?:r?uari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:stus)?|ags|agt|sep(?:t|tember)?"
    r"|okt(?:ober)?|no[vp](?:ember)?|des(?:ember)?)(?:[\W_]+(\d{2,4}))?(?:[\W_]+(.*))?",
    re.I,
)
VISIT_FIELDS = ("measured_on", "age_text", "weight_kg", "lenhei_cm", "mode", "muac_cm", "head_cm", "weight_gain")
NEEDED: dict[Layout, tuple[tuple[str, ...], ...]] = {
    Layout.EPPGBM: (("name",), ("sex",), ("birth_date",), ("measured_on",), ("weight_kg", "lenhei_cm")),
    Layout.MONTHLY: (("name",), ("sex",), ("birth_date",), ("measured_on",), ("weight_kg", "lenhei_cm")),
    Layout.BASE: (("name",), ("sex",), ("birth_date",)),
    Layout.VISITS: (("name", "nik"), ("measured_on",), ("weight_kg", "lenhei_cm")),
    Layout.NONE: (),
}


def find_header(
    rows: Sequence[Sequence[Cell]],
    name: Callable[[list[str]], tuple[Column, ...]],
    rate: Callable[[Sequence[Column]], float],
) -> tuple[float, int, int, tuple[Column, ...]]:
    """Score, position, height (one line or two) and columns of what looks most like a header; score 0: nothing does.

    `name` gives the columns of a row of headings, `rate` says how sure they are.
    """
    best: tuple[float, int, int, tuple[Column, ...]] = (0.0, 0, 0, ())
    for number in range(min(len(rows), SEARCHED_ROWS)):
        upper = list_headings(rows[number])
        options = [(1, upper)]
        if number + 1 < len(rows) and is_text_only(rows[number + 1]):
            options.append((2, combine(upper, list_headings(rows[number + 1]))))
        for height, headings in options:
            columns = name(headings)
            score = rate(columns) - 0.5 * (height - 1)
            if score > best[0]:
                best = (score, number, height, columns)
    return best


def guess_columns(rows: Sequence[Sequence[Cell]], *, sheet: str = "", first_row: int = 1) -> SheetReading:
    """The best reading of a sheet by its first rows; Layout.NONE when no row looks like a header.

    `rows` start at Excel's row `first_row`. Titles above, two-line headers, reordered, doubled, unknown columns: fine.
    """
    score, number, height, columns = find_header(rows, name_columns, get_score)
    if score < LEAST_FIELDS or not {"name", "nik"} & {column.field for column in columns}:
        return SheetReading(Layout.NONE, sheet)
    after = number + height
    if after < len(rows) and is_heading([text for text in map(clean_text, rows[after]) if text], set()):
        after += 1
    return settle(SheetReading(Layout.NONE, sheet, first_row + number, first_row + after, columns))


def list_headings(row: Sequence[Cell]) -> list[str]:
    """Texts of a header row; a date stands for its month, other values are no headings."""
    return [
        f"{MONTHS[cell.month - 1]} {cell.year}"
        if isinstance(cell, date)
        else clean_text(cell)
        if isinstance(cell, str)
        else ""
        for cell in row
    ]


def is_text_only(row: Sequence[Cell]) -> bool:
    """Whether a row can be the second line of a header: short texts without many digits, nothing else."""
    cells = [cell for cell in row if cell is not None]
    texts = [cell for cell in cells if isinstance(cell, str)]
    return bool(texts) and len(texts) == len(cells) and not any(sum(map(str.isdigit, text)) > 1 for text in texts)


def combine(upper: list[str], lower: list[str]) -> list[str]:
    """Headings of two lines: a group's name goes on over blanks to its right while there are lower headings."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    result, group = [], ""
    for top, bottom in zip(upper, lower, strict=True):
        group = top or (group if bottom else "")
        result.append(f"{group} {bottom}".strip() if bottom else top)
        if group and bottom and not is_month(group) and not guess_field(result[-1])[0]:
            turned = f"{bottom} {group}"
            result[-1] = turned if guess_field(turned)[0] else bottom if guess_field(bottom)[0] else result[-1]
    return result


def is_month(text: str) -> bool:
    """Whether the text is the name of a month, perhaps with a year."""
    match = MONTH.fullmatch(text)
    return match is not None and not match[3]


def name_columns(headings: list[str]) -> tuple[Column, ...]:
    """A field for each heading; of several columns that claim one field the surest, then the leftmost, keeps it."""
    visits: dict[str, int] = {}
    columns = []
    for index, heading in enumerate(headings):
        field, confidence = guess_field(heading)
        visit = 0
        if not field and (match := MONTH.fullmatch(heading)) and match[3]:
            field, confidence = guess_field(match[3])
            if field in VISIT_FIELDS:
                visit = visits.setdefault(f"{match[1][:3].lower()} {match[2] or ''}", len(visits) + 1)
            else:
                field, confidence = "", 0.0
        columns.append(Column(index, heading, field, confidence, visit))
    owners: dict[tuple[str, int], Column] = {}
    for column in sorted(columns, key=lambda column: (-column.confidence, column.index)):
        owners.setdefault((column.field, column.visit), column)
    return tuple(column if not column.field or owners[column.field, column.visit] is column
                 else column._replace(confidence=0.0) for column in columns)  # fmt: skip


def get_score(columns: Sequence[Column]) -> float:
    """How much of a header the row is: the sum of confidences over different fields."""
    return sum({(column.field, column.visit): column.confidence for column in columns if column.confidence}.values())


def settle(reading: SheetReading) -> SheetReading:
    """The reading with layout, missing and doubled fields worked out from its columns."""
    doubled: list[str] = []
    taken: set[tuple[str, int]] = set()
    columns: dict[int, Column] = {}
    for column in sorted(reading.columns, key=lambda column: (-column.confidence, column.index)):
        key = (column.field, column.visit)
        if column.field and key in taken:
            doubled.append(column.field)
            column = column._replace(field="", confidence=0.0, visit=0)
        taken.add(key)
        columns[column.index] = column
    ordered = tuple(columns[index] for index in sorted(columns) if columns[index].heading or columns[index].field)
    fields = {column.field for column in ordered}
    layout = find_layout(fields, any(column.visit for column in ordered))
    missing = tuple(choice[0] for choice in NEEDED[layout] if not fields & set(choice))
    return replace(reading, layout=layout, columns=ordered, missing=missing, doubled=tuple(dict.fromkeys(doubled)))


def find_layout(fields: set[str], has_visits: bool) -> Layout:
    """Which of the named layouts has these fields."""
    if has_visits:
        return Layout.MONTHLY
    if "measured_on" in fields and "birth_date" not in fields and "sex" not in fields:
        return Layout.VISITS
    if "birth_date" in fields and not fields & {"measured_on", "weight_kg", "lenhei_cm"}:
        return Layout.BASE
    return Layout.EPPGBM


def load_reading(data: dict[str, Any]) -> SheetReading:
    """The reading that a user confirmed; layout and missing fields anew. ValueError for an unknown field."""
    known = {field.name for field in list_fields()} | {""}
    columns = tuple(Column(**column) for column in data["columns"])
    if unknown := {column.field for column in columns} - known:
        raise ValueError(f"Unknown fields: {', '.join(sorted(unknown))}")
    reading = SheetReading(Layout.NONE, data["sheet"], int(data["header_row"]), int(data["first_data_row"]), columns)
    return settle(reading) if columns else reading


def split_visits(reading: SheetReading) -> tuple[SheetReading, ...]:
    """One reading per month of the monthly layout, each for read_row; any other reading alone."""
    visits = sorted({column.visit for column in reading.columns} - {0})
    if not visits:
        return (reading,)
    return tuple(
        replace(reading, columns=tuple(c._replace(visit=0) for c in reading.columns if c.visit in (0, visit)))
        for visit in visits
    )
