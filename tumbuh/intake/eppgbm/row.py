"""One line of a sheet as a ParsedRow. Nothing in a cell makes it raise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from tumbuh.engines.linkage.api import fold_name
from tumbuh.intake.eppgbm.dates import read_date
from tumbuh.intake.eppgbm.days import judge_date, judge_days
from tumbuh.intake.eppgbm.fields import get_labels
from tumbuh.intake.eppgbm.kinds import find_kind
from tumbuh.intake.eppgbm.measures import judge_bounds, judge_measures
from tumbuh.intake.eppgbm.nik import compare_nik, read_nik
from tumbuh.intake.eppgbm.numbers import read_hundredths, read_number
from tumbuh.intake.eppgbm.plausible import get_possible
from tumbuh.intake.eppgbm.reasons import Reason, make_reason
from tumbuh.intake.eppgbm.texts import clean_text, find_gain, find_mode, find_sex, optional_text, something
from tumbuh.intake.eppgbm.types import Kind, Layout, NikStatus, ParsedRow, SheetReading
from tumbuh.lib.spreadsheets.api import Cell

# Read by their own rules below; every other known column is kept as text.
TEXTS = (
    "parent_name", "provinsi", "kabupaten", "kecamatan", "desa", "puskesmas", "posyandu", "rt", "rw", "address",
    "age_text",
)  # fmt: skip
SIDE_NUMBERS = ("muac_cm", "head_cm", "birth_weight_kg", "birth_length_cm")
Z_SCORES = ("file_waz", "file_haz", "file_whz")
OF_THE_CHILD = (
    "nik", "nik_status", "kk", "name", "name_key", "sex", "birth_date", "parent_name", "birth_weight_kg",
    "birth_length_cm", "provinsi", "kabupaten", "kecamatan", "desa", "puskesmas", "posyandu", "rt", "rw", "address",
)  # fmt: skip
VISIT = ("measured_on", "weight_kg", "lenhei_cm")
PERSON = ("name", "nik", "sex", "birth_date")
MAIN = (*PERSON, *VISIT)
FAMILY = "family_number"
CORE = frozenset({*PERSON, FAMILY, "mode", "weight_gain", "number", *VISIT, *TEXTS, *SIDE_NUMBERS, *Z_SCORES})


class Plan:
    """A reading made ready for many rows: column of each field, headings, columns that are kept as text."""

    def __init__(self, reading: SheetReading) -> None:
        self.layout = reading.layout
        self.columns = {column.field: column.index for column in reading.columns if column.field}
        self.headings = {**get_labels(), **{c.field: c.heading for c in reading.columns if c.field and c.heading}}
        self.pick = itemgetter(*map(self.columns.get, MAIN)) if all(f in self.columns for f in MAIN) else None
        self.texts = [(field, self.columns[field]) for field in TEXTS if field in self.columns]
        self.numbers = [(field, self.columns[field]) for field in SIDE_NUMBERS if field in self.columns]
        self.scores = [(field, self.columns[field]) for field in Z_SCORES if field in self.columns]
        self.extras = [(c.heading or f"#{c.index + 1}", c.index) for c in reading.columns if c.field not in CORE]
        self.width = 1 + max((column.index for column in reading.columns), default=0)
        self.folded_headings = {fold_name(heading) for heading in self.headings.values()} - {""}


def get_plan(reading: SheetReading) -> Plan:
    """The plan, made once per reading."""
    plan: Plan | None = reading.__dict__.get("_plan")
    if plan is None:
        plan = reading.__dict__["_plan"] = Plan(reading)
    return plan


def read_row(cells: Sequence[Cell], reading: SheetReading, *, today: date) -> ParsedRow:
    """The row as read; `.kind` says whether it is data at all, `.reasons` what there is to say about it.

    Reading rules: definitions/intake. A refused value is None in the row; everything else is kept.
    """
    plan = get_plan(reading)
    if len(cells) < plan.width:
        cells = [*cells, *[None] * (plan.width - len(cells))]
    at = plan.columns
    core = (
        dict(zip(MAIN, plan.pick(cells), strict=True))
        if plan.pick
        else {f: cells[at[f]] if f in at else None for f in MAIN}
    )
    kind = find_kind(cells, core, plan.folded_headings)
    if kind is Kind.DATA and plan.layout is Layout.MONTHLY and all(optional_text(core[field]) == "" for field in VISIT):
        kind = Kind.EMPTY
    if kind is not Kind.DATA:
        return ParsedRow(kind=kind)
    row = ParsedRow()
    # Empty cells keep the defaults: this loop runs for each cell of each row.
    for field, index in plan.texts:
        if (cell := cells[index]) is not None:
            setattr(row, field, something(cell) if type(cell) is str else optional_text(cell))
    for heading, index in plan.extras:
        if (cell := cells[index]) is not None and (text := clean_text(cell)):
            row.extras[heading] = text
    for field, index in plan.scores:
        if (cell := cells[index]) is not None:
            setattr(row, field, read_hundredths(cell))
    read_identity(row, core, plan)
    if FAMILY in at and (cell := cells[at[FAMILY]]) is not None:
        read_family(row, cell, plan.headings[FAMILY])
    read_visit(row, core, cells, plan, today)
    return row


def read_identity(row: ParsedRow, core: dict[str, Cell], plan: Plan) -> None:
    """NIK, name and sex."""
    headings, reasons = plan.headings, row.reasons
    nik = read_nik(core["nik"])
    row.nik, row.nik_status = nik.digits, nik.status
    if nik.code:
        reasons.append(make_reason(headings["nik"], nik.code, value=nik.found))
    row.name = optional_text(core["name"])
    row.name_key = fold_name(row.name)
    is_visit = plan.layout is Layout.VISITS
    if row.name and not row.name_key:
        reasons.append(make_reason(headings["name"], "NAME_UNREADABLE", value=row.name))
    elif not row.name and not (is_visit and row.nik):
        reasons.append(make_reason(headings["name"], "VALUE_MISSING"))
    sex = optional_text(core["sex"])
    row.sex = find_sex(sex)
    if not row.sex and not is_visit:
        code = "SEX_UNREADABLE" if sex else "VALUE_MISSING"
        reasons.append(make_reason(headings["sex"], code, value=sex))


def read_family(row: ParsedRow, cell: Cell, heading: str) -> None:
    """The KK number: sixteen digits like a NIK, and lost in the same ways; the row does without it."""
    found = read_nik(cell)
    row.kk = found.digits
    if found.code and found.status is not NikStatus.MISSING:
        code = "KK_DAMAGED" if found.status is NikStatus.DAMAGED else "KK_INVALID"
        row.reasons.append(make_reason(heading, code, value=found.found))


def read_visit(row: ParsedRow, core: dict[str, Cell], cells: Sequence[Cell], plan: Plan, today: date) -> None:
    """Dates, measured values and the codes beside them."""
    headings, reasons = plan.headings, row.reasons
    if plan.layout is not Layout.VISITS:
        row.birth_date = read_day(core["birth_date"], headings["birth_date"], reasons)
    if plan.layout is not Layout.BASE:
        row.measured_on = read_day(core["measured_on"], headings["measured_on"], reasons)
        read_measures(row, core, plan)
    reasons += judge_person_days(row, today, headings)
    for field, index in plan.numbers:
        if (cell := cells[index]) is not None:
            value, is_ignored = judge_side_number(field, cell)
            setattr(row, field, value)
            if is_ignored:
                reasons.append(make_reason(headings[field], "NUMBER_IGNORED", value=clean_text(cell)))
    if "mode" in plan.columns:
        text = optional_text(cells[plan.columns["mode"]])
        row.mode = find_mode(text)
        if text and not row.mode:
            reasons.append(make_reason(headings["mode"], "MODE_UNREADABLE", value=text))
    if "weight_gain" in plan.columns:
        row.weight_gain = find_gain(optional_text(cells[plan.columns["weight_gain"]]))


def read_day(cell: Cell, heading: str, reasons: list[Reason]) -> date | None:
    """The date of a needed cell; adds what there is to say."""
    read = read_date(cell)
    return judge_date(read, heading, cell, reasons) if read.date is None or read.is_swapped else read.date


def read_measures(row: ParsedRow, core: dict[str, Cell], plan: Plan) -> None:
    """Weight and height, judged by the age."""
    weight, height = core["weight_kg"], core["lenhei_cm"]
    found = judge_measures(
        read_number(weight),
        read_number(height),
        get_age_days(row),
        (plan.headings["weight_kg"], plan.headings["lenhei_cm"]),
        (weight, height),
    )
    row.weight_kg, row.lenhei_cm = found.weight_kg, found.lenhei_cm
    row.reasons += found.reasons


def get_age_days(row: ParsedRow) -> int | None:
    """Age at the measurement in days, None when a date is missing or they contradict each other."""
    if row.birth_date is None or row.measured_on is None or row.measured_on < row.birth_date:
        return None
    return (row.measured_on - row.birth_date).days


def judge_person_days(row: ParsedRow, today: date, headings: dict[str, str]) -> list[Reason]:
    """Dates against each other, and the NIK against sex and birth date."""
    names = (headings["birth_date"], headings["measured_on"], headings["age_text"])
    reasons = judge_days(row.birth_date, row.measured_on, row.age_text, today, names)
    if row.nik_status is NikStatus.OK:
        for code, value, other in compare_nik(row.nik, row.sex, row.birth_date):
            reasons.append(make_reason(headings["nik"], code, value=value, other=other))
    return reasons


@lru_cache(maxsize=20_000, typed=True)
def judge_side_number(field: str, cell: Cell) -> tuple[Decimal | None, bool]:
    """A number beside weight and height or None, and whether there is one that cannot be used."""
    read = read_number(cell)
    value = read.value
    if value is not None and field == "birth_weight_kg" and value >= 300:
        value = value / 1000
    if read.is_missing:
        return None, False
    is_possible = value is not None and get_possible(field).contains(value)
    return (value, False) if is_possible else (None, True)


def join_base(base: ParsedRow, visit: ParsedRow) -> ParsedRow:
    """Two-sheet layout: the child of "Data Dasar" with the measurement of "Pemantauan", judged together.

    The caller pairs them by NIK, else by name_key. A visit whose child is nowhere is joined to an empty ParsedRow() and
    refused for it. Future dates were judged when the two were read; here only how they fit each other.
    """
    labels = get_labels()
    joined = replace(
        visit,
        **{field: getattr(base, field) for field in OF_THE_CHILD if getattr(base, field)},
        extras={**base.extras, **visit.extras},
        reasons=[*base.reasons, *(reason for reason in visit.reasons if not reason.code.startswith("NIK_"))],
    )
    if base.birth_date is None and not base.reasons:
        joined.reasons.append(make_reason(labels["name"], "CHILD_NOT_IN_BASE"))
        return joined
    names = (labels["birth_date"], labels["measured_on"], labels["age_text"])
    if not any(reason.code == "MEASURED_IN_FUTURE" for reason in visit.reasons):
        joined.reasons += judge_days(joined.birth_date, joined.measured_on, joined.age_text, date.max, names)
    age_days = get_age_days(joined)
    if age_days is not None and not any(reason.code.endswith(("_UNUSUAL", "_SWAPPED")) for reason in visit.reasons):
        for field, code in (("weight_kg", "WEIGHT"), ("lenhei_cm", "LENGTH")):
            if (value := getattr(joined, field)) is not None:
                judge_bounds(field, code, value, age_days, labels[field], joined.reasons)
    return joined
