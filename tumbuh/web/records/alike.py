"""Who of the register looks like somebody about to be entered, in words, and what is answered to that."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext

from tumbuh.accounts.api import IMPORT, READ_PEOPLE, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.api import SURE_FROM, Person, Similar, find_similar
from tumbuh.regions.api import Region
from tumbuh.web.records.reasons import list_reasons

NEEDED = ("name", "sex", "birth_date")
OTHER = "lain"
LONGEST = 200


@dataclass(frozen=True)
class Alike:
    """Somebody in the reader's scope who may be the one. `speaks_for` and `against`: what agrees and what not."""

    similar: Similar
    person: Person
    certainty: str
    speaks_for: list[Promise]
    against: list[Promise]


@dataclass(frozen=True)
class Answer:
    """What the form says of those who look alike: one of them, somebody else and why, or nothing yet (`error`)."""

    chosen: Alike | None = None
    reason: str = ""
    error: str = ""


def list_alike(request: HttpRequest, desa: Region, told: Mapping[str, Any], known: Collection[int] = ()) -> list[Alike]:
    """The people of the reader's scope who look like the one told of; showing them is an event of the trail."""
    if not all(told.get(name) for name in NEEDED):
        return []
    scope = get_scope(request.user, READ_PEOPLE)
    found = find_similar(
        scope, desa_id=desa.pk, name=told["name"], sex=told["sex"], birth_date=told["birth_date"],
        mother_name=told.get("mother_name", ""), nik=told.get("nik", ""), known=known,
    )  # fmt: skip
    held = Person.objects.filter(scope.q("desa_id")).select_related("desa", "posyandu")
    people = held.in_bulk([one.person_id for one in found]) if found else {}
    if found:
        record_event(
            by=request.user, action="records.people.alike_shown", object_kind="region", object_id=desa.code,
            after={"shown": len(found)}, region_id=desa.pk,
        )  # fmt: skip
    return [describe(one, people[one.person_id]) for one in found if one.person_id in people]


def describe(similar: Similar, person: Person) -> Alike:
    sure, maybe = gettext("Hampir pasti orang yang sama"), gettext("Mungkin orang yang sama")
    certainty = sure if similar.probability >= SURE_FROM else maybe
    return Alike(similar, person, certainty, *list_reasons(similar.levels))


def read_answer(sent: Mapping[str, str], alike: Sequence[Alike]) -> Answer:
    """One of those who were shown, or somebody else with a reason; else what is missing, in a sentence."""
    decision, reason = sent.get("decision", ""), sent.get("reason", "").strip()[:LONGEST]
    if decision == OTHER:
        words = gettext("Tulis dari mana diketahui bahwa ini orang lain, misalnya: anak kembar, dilihat di buku KIA.")
        return Answer(reason=reason, error="" if reason else words)
    chosen = next((one for one in alike if str(one.person.public_id) == decision), None)
    if chosen is None:
        return Answer(error=gettext("Pilih: salah satu orang yang sudah terdaftar ini, atau orang lain?"))
    return Answer(chosen=chosen)


def find_page(request: HttpRequest, person: Person) -> str:
    """Where something is recorded of the person, or read where the user may not record."""
    return "life-forms" if get_scope(request.user, IMPORT).contains(person.desa_id) else "child"
