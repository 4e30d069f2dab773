"""What is achieved, computed anew from evidence: all of it, or what one piece of evidence can touch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import QuerySet

from tumbuh.programme.models import Obligation, Regulation
from tumbuh.programme.queries.clauses import Source, get_term, list_sources
from tumbuh.programme.queries.proofs import list_proofs
from tumbuh.programme.queries.systems import find_ceiling, find_system
from tumbuh.programme.rules import (
    Achieved,
    EvidenceRule,
    Measure,
    Planned,
    Proof,
    Term,
    compute_achieved,
    find_rule,
    is_met,
)
from tumbuh.programme.rules.achievement import SIZES, find_level

KEEP = """
update programme_obligation o set achieved = n.achieved, is_met = n.is_met, proofs = n.proofs, waiting = n.waiting
from unnest(%s::bigint[], %s::numeric[], %s::boolean[], %s::int[], %s::int[])
    as n(id, achieved, is_met, proofs, waiting)
where o.id = n.id
"""


@dataclass(frozen=True)
class Shelf:
    """The evidence of a clause, sorted by the region that it lies in at each level; so that no unit reads it all."""

    by_place: Mapping[tuple[int, int], Sequence[Proof]]

    def within(self, region_id: int) -> Sequence[Proof]:
        """The evidence of the region and of all below it."""
        size = SIZES[find_level(region_id)]
        return self.by_place.get((size, region_id // size), ())


def make_shelf(proofs: Iterable[Proof]) -> Shelf:
    by_place: dict[tuple[int, int], list[Proof]] = defaultdict(list)
    for proof in proofs:
        for size in SIZES.values():
            by_place[size, proof.region_id // size].append(proof)
    return Shelf(by_place)


@transaction.atomic
def recompute(regulation: Regulation, *, codes: Collection[str] | None = None) -> int:
    """Achievement of all obligations, or of those of the outputs and duties named; how many changed.

    It is derived data: no event, and again without effect.
    """
    term = get_term(regulation)
    sources = list_sources(regulation, codes)
    proofs = list_proofs(regulation, [source.clause for source in sources])
    rows: dict[str, list[Obligation]] = defaultdict(list)
    for row in list_live(regulation, codes).select_for_update().order_by("pk"):
        rows[row.code].append(row)
    changed = [
        row
        for source in sources
        for row in recompute_clause(source, rows[source.clause.code], make_shelf(proofs[source.clause.code]), term)
    ]
    keep(changed)
    return len(changed)


def keep(rows: Sequence[Obligation]) -> None:
    """What was computed, in one statement: thousands of rows in a fraction of a second."""
    names = ("pk", "achieved", "is_met", "proofs", "waiting")
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [[getattr(row, name) for row in rows] for name in names])


def list_live(regulation: Regulation, codes: Collection[str] | None) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(regulation=regulation, retired_at__isnull=True)
    return rows if codes is None else rows.filter(code__in=codes)


def recompute_clause(source: Source, rows: Iterable[Obligation], shelf: Shelf, term: Term) -> list[Obligation]:
    """Those of the clause's obligations whose achievement is another now."""
    changed = []
    for row in rows:
        rule = find_rule(source.clause.rules, row.part)
        if rule is not None and set_achieved(row, measure(row, rule, shelf, term)):
            changed.append(row)
    return changed


def measure(row: Obligation, rule: EvidenceRule, shelf: Shelf, term: Term) -> Achieved | None:
    """What is achieved by evidence, by a living system or by an indicator; None while nothing is known."""
    if row.measure == Measure.CEILING:
        value = find_ceiling(row.region_id, rule.indicator, row.year)
        return None if value is None else Achieved(value, 0, 0)
    counted = compute_achieved(as_planned(row), rule, shelf.within(row.region_id), term.regions)
    if not rule.system or counted.quantity:
        return counted
    lives = find_system(rule.system, row.region_id, row.year)
    return None if lives is None else Achieved(Decimal(lives), 0, counted.waiting)


def as_planned(row: Obligation) -> Planned:
    return Planned(
        row.code, row.part, row.year, row.starts, row.due_on, row.region_id, row.tier, Measure(row.measure),
        row.quantity, row.unit, row.of,
    )  # fmt: skip


def set_achieved(row: Obligation, got: Achieved | None) -> bool:
    """Whether anything changed."""
    quantity = None if got is None else got.quantity
    values = {
        "achieved": quantity,
        "is_met": quantity is not None and is_met(Measure(row.measure), row.quantity, quantity),
        "proofs": got.proofs if got else 0,
        "waiting": got.waiting if got else 0,
    }
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    return bool(different)
