"""Reading agreements, programmes, research and contributions; what the viewer may see comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, Value

from tumbuh.partners.models import Agreement, Entry
from tumbuh.partners.queries.reach import BELONGS_BY, MODELS, Reach, is_of, is_readable, is_visible
from tumbuh.partners.rules import EXPIRING, ITEM, Kind
from tumbuh.regions.api import Region
from tumbuh.verification.api import ReviewState, list_states

YEAR_BY = {
    Kind.AGREEMENT: "signed_on__year",
    Kind.CSR: "year",
    Kind.RESEARCH: "year",
    Kind.CONTRIBUTION: "given_on__year",
    Kind.REPORT: "year",
}
TEXT_BY = {
    Kind.AGREEMENT: ("title", "number"),
    Kind.CSR: ("title", "partner__name"),
    Kind.RESEARCH: ("title", "lead__name"),
    Kind.CONTRIBUTION: ("purpose", "institution__name"),
    Kind.REPORT: ("institution__name",),
}
JOINED = {
    Kind.AGREEMENT: ("region", "document"),
    Kind.CSR: ("region", "partner"),
    Kind.RESEARCH: ("region", "lead", "document"),
    Kind.CONTRIBUTION: ("region", "institution"),
    Kind.REPORT: ("region", "institution"),
}
LINKED: dict[Kind, tuple[str, ...]] = {
    Kind.AGREEMENT: ("parties",),
    Kind.CSR: ("places",),
    Kind.RESEARCH: ("institutions",),
}


@dataclass(frozen=True)
class Wish:
    """What is looked for; what is empty does not matter. `form` is a value of the kind's own code."""

    text: str = ""
    year: int | None = None
    region: Region | None = None
    institution: int | None = None
    form: str = ""
    ending_by: date | None = None


def list_entries(kind: Kind, reach: Reach, wish: Wish = Wish()) -> QuerySet[Any]:
    """What the viewer may see of a kind, with `is_open_to` (every detail is theirs to read) and its links fetched."""
    whole = ExpressionWrapper(is_readable(kind, reach), output_field=BooleanField())
    found = MODELS[kind].objects.filter(is_visible(kind, reach), find_condition(kind, wish))
    return found.annotate(is_open_to=whole).select_related(*JOINED[kind]).prefetch_related(*LINKED.get(kind, ()))


def find_condition(kind: Kind, wish: Wish) -> Q:
    """The wish as a condition."""
    where = Q()
    for word in wish.text.split():
        where &= Q(*((f"{path}__icontains", word) for path in TEXT_BY[kind]), _connector=Q.OR)
    if wish.year:
        where &= Q(**{YEAR_BY[kind]: wish.year})
    if wish.region:
        where &= Q(region_id__gte=wish.region.span.low, region_id__lte=wish.region.span.high)
    if wish.institution:
        where &= is_of(kind, [wish.institution])
    if wish.form and kind != Kind.REPORT:
        where &= Q(**{"field" if kind == Kind.CSR else "form": wish.form})
    if wish.ending_by and kind == Kind.AGREEMENT:
        where &= Q(valid_until__lte=wish.ending_by)
    return where


def get_entry(kind: Kind, reach: Reach, public_id: UUID) -> Any:
    """One of them; the model's DoesNotExist for what is absent and for what is not theirs to see."""
    return list_entries(kind, reach).get(public_id=public_id)


def find_kind(public_id: UUID) -> Kind | None:
    """Of what kind the thing with this public number is, None when there is none; for whoever may see it. One query."""
    first, *others = [
        model.objects.filter(public_id=public_id).order_by().annotate(of=Value(kind.value)).values_list("of", flat=True)
        for kind, model in MODELS.items()
    ]
    found = list(first.union(*others, all=True))
    return Kind(found[0]) if found else None


def list_titles(public_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Public number → (title, kind in words) of what is there; one query. For reviewers, who may read them."""
    wanted = list(public_ids)
    called = {Kind.CONTRIBUTION: "purpose", Kind.REPORT: "institution__name"}
    if not wanted:
        return {}
    first, *others = [
        model.objects.filter(public_id__in=wanted)
        .order_by()
        .annotate(of=Value(kind.value), name=F(called.get(kind, "title")))
        .values_list("public_id", "name", "of")
        for kind, model in MODELS.items()
    ]
    return {key: (title, str(Kind(of).label)) for key, title, of in first.union(*others, all=True)}


def list_expiring(reach: Reach, today: date) -> QuerySet[Agreement]:
    """Agreements in force that end within the coming days of EXPIRING, the first to end first."""
    ending = Wish(ending_by=today + EXPIRING)
    return list_entries(Kind.AGREEMENT, reach, ending).filter(valid_until__gte=today).order_by("valid_until", "id")


def find_states(entries: Iterable[Entry]) -> dict[UUID, ReviewState]:
    """Where those stand that were ever put forward; one query."""
    return list_states(ITEM, [one.public_id for one in entries])


def count_entries(kind: Kind, reach: Reach, institutions: Iterable[int]) -> dict[int, int]:
    """How many things of the kind the viewer sees of each institution; one query."""
    path = BELONGS_BY[kind][0]
    found = MODELS[kind].objects.filter(is_visible(kind, reach), **{f"{path}__in": list(institutions)}).order_by()
    return dict(found.values_list(path).annotate(Count("pk")))
