"""Counting obligations by what is said of them today: boards, at any region. Public: statuses show no person."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Floor

from tumbuh.programme.models import Obligation, Regulation
from tumbuh.programme.rules import Status
from tumbuh.regions.api import Region

Tally = Counter[Status]


@dataclass
class Board:
    """Statuses by pillar and year (`cells`), and in all; a starred output that is the same as another counts once."""

    cells: dict[tuple[int, int], Tally] = field(default_factory=lambda: defaultdict(Counter))
    total: Tally = field(default_factory=Counter)


def list_obligations(regulation: Regulation, region: Region) -> QuerySet[Obligation]:
    """What the region and everything below it owe, in the regulation as it is read now."""
    span = region.span
    return Obligation.objects.filter(
        regulation=regulation, retired_at__isnull=True, region_id__gte=span.low, region_id__lte=span.high
    )


def say_status(today: date) -> Case:
    """`find_status` as an expression of the database."""
    return Case(
        When(waived_at__isnull=False, then=Value(Status.NOT_APPLICABLE.value)),
        When(is_met=True, then=Value(Status.FULFILLED.value)),
        When(due_on__lt=today, then=Value(Status.OVERDUE.value)),
        When(Q(waiting__gt=0) | Q(achieved__gt=0), then=Value(Status.RUNNING.value)),
        default=Value(Status.NOT_DUE.value),
        output_field=CharField(),
    )


def count_board(regulation: Regulation, region: Region, today: date) -> Board:
    """The board of a region and all below it; one query."""
    board = Board()
    rows = list_obligations(regulation, region).filter(counts=True).values("pillar", "year")
    for row in rows.annotate(status=say_status(today), number=Count("pk")).values_list(
        "pillar", "year", "status", "number"
    ):
        pillar, year, status, number = row
        board.cells[pillar, year][Status(status)] += number
        board.total[Status(status)] += number
    return board


def count_overdue(regulation: Regulation, units: Q, today: date) -> int:
    """How many obligations of these units are late; one query."""
    rows = Obligation.objects.filter(units, regulation=regulation, retired_at__isnull=True, counts=True)
    return rows.filter(due_on__lt=today, is_met=False, waived_at__isnull=True).count()


def count_by_child(
    regulation: Regulation, region: Region, today: date, *, size: int, codes: Collection[str] | None = None
) -> dict[int, Tally]:
    """Statuses by the region one level down (its number), of what they and everything below them owe; one query.

    `size`: how many numbers a region of that level spans (1,000,000 for kabupaten). The region's own are left out;
    with `codes`, only those outputs and duties are counted, doubles of starred ones too.
    """
    rows = list_obligations(regulation, region).exclude(region_id=region.pk)
    rows = rows.filter(counts=True) if codes is None else rows.filter(code__in=codes)
    place = Cast(Floor(F("region_id") / size), output_field=Obligation._meta.pk)
    found: dict[int, Tally] = defaultdict(Counter)
    for child, status, number in (
        rows.annotate(place=place, status=say_status(today)).values("place", "status").annotate(number=Count("pk"))
        .values_list("place", "status", "number")
    ):  # fmt: skip
        found[child * size][Status(status)] += number
    return dict(found)


def count_by_code(regulation: Regulation, today: date) -> dict[str, Tally]:
    """Statuses by output or duty in the whole province, doubles of starred outputs too; one query."""
    rows = Obligation.objects.filter(regulation=regulation, retired_at__isnull=True)
    found: dict[str, Tally] = defaultdict(Counter)
    for code, status, number in (
        rows.values("code").annotate(status=say_status(today), number=Count("pk"))
        .values_list("code", "status", "number")
    ):  # fmt: skip
        found[code][Status(status)] += number
    return dict(found)


def add_up(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    total: Tally = Counter()
    for tally in tallies:
        total.update(tally)
    return total
