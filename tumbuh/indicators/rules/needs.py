"""What the rules of services ask of each person and what each has, as Ibis expressions.

Read `engines/convergence/answers.py` beside it: the same, person by person.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import add, and_, or_
from typing import TYPE_CHECKING, Any

from tumbuh.engines.convergence.api import (
    CALENDAR,
    COLUMNS,
    EVENTS,
    NULLABLE,
    SEASONS,
    Content,
    Group,
    Kind,
    Rule,
    Version,
    Window,
)
from tumbuh.indicators.rules.formula import TYPES, build_condition

if TYPE_CHECKING:
    import ibis.expr.types as ir

PEOPLE, RECEIPTS = "person_months", "receipts"
Found = tuple[Kind, Window, tuple[str, ...]]  # what is counted of receipts


def make_people() -> "ir.Table":
    """The unbound table person_months."""
    import ibis

    columns = {name: TYPES[kind] for name, kind in COLUMNS.items() if name not in SEASONS}
    keys = {"person_id": "int64", "desa_id": "int64", "month": "date", "month_end": "date"}
    return ibis.table({**keys, **columns}, name=PEOPLE)


def make_receipts() -> "ir.Table":
    """The unbound table receipts."""
    import ibis

    return ibis.table(
        {"person_id": "int64", "code": "string", "received_on": "date", "quantity": "int64"}, name=RECEIPTS
    )


def add_clocks(people: "ir.Table") -> "ir.Table":
    """The columns that are worked out from the month: its place in calendar windows, and their first days."""
    import ibis

    year, number = (part.cast("int32") for part in (people.month.year(), people.month.month()))
    seasons = {name: (number - 1) % length + 1 for name, length in SEASONS.items()}
    starts = {
        f"start_{window.lower()}": ibis.date(year, number - (number - 1) % length, 1)
        for window, length in CALENDAR.items()
    }
    return people.mutate(**seasons, **starts)


def list_found(rules: Iterable[Rule]) -> list[Found]:
    """What has to be counted of receipts: each kind, window and list of codes once."""
    return list(dict.fromkeys(key for rule in rules for v in rule.versions if (key := get_found(v)) is not None))


def get_found(version: Version) -> Found | None:
    if version.measure.kind in (Kind.STATEMENT, Kind.KNOWN):
        return None
    return version.measure.kind, version.window, tuple(version.measure.parts)


def count_receipts(people: "ir.Table", found: Sequence[Found]) -> "ir.Table":
    """For each person and month the counts of `found`, as `count_0`, `count_1` …; people without receipts: no row."""
    receipts = make_receipts()
    receipts = receipts.group_by("person_id", "code", "received_on").agg(quantity=receipts.quantity.sum())
    joined = people.join(receipts, [people.person_id == receipts.person_id, receipts.received_on <= people.month_end])
    counts = {f"count_{n}": build_count(joined, *key) for n, key in enumerate(found)}
    return joined.group_by("person_id", "month").agg(**counts)


def build_count(joined: "ir.Table", kind: Kind, window: Window, codes: tuple[str, ...]) -> Any:
    """How often, how many different ones or how much, of the codes within the window."""
    where = joined.code.isin(codes)
    if window != Window.LIFE:
        start = joined[EVENTS[window]] if window in EVENTS else joined[f"start_{window.lower()}"]
        where = where & start.notnull() & (start <= joined.received_on)
    if kind == Kind.KINDS:
        return joined.code.nunique(where=where)
    return joined.quantity.sum(where=where) if kind == Kind.QUANTITY else joined.count(where=where)


def build_people(people: "ir.Table", content: Content, found: Sequence[Found]) -> "ir.Table":
    """For each person and rule what is needed (0: nothing is due) and what was found."""
    needed = {f"needed_{n}": build_needed(people, rule) for n, rule in enumerate(content.rules)}
    had = {f"found_{n}": build_found(people, rule, found) for n, rule in enumerate(content.rules)}
    return people.select("desa_id", "month", "sex", poverty=build_poverty(people, content), **needed, **had)


def build_needed(people: "ir.Table", rule: Rule) -> Any:
    """How much the rule asks of the person; 0 where nothing is due."""
    import ibis

    cases = []
    for version, force in zip(rule.versions, build_force(people, rule.versions), strict=True):
        cases += [(force & build_condition(people, band.where, NULLABLE), band.needed) for band in version.bands]
    asked = ibis.cases(*cases, else_=0) if cases else ibis.literal(0)
    return ibis.cases((build_member(people, rule.group), asked), else_=0)


def build_member(people: "ir.Table", group: Group) -> Any:
    parts = [
        force & build_condition(people, version.where, NULLABLE)
        for version, force in zip(group.versions, build_force(people, group.versions), strict=True)
    ]
    return reduce(or_, parts)


def build_found(people: "ir.Table", rule: Rule, found: Sequence[Found]) -> Any:
    """What the person has of it."""
    import ibis

    cases = [
        (force, build_measure(people, version, found))
        for version, force in zip(rule.versions, build_force(people, rule.versions), strict=True)
    ]
    return cases[0][1] if len(cases) == 1 else ibis.cases(*cases, else_=0)


def build_measure(people: "ir.Table", version: Version, found: Sequence[Found]) -> Any:
    """The number that is held against what is needed."""
    import ibis

    key, parts = get_found(version), version.measure.parts
    if key is not None:
        return people[f"count_{found.index(key)}"].fill_null(0)
    if version.measure.kind == Kind.STATEMENT:
        return reduce(and_, (people[column].fill_null(False) for column in parts)).cast("int32")
    return reduce(add, (people[column].notnull().cast("int32") for column in parts), ibis.literal(0))


def build_poverty(people: "ir.Table", content: Content) -> Any:
    """POOR, OTHER or UNKNOWN, by the decile in force that month."""
    import ibis

    cases = [(people.decile.isnull(), "UNKNOWN")]
    for limit, force in zip(content.poor, build_force(people, content.poor), strict=True):
        cases += [(force & (people.decile <= limit.decile), "POOR"), (force, "OTHER")]
    return ibis.cases(*cases, else_="UNKNOWN")


def build_force(people: "ir.Table", versions: Sequence[Any]) -> list[Any]:
    """For each version, whether it is the one in force on the month's last day."""
    ends: list[date | None] = [version.valid_from for version in versions[1:]] + [None]
    force = []
    for version, end in zip(versions, ends, strict=True):
        begun = people.month_end >= version.valid_from
        force.append(begun if end is None else begun & (people.month_end < end))
    return force
