"""Who owes what: obligations of a unit or an institution, gathered by output or duty, part and year."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import Cast, Floor
from django.utils.translation import get_language

from tumbuh.programme.models import Duty, Involvement, Obligation, Output, Regulation
from tumbuh.programme.queries.boards import Tally, say_status
from tumbuh.programme.rules import Role, Status
from tumbuh.regions.api import Region, get_number

URGENCY = (Status.OVERDUE, Status.RUNNING, Status.NOT_DUE, Status.FULFILLED, Status.NOT_APPLICABLE)


@dataclass
class Owed:
    """One part of an output or duty in one year, for one or many units; `achieved` is None for many or if unknown."""

    code: str
    part: int
    year: int
    due_on: date
    unit: str
    measure: str
    text: str
    key: str = ""  # of the obligation, where it is a single one
    quantity: Decimal | None = None
    achieved: Decimal | None = None
    statuses: Tally = field(default_factory=Counter)

    @property
    def status(self) -> Status:
        """The most pressing of its units' statuses."""
        return next(status for status in URGENCY if self.statuses[status])

    @property
    def units(self) -> int:
        return sum(self.statuses.values())


def list_owed(
    regulation: Regulation,
    today: date,
    *,
    regions: Q,
    codes: Collection[str] | None = None,
    years: Collection[int] | None = None,
    texts: Mapping[str, str] | None = None,
) -> list[Owed]:
    """Obligations in these regions (see `units_of`), of these outputs and duties, gathered; the most pressing first.

    Three queries, whatever the number of obligations; one where the `texts` by code are given.
    """
    rows = Obligation.objects.filter(regions, regulation=regulation, retired_at__isnull=True)
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    if years is not None:
        rows = rows.filter(year__in=list(years))
    return fold(gather(rows, today), read_texts(regulation) if texts is None else texts)


def list_owed_with_parts(
    regulation: Regulation, region: Region, today: date, *, code: str, text: str, size: int
) -> tuple[list[Owed], dict[int, Tally]]:
    """One output or duty in a region and all below it, and its statuses by the region one level down; one query.

    `size`: how many numbers a region of that level spans. The region's own are in the first, not in the second.
    """
    where = units_of(region, with_below=True)
    rows = Obligation.objects.filter(where, regulation=regulation, retired_at__isnull=True, code=code)
    place = Cast(Floor(F("region_id") / size), output_field=Obligation._meta.pk)
    gathered = list(gather(rows.annotate(place=place), today, "place"))
    parts: dict[int, Tally] = defaultdict(Counter)
    for row in gathered:
        if (child := row["place"] * size) != region.pk:
            parts[child][Status(row["status"])] += row["units"]
    return fold(gathered, {code: text}), dict(parts)


def fold(rows: Iterable[Mapping[str, Any]], words: Mapping[str, str]) -> list[Owed]:
    """The counted rows by code, part and year; the most pressing first."""
    found: dict[tuple[str, int, int], Owed] = {}
    for row in rows:
        place = (row["code"], row["part"], row["year"])
        owed = found.get(place)
        if owed is None:
            names = ("code", "part", "year", "due_on", "unit", "measure")
            owed = found[place] = Owed(**{name: row[name] for name in names}, text=words[row["code"]])
        owed.statuses[Status(row["status"])] += row["units"]
        is_single = owed.units == 1
        owed.key = row["first"] if is_single else ""
        owed.quantity, owed.achieved = (row["needed"], row["reached"]) if is_single else (None, None)
    return sorted(found.values(), key=lambda owed: (URGENCY.index(owed.status), owed.due_on, owed.code, owed.part))


def gather(rows: QuerySet[Obligation], today: date, *apart: str) -> QuerySet[Obligation, dict[str, Any]]:
    groups = rows.values("code", "part", "year", "due_on", "unit", "measure", *apart).annotate(status=say_status(today))
    return groups.annotate(
        units=Count("pk"), first=Min("key"), needed=Max("quantity"), reached=Max("achieved")
    ).order_by("code", "part", "year")


def read_texts(regulation: Regulation) -> dict[str, str]:
    """The words of each output (verbatim) and duty (ours) by code; two queries."""
    ours = "text_en" if get_language() == "en" else "text"
    outputs = Output.objects.filter(regulation=regulation).values_list("code", "text")
    return {**dict(outputs), **dict(Duty.objects.filter(regulation=regulation).values_list("code", ours))}


def units_of(region: Region, *, with_below: bool = False, with_above: bool = False) -> Q:
    """The obligations of the region itself, and if wanted of all regions below and of those above it."""
    where = Q(region_id=region.pk)
    if with_below:
        where |= Q(region_id__gte=region.span.low, region_id__lte=region.span.high)
    if with_above:
        parts = region.code.split(".")
        where |= Q(region_id__in=[get_number(".".join(parts[:length])) for length in range(1, len(parts))])
    return where


def list_codes_of(regulation: Regulation, institution: str, role: Role = Role.RESPONSIBLE) -> set[str]:
    """Codes of the outputs that name the institution (by its code) in that role, and of the duties that it owes."""
    named = Involvement.objects.filter(
        output__regulation=regulation, role=role, name__institutions__code=institution
    ).values_list("output__code", flat=True)
    if role != Role.RESPONSIBLE:
        return set(named)
    return {*named, *regulation.duties.filter(institutions__code=institution).values_list("code", flat=True)}
