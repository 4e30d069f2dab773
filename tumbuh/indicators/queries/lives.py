"""The lives that a quarter's scorecard reads, from the records to the engine."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tumbuh.engines.scorecard.api import CHILD, STATEMENTS, Life, Received, read_content
from tumbuh.records.api import QuarterPerson, list_counted_receipts, list_quarter_people

FACTS = ("is_risky", "muac_mm", "haz", "whz", "oedema", *STATEMENTS)


def list_lives(desas: Iterable[int], first: date, read_on: date) -> list[Life]:
    """Everybody asked in these desa whom the work in hand reaches; two queries."""
    return make_lives(list_quarter_people(desas, first, read_on), first, read_on)


def make_lives(people: Sequence[QuarterPerson], first: date, read_on: date) -> list[Life]:
    """With what they received; one query. Preschool children are asked for a statement only."""
    received: dict[int, dict[str, list[Received]]] = defaultdict(dict)
    wanted = [one.person_id for one in people if one.kind != CHILD or is_small(one.born_on, read_on)]
    for person_id, code, day, quantity in list_counted_receipts(wanted, read_content().codes, read_on):
        received[person_id].setdefault(code, []).append(Received(day, quantity))
    return [make_life(one, first, read_on, received.get(one.person_id, {})) for one in people]


def is_small(born_on: date, read_on: date) -> bool:
    """Born in the last two years, with a month to spare: the engine knows the exact age."""
    return (read_on - born_on).days < 2 * 366 + 31


def make_life(one: QuarterPerson, first: date, read_on: date, received: dict[str, list[Received]]) -> Life:
    return Life(
        person_id=one.person_id,
        desa_id=one.desa_id,
        kind=one.kind,
        first=first,
        read_on=read_on,
        born_on=one.born_on,
        household=one.household,
        pregnancy_on=one.pregnancy_on,
        pregnancy_ended_on=one.pregnancy_ended_on,
        birth_on=one.birth_on,
        registered_on=one.registered_on,
        facts={name: getattr(one, name) for name in FACTS},
        received=received,
    )
