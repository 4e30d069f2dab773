"""The people of a posyandu day, with what each can be given, what is still due, and what was recorded already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext

from tumbuh.accounts.api import Scope
from tumbuh.engines.convergence.api import Code, Kind, Package, Receipt, list_groups, list_packages, read_content
from tumbuh.engines.linkage.api import fold_name
from tumbuh.records.api import Measurement, Mode, list_receipts, list_register, list_visits_on
from tumbuh.regions.api import Region
from tumbuh.web.records.day_choice import CHECK, CHILDREN, MEASURE, NOWHERE, Choice
from tumbuh.web.records.pages import count_months, write_short_age
from tumbuh.web.records.work import say
from tumbuh.web.templatetags.numbers import count, decimal
from tumbuh.web.templatetags.numbers import day as write_day

PER_PAGE = 50
SHOWN = 3  # missing services that a line names
LYING_UNTIL = 24  # months
NUMBERS = {"weight_kg": "b", "lenhei_cm": "p", "muac_cm": "l", "hb_g_dl": "h"}  # field → first letter of its name


@dataclass
class Box:
    """One thing for one person: a tick, and how much of it. `told`: what was recorded; without a box it cannot be."""

    code: Code
    name: str
    told: str
    is_open: bool
    is_due: bool
    is_ticked: bool = False
    amount: str = ""
    error: str = ""

    @property
    def title(self) -> str:
        return say(self.code.title)

    @property
    def unit(self) -> str:
        return say(self.code.unit)

    @property
    def has_amount(self) -> bool:
        return self.code.quantity[0] != self.code.quantity[1]


@dataclass
class Blank:
    """A value to write or to choose."""

    name: str
    label: str
    value: str
    choices: list[tuple[str, str]] = field(default_factory=list)
    error: str = ""


@dataclass
class Line:
    """One person of the list."""

    person: dict[str, Any]
    age: str
    missing: list[str]
    more: int
    boxes: list[Box]
    blanks: dict[str, Blank]

    @property
    def key(self) -> str:
        """The person's number as addresses and forms write it, without grouping."""
        return str(self.person["person_id"])

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(name of the field, what is wrong)."""
        wrong = [(box.name, box.error) for box in self.boxes if box.error]
        return wrong + [(blank.name, blank.error) for blank in self.blanks.values() if blank.error]


def list_lines(scope: Scope, desa: Region, choice: Choice) -> tuple[Page[dict[str, Any]], list[Line]]:
    """The page of people for whom the day makes sense, by name; four queries."""
    content = read_content()
    people = [
        (row, groups)
        for row in list_register(scope, desa.pk, choice.day)
        if is_present(row, choice)
        and (groups := {group.code for group in list_groups(row, content.groups)}) & set(choice.groups)
    ]
    if choice.people:  # the list that was shown, whoever came or went since
        people = [(row, groups) for row, groups in people if row["person_id"] in choice.people]
    page = Paginator(people, PER_PAGE).get_page(1 if choice.people else choice.page)
    ids = [row["person_id"] for row, _groups in page]
    received = list_receipts(ids, page[0][0]["month_end"]) if ids else {}
    visits = list_visits_on(scope, ids, choice.day) if MEASURE in choice.codes else {}
    lines = [
        make_line(row, groups, received.get(row["person_id"], []), visits.get(row["person_id"]), choice)
        for row, groups in page
    ]
    return page, lines


def is_present(row: Mapping[str, Any], choice: Choice) -> bool:
    """Born, not gone, of the posyandu, and by that name."""
    if row["born_on"] > choice.day or (row["left_on"] is not None and row["left_on"] <= choice.day):
        return False
    if choice.posyandu and choice.posyandu != str(row["posyandu_id"] or NOWHERE):
        return False
    return all(word in fold_name(row["name"]) for word in fold_name(choice.name).split())


def make_line(
    row: dict[str, Any],
    groups: set[str],
    received: list[tuple[date, str, int]],
    visit: Measurement | None,
    choice: Choice,
) -> Line:
    packages = list_packages(read_content().rules, row, [Receipt(*one) for one in received])
    missing = list(dict.fromkeys(say(found.rule.service.title) for package in packages for found in package.missing))
    due, codes = list_due_codes(packages), read_content().codes
    boxes = [
        box
        for code in choice.codes
        if code in codes and (box := make_box(codes[code], row, groups, received, due, choice)) is not None
    ]
    age = write_short_age(row["born_on"], choice.day)
    return Line(row, age, missing[:SHOWN], max(len(missing) - SHOWN, 0), boxes, make_blanks(row, groups, visit, choice))


def list_due_codes(packages: list[Package]) -> set[str]:
    """The codes by which what a person misses would be received."""
    due: set[str] = set()
    for found in (answer for package in packages for answer in package.missing):
        if found.version and found.version.measure.kind in (Kind.TIMES, Kind.QUANTITY):
            due |= set(found.version.measure.parts)
        elif found.version and found.version.measure.kind == Kind.KINDS:
            due |= set(found.absent)
    return due


def make_box(
    code: Code,
    row: Mapping[str, Any],
    groups: set[str],
    received: list[tuple[date, str, int]],
    due: set[str],
    choice: Choice,
) -> Box | None:
    """The box, or None where it makes no sense for the person."""
    last = next(((day, size) for day, kind, size in reversed(received) if kind == code.code), None)
    months = count_months(row["born_on"], choice.day)
    if not groups & set(code.groups) or (code.holder == "HOUSEHOLD" and row["household_id"] is None):
        return None
    is_given = code.is_once and last is not None and last[0] != choice.day
    is_of_age = code.age_months[0] <= months <= code.age_months[1]
    if not is_of_age and last is None:
        return None
    usual = next((code.usual[group] for group in code.usual if group in groups), code.quantity[0])
    is_due = code.code in due and not (last and last[0] == choice.day)
    return Box(
        code, f"{code.code}-{row['person_id']}", tell(code, last), is_of_age and not is_given, is_due,
        is_ticked=choice.is_filled and is_due and is_of_age and not is_given, amount=str(usual),
    )  # fmt: skip


def tell(code: Code, last: tuple[date, int] | None) -> str:
    """When it was received last: sudah 5 Feb 2026, 30 tablet."""
    if last is None:
        return ""
    said = gettext("sudah %(day)s") % {"day": write_day(last[0])}
    return said + (f", {count(last[1])} {say(code.unit)}" if last[1] > 1 else "")


def make_blanks(
    row: Mapping[str, Any], groups: set[str], visit: Measurement | None, choice: Choice
) -> dict[str, Blank]:
    """The values to write of one person; what was measured that day stands in them."""
    key, blanks = row["person_id"], {}
    if MEASURE in choice.codes and groups & set(CHILDREN):
        for name, label in (("weight_kg", gettext("Berat (kg)")), ("lenhei_cm", gettext("Panjang/tinggi (cm)"))):
            value = getattr(visit, name) if visit else None
            blanks[name] = Blank(f"{NUMBERS[name]}-{key}", label, "" if value is None else write_value(value))
        usual = Mode.LYING if count_months(row["born_on"], choice.day) < LYING_UNTIL else Mode.STANDING
        mode = visit.mode if visit else usual.value
        choices = [(one.value, gettext(one.label)) for one in Mode]
        blanks["mode"] = Blank(f"m-{key}", gettext("Cara ukur"), mode, choices)
    if CHECK in choice.codes and groups - set(CHILDREN):
        for name, label in (("muac_cm", gettext("LiLA (cm)")), ("hb_g_dl", gettext("Hb (g/dl)"))):
            blanks[name] = Blank(f"{NUMBERS[name]}-{key}", label, "")
    return blanks


def write_value(value: Any) -> str:
    """With every decimal that it has."""
    return decimal(value, max(1, -value.normalize().as_tuple().exponent))
