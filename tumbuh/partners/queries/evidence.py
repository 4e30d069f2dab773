"""Which partnerships there are: for the room above, which counts them as evidence."""

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from tumbuh.accounts.api import Scope
from tumbuh.partners.models import Agreement, CsrProgramme, Research
from tumbuh.partners.queries.reports import list_active_members
from tumbuh.partners.rules import EVIDENCE, ITEM, CsrState, Kind, NetworkCode
from tumbuh.regions.api import Span
from tumbuh.verification.api import Review, ReviewState, list_verified

HANDED_IN = (ReviewState.SUBMITTED, ReviewState.VERIFIED)
VALID = Q(voided_at__isnull=True)
Places = tuple[Span, ...] | None


class Partnership(NamedTuple):
    """One piece of evidence in short. `is_waiting`: put forward, not yet decided; neither that nor verified: a draft.

    `variant` is the record's own code: MOU, a field, JOINT, a network's.
    """

    public_id: UUID
    kind: Kind
    region_id: int
    year: int
    title: str
    is_verified: bool
    is_waiting: bool = False
    variant: str = ""


def list_partnerships(
    kinds: Collection[str] = (),
    *,
    spans: Iterable[Span] | None = None,
    years: Collection[int] | None = None,
    or_ids: Collection[UUID] = (),
) -> list[Partnership]:
    """Evidence of these kinds in the regions of `spans` and in these years, by year and region; with `or_ids` also the
    pieces with these public numbers, whatever their kind. Neither kinds nor numbers named: all.

    An agreement counts in the year in which it was signed, a CSR programme in its year when it runs or is done,
    research in the year in which it was finished with a recommendation, a network in each year for which one of its
    members has handed in a report, verified as soon as one of these is. One query a kind. No viewer's scope: nothing
    of it names a person.
    """
    places = None if spans is None else tuple(spans)
    readers = [READERS[kind] for kind in EVIDENCE if not kinds or kind in kinds or or_ids]
    found = [one for read in readers for one in read(places)]
    is_all = not kinds and not or_ids
    asked_for = [one for one in found if is_all or one.kind in kinds or one.public_id in or_ids]
    wanted = [one for one in asked_for if years is None or one.year in years]
    return sorted(wanted, key=lambda one: (one.year, one.region_id, one.kind, one.title))


def lies_within(places: Places, path: str = "region_id") -> Q:
    """The ranges of regions as a condition; None is everywhere."""
    return Q() if places is None else Scope(places).q(path)


def mark_reviewed(found: QuerySet, number: str = "public_id") -> QuerySet:
    """With `is_verified` and `is_waiting`, by the review of the thing with that number."""
    waiting = Review.objects.filter(subject_kind=ITEM, state=ReviewState.SUBMITTED).values("subject_id")
    states = {"is_verified": list_verified(ITEM), "is_waiting": waiting}
    return found.annotate(
        **{
            name: ExpressionWrapper(Q(**{f"{number}__in": numbers}), output_field=BooleanField())
            for name, numbers in states.items()
        }
    )


def read_agreements(places: Places) -> list[Partnership]:
    rows = mark_reviewed(Agreement.objects.filter(VALID, lies_within(places))).values_list(
        "public_id", "region_id", "signed_on__year", "title", "is_verified", "is_waiting", "form"
    )
    return [Partnership(key, Kind.AGREEMENT, *rest) for key, *rest in rows]


def read_programmes(places: Places) -> list[Partnership]:
    found = CsrProgramme.objects.filter(VALID, lies_within(places), state__in=[CsrState.RUNNING, CsrState.DONE])
    rows = mark_reviewed(found).values_list(
        "public_id", "region_id", "year", "title", "is_verified", "is_waiting", "field"
    )
    return [Partnership(key, Kind.CSR, *rest) for key, *rest in rows]


def read_research(places: Places) -> list[Partnership]:
    found = Research.objects.filter(VALID, lies_within(places), finished_on__isnull=False).exclude(recommendation="")
    rows = mark_reviewed(found).values_list(
        "public_id", "region_id", "finished_on__year", "title", "is_verified", "is_waiting", "form"
    )
    return [Partnership(key, Kind.RESEARCH, *rest) for key, *rest in rows]


def read_networks(places: Places) -> list[Partnership]:
    """Each network once a year, whatever the number of members and reports; verified before waiting."""
    handed_in = Review.objects.filter(subject_kind=ITEM, state__in=HANDED_IN).values("subject_id")
    held = list_active_members().filter(lies_within(places, "network__region_id"), of__in=handed_in)
    names = ("network__public_id", "network__region_id", "in_year", "network__code", "is_verified")
    found: dict[tuple[UUID, int], Partnership] = {}
    for key, region, year, code, is_verified in mark_reviewed(held, "of").order_by("is_verified").values_list(*names):
        title = str(NetworkCode(code).label)
        found[key, year] = Partnership(key, Kind.NETWORK, region, year, title, is_verified, not is_verified, code)
    return list(found.values())


READERS = {
    Kind.NETWORK: read_networks,
    Kind.AGREEMENT: read_agreements,
    Kind.CSR: read_programmes,
    Kind.RESEARCH: read_research,
}
