"""Every rule of who is due which service as one Ibis statement; SQL for PostgreSQL and DuckDB is made from it.

The rules are those of `engines/convergence`, which reads them person by person and is the oracle. Here one join brings
the receipts to the people and one grouping counts them; the conditions then give each person and rule what is needed.
Ibis is imported only when an expression is built.
"""

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

from tumbuh.engines.convergence.api import EVERYBODY, Content
from tumbuh.indicators.rules.formula import compile_sql
from tumbuh.indicators.rules.needs import add_clocks, build_people, count_receipts, list_found, make_people

if TYPE_CHECKING:
    import ibis.expr.types as ir

STRATUM = ("desa_id", "month", "sex", "poverty")
COUNTS = ("due", "received", "only_missing")
Key = tuple[str, str]  # group and service


def list_keys(content: Content) -> list[Key]:
    """Group and service of the counted columns `due_0`, `received_0`, `only_missing_0`, `due_1` … in their order.

    After the rules come the complete packages: service `*` of each group, last of all groups together.
    """
    return [rule.key for rule in content.rules] + [(group, EVERYBODY) for group in list_packages(content)]


def list_packages(content: Content) -> dict[str, list[int]]:
    """The numbers of the rules in the complete package of each group, last of all groups together."""
    packages: dict[str, list[int]] = {}
    for number, rule in enumerate(content.rules):
        if rule.service.in_package:
            packages.setdefault(rule.group.code, []).append(number)
    return {**packages, EVERYBODY: [number for numbers in packages.values() for number in numbers]}


def build_steps(content: Content) -> dict[str, "ir.Table"]:
    """The steps in their order, each an expression over the tables that the earlier ones are named.

    The last gives one row per desa, month, sex and poverty, with the people due, received and missing only this of
    every key. Steps are kept apart because a planner that merges them repeats each condition hundreds of times.
    """
    clocked = add_clocks(make_people())
    people = name_step(clocked, "clocked")
    found = list_found(content.rules)
    counted = count_receipts(people, found)
    needed = build_people(people.left_join(name_step(counted, "counted"), ["person_id", "month"]), content, found)
    marked = mark_people(name_step(needed, "needed"), content)
    summed = sum_people(name_step(marked, "marked"), content)
    return {"clocked": clocked, "counted": counted, "needed": needed, "marked": marked, "summed": summed}


def name_step(expression: "ir.Table", name: str) -> "ir.Table":
    import ibis

    return ibis.table(expression.schema(), name=name)


def compile_coverage(content: Content, dialect: str = "postgres") -> str:
    """All steps as one statement over `person_months` and `receipts`, for PostgreSQL or "duckdb".

    It begins with `WITH`; put the two tables before the steps with `put_tables`.
    """
    *steps, (_, last) = build_steps(content).items()
    before = ", ".join(f"{name} AS MATERIALIZED ({compile_sql(step, dialect, pretty=False)})" for name, step in steps)
    return f"WITH {before} {compile_sql(last, dialect, pretty=False)}"


def put_tables(statement: str, **tables: str) -> str:
    """The statement with queries under the names of its tables: `person_months="SELECT …", receipts="SELECT …"`."""
    before = "".join(f"{name} AS MATERIALIZED ({query}), " for name, query in tables.items())
    return "WITH " + before + statement.removeprefix("WITH ")


def mark_people(people: "ir.Table", content: Content) -> "ir.Table":
    """For each person and rule: due, received; for each package: how many of its services are due and received."""
    marks = {}
    for number, _ in enumerate(content.rules):
        due = people[f"needed_{number}"] > 0
        marks[f"due_{number}"] = due
        marks[f"received_{number}"] = due & (people[f"found_{number}"] >= people[f"needed_{number}"])
    marked = people.select(*STRATUM, **marks)
    sums = {
        f"package_{name}_{place}": reduce(add, (marked[f"{name}_{number}"].cast("int32") for number in numbers))
        for place, numbers in enumerate(list_packages(content).values())
        for name in ("due", "received")
    }
    return marked.mutate(**sums)


def sum_people(marked: "ir.Table", content: Content) -> "ir.Table":
    """People by stratum: those due, received and missing only this, for every key."""
    import ibis

    nobody = ibis.literal(False)
    alone = dict.fromkeys(range(len(content.rules)), nobody)  # by rule: one service of its package is missing
    packages: list[tuple[Any, Any, Any]] = []
    for place, (group, numbers) in enumerate(list_packages(content).items()):
        due, received = marked[f"package_due_{place}"], marked[f"package_received_{place}"]
        packages.append((due > 0, (due > 0) & (due == received), nobody))
        if group != EVERYBODY:
            alone.update(dict.fromkeys(numbers, due - received == 1))
    rules = []
    for number, only in alone.items():
        due, received = marked[f"due_{number}"], marked[f"received_{number}"]
        rules.append((due, received, due & ~received & only))
    counts = {
        f"{name}_{number}": marked.count(where=where)
        for number, key in enumerate([*rules, *packages])
        for name, where in zip(COUNTS, key, strict=True)
    }
    return marked.group_by(list(STRATUM)).agg(**counts)
