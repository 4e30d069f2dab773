"""Lives for the scorecard, told by what matters in a row: ages, days, receipts."""

from datetime import date, timedelta

from tumbuh.engines.scorecard.api import CHILD, MOTHER, Life, Received, end_quarter

FIRST = date(2026, 1, 1)
LAST = end_quarter(FIRST)
NUMBERS = iter(range(1, 10**9))
KNOWN = {"water": True, "latrine": True, "insurance": True, "birth_certificate": True, "preschool": True}


def give(**received) -> dict[str, list[Received]]:
    """`weighed=["2026-01-10"]`, `iron_tablets=[("2026-01-10", 30)]`."""
    pairs = {code: [(one, 1) if isinstance(one, str) else one for one in days] for code, days in received.items()}
    return {code: [Received(date.fromisoformat(day), number) for day, number in days] for code, days in pairs.items()}


def make_mother(pregnant: int | None = None, born: int | None = None, *, read_on: date = LAST, **fields) -> Life:
    """`pregnant`: days since the last period on `read_on`; `born`: days since the birth, after 270 days."""
    facts = {**KNOWN, **fields.pop("facts", {})}
    birth = None if born is None else read_on - timedelta(days=born)
    start = birth - timedelta(days=270) if birth else read_on - timedelta(days=pregnant or 0)
    fields = {"pregnancy_on": start, "pregnancy_ended_on": birth, "birth_on": birth, **fields}
    return make_life(MOTHER, date(1996, 5, 5), read_on, facts, **fields)


def make_child(months: int, *, read_on: date = LAST, **fields) -> Life:
    """A child so many months old, born on the first of a month, with every statement made."""
    facts = {**KNOWN, **fields.pop("facts", {})}
    number = read_on.year * 12 + read_on.month - 1 - months
    born = fields.pop("born_on", date(number // 12, number % 12 + 1, 1))
    return make_life(CHILD, born, read_on, facts, **fields)


def make_life(kind: str, born: date, read_on: date, facts: dict, **fields) -> Life:
    number = next(NUMBERS)
    fields = {"household": f"h{number}", **fields}
    return Life(number, 1, kind, FIRST, read_on, born, facts=facts, **fields)
