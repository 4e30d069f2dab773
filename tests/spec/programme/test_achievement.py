"""Achievement as a table: each row is computed as written, on the regulation's own targets and evidence rules."""

from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest
import yaml

from tests.spec.programme.province import PROVINCE, get_term, list_clauses
from tumbuh.programme.rules import (
    Per,
    Proof,
    SubjectKind,
    compute_achieved,
    find_rule,
    find_status,
    plan_obligations,
)

ROWS = yaml.safe_load(Path(__file__).with_name("achievement.yaml").read_text())["rows"]
LEVELS = {str(per.label): per for per in Per}


def list_proofs(row: dict) -> list[Proof]:
    """The evidence of a row, piece by piece."""
    found = []
    for number, entry in enumerate(row["evidence"]):
        level = LEVELS[entry["level"]]
        places = get_term().regions[level][entry.get("from", 0) :]
        for piece in range(entry["n"]):
            found.append(
                Proof(
                    find_source(entry["kind"]), UUID(int=number * 10_000 + piece), entry["kind"],
                    places[0] if entry.get("same") else places[piece], level, entry["year"],
                    entry.get("verified", True), frozenset({entry["for"]} if "for" in entry else ()),
                )
            )  # fmt: skip
    return found


@cache
def find_source(kind: str) -> SubjectKind:
    """The source whose rules name the kind."""
    rules = [rule for clause in list_clauses().values() for rule in clause.rules]
    return next(source for rule in rules for source, kinds in rule.kinds.items() if kind in kinds)


def answer(row: dict) -> dict[str, list]:
    """part/year[/tier, unit or next] → [achieved, needed, status]; of units only the first two of their level."""
    clause, term, proofs, said = list_clauses()[row["code"]], get_term(), list_proofs(row), {}
    for planned in plan_obligations(clause, term):
        rule = find_rule(clause.rules, planned.part)
        got = compute_achieved(planned, rule, proofs, term.regions)
        status = find_status(
            measure=planned.measure, quantity=planned.quantity, achieved=got.quantity, waiting=got.waiting,
            due_on=planned.due_on, is_waived=False, today=row["today"],
        )  # fmt: skip
        said[name(planned)] = [float(got.quantity), float(planned.quantity), status]
    return said


def name(planned) -> str:
    place = planned.tier
    if planned.region_id != PROVINCE:
        peers = next(numbers for numbers in get_term().regions.values() if planned.region_id in numbers)
        place = {0: "unit", 1: "next"}.get(peers.index(planned.region_id), str(planned.region_id))
    return f"{planned.part}/{planned.year}" + (f"/{place}" if place else "")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_row(row):
    assert isinstance(row["today"], date)
    said = answer(row)
    assert {key: said[key] for key in row["expect"]} == row["expect"]


def test_the_obligations_of_a_whole_province():
    """At least ten thousand, each with a key of its own; every output and duty owes something."""
    planned = [one for clause in list_clauses().values() for one in plan_obligations(clause, get_term())]
    assert len(planned) == 10_893
    assert len({one.key for one in planned}) == len(planned)
    assert {one.code for one in planned} == set(list_clauses())
    assert all(one.quantity > 0 and one.starts <= one.year for one in planned)
