"""Pairs of people who look like one, merges, and people who look like one that is about to be entered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from tumbuh.accounts.api import Scope
from tumbuh.engines.linkage.api import Entry, find_alike, fold_name
from tumbuh.records.models import DuplicateCandidate, Person, PersonMerge
from tumbuh.records.nik import index_nik
from tumbuh.records.rules import CandidateState

PER_KECAMATAN = 10**4  # region numbers: the last four digits are the desa's
LINES = 170_000  # the chance that two lines are one person is that of a province, however few are looked at
NEAR_DAYS = 31
MOST = 5
FIELDS = ("pk", "name", "sex", "birth_date", "desa_id", "mother_name", "household_id", "posyandu_id", "birth_weight_kg",
          "nik_index")  # fmt: skip


@dataclass(frozen=True)
class Similar:
    """Somebody of the register who may be the one asked about. `levels`: what agrees."""

    person_id: int
    probability: float
    levels: dict[str, str]


def list_candidates(scope: Scope, state: str = CandidateState.OPEN) -> QuerySet[DuplicateCandidate]:
    """Pairs of which both are in scope, the surest first."""
    return (
        DuplicateCandidate.objects.filter(scope.q("one__desa_id"), scope.q("other__desa_id"), state=state)
        .select_related("one__desa", "one__posyandu", "other__desa", "other__posyandu", "decided_by")
        .order_by("-probability", "pk")
    )


def get_candidate(scope: Scope, public_id: UUID) -> DuplicateCandidate:
    """The pair, or DuplicateCandidate.DoesNotExist when one of the two is out of scope."""
    return (
        DuplicateCandidate.objects.filter(scope.q("one__desa_id"), scope.q("other__desa_id"))
        .select_related("one__desa", "one__posyandu", "one__household", "other__desa", "other__posyandu",
                        "other__household", "decided_by")
        .get(public_id=public_id)
    )  # fmt: skip


def list_merges(scope: Scope) -> QuerySet[PersonMerge]:
    """Merges of which both desa are in scope, the newest first."""
    return (
        PersonMerge.objects.filter(scope.q("desa_id"), scope.q("absorbed_desa_id"))
        .select_related("desa", "absorbed_desa", "merged_by", "undone_by")
        .order_by("-merged_at", "-pk")
    )


def get_merge(scope: Scope, public_id: UUID) -> PersonMerge:
    """The merge, or PersonMerge.DoesNotExist when one of its desa is out of scope."""
    return list_merges(scope).get(public_id=public_id)


def find_similar(
    scope: Scope,
    *,
    desa_id: int,
    name: str,
    sex: str,
    birth_date: date,
    mother_name: str = "",
    nik: str = "",
    least: float = 0.5,
    known: Collection[int] = (),
) -> list[Similar]:
    """People of the kecamatan in scope who may be the one described, the likeliest first; one query.

    `known`: people of the scope whom matching has in mind already, told however unlikely they are.
    """
    low = desa_id // PER_KECAMATAN * PER_KECAMATAN
    place = Q(desa_id__gte=low, desa_id__lt=low + PER_KECAMATAN)
    wanted = place & describe(desa_id, name, birth_date, mother_name, nik) | Q(pk__in=known)
    people = Person.objects.filter(scope.q("desa_id") & wanted)
    index = index_nik(nik) if nik else None
    others = []
    for key, named, theirs, born, desa, mother, household, posyandu, weight, theirs_nik in people.values_list(*FIELDS):
        others.append(
            Entry(
                key=key, name=named, sex=theirs, birth_date=born, desa=desa, mother=mother, household=household,
                posyandu=posyandu, birth_grams=None if weight is None else int(weight * 1000),
                nik=nik if index is not None and theirs_nik is not None and bytes(theirs_nik) == index else "",
            )
        )  # fmt: skip
    asked = Entry(-1, name, sex, birth_date, desa_id, mother=mother_name, nik=nik)
    found = find_alike(asked, others, lines=LINES, least=0 if known else least)
    alike = [Similar(other.key, probability, levels) for probability, other, levels in found]
    return [one for one in alike if one.probability >= least or one.person_id in known][:MOST]


def describe(desa_id: int, name: str, birth_date: date, mother_name: str, nik: str) -> Q:
    """Who is worth comparing: born then or nearly, or bearing the name; further off only where more agrees."""
    key = fold_name(name)
    window = (birth_date - timedelta(NEAR_DAYS), birth_date + timedelta(NEAR_DAYS))
    yearly = Q(birth_date__month=birth_date.month, birth_date__day=birth_date.day)
    near = Q(birth_date__range=window) | yearly | Q(name_key=key)
    days = [birth_date]
    if birth_date.day <= 12:
        days.append(birth_date.replace(month=birth_date.day, day=birth_date.month))
    wanted = Q(desa_id=desa_id) & near | Q(birth_date__in=days)
    if mother_name:
        wanted |= Q(name_key=key, mother_name__iexact=mother_name)
    return wanted | Q(nik_index=index_nik(nik)) if nik else wanted
