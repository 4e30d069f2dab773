"""People who come without a measurement: mothers, couples, girls, children of other lists. Found, or taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import Actor, record_event
from tumbuh.engines.linkage.api import fold_name
from tumbuh.records.actions.homes import HomeKey, PersonRow, find_homes, get_home_key
from tumbuh.records.models import Household, Person, SourceBatch
from tumbuh.records.nik import encrypt_nik, index_nik
from tumbuh.records.rules import NikStatus
from tumbuh.records.rules.people import CERTAIN, Claimed, Finding, Known, Match, match_person
from tumbuh.regions.api import find_enclosing

FILLED = [
    "household_id", "mother_id", "mother_name", "posyandu_id", "nik_encrypted", "nik_index", "nik_status",
    "registered_on", "birth_weight_kg", "birth_length_cm",
]  # fmt: skip
MARKED = ("household_id", "mother_id", "mother_name", "posyandu_id")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What became of a line: the decision and, where it is certain, the person and household it stands for.

    `before` is what taking the batch back needs where a known person was given something (see `undoing`).
    """

    match: Match
    person_id: int | None
    household_id: int | None = None
    before: dict[str, Any] | None = None


def match_people(rows: Sequence[PersonRow]) -> list[Finding]:
    """Who each line is about, nothing written; somebody new on an earlier line has minus that line's position − 1."""
    claims = [make_claim(row) for row in rows]
    known = list_known(claims)
    findings = []
    for position, (row, claim) in enumerate(zip(rows, claims, strict=True)):
        if row.chosen_id is not None:
            findings.append(Finding(Match.KNOWN, row.chosen_id))
            continue
        owners = known.get(claim.nik or b"", [])
        near = owners if row.is_apart else known.get((claim.desa_id, claim.birth_date, claim.sex), []) + owners
        finding = match_person(claim, near)
        if finding.match is Match.NEW:
            made = Known(claim.desa_id, claim.name_key, claim.birth_date, claim.sex, claim.nik, -position - 1)
            add_known(known, made)
        findings.append(finding)
    return findings


def make_claim(row: PersonRow) -> Claimed:
    return Claimed(row.desa_id, fold_name(row.name), row.birth_date, row.sex, index_nik(row.nik) if row.nik else None)


def list_known(claims: Sequence[Claimed]) -> dict[object, list[Known]]:
    """Everybody whom the claims may be about, by NIK and by desa, birth date and sex."""
    niks = {claim.nik for claim in claims if claim.nik}
    desas, days = {claim.desa_id for claim in claims}, {claim.birth_date for claim in claims}
    known: dict[object, list[Known]] = {}
    with whole_country("matching"):  # a NIK may be known elsewhere
        people = Person.objects.filter(Q(nik_index__in=niks) | Q(desa_id__in=desas, birth_date__in=days))
        for row in people.values_list("pk", "desa_id", "name_key", "birth_date", "sex", "nik_index"):
            add_known(known, Known(*row[1:5], bytes(row[5]) if row[5] else None, row[0]))
    return known


def add_known(known: dict[object, list[Known]], one: Known) -> None:
    known.setdefault((one.desa_id, one.birth_date, one.sex), []).append(one)
    if one.nik:
        known.setdefault(one.nik, []).append(one)


@transaction.atomic
def enrol_people(
    *, by: Actor, batch: SourceBatch, rows: Sequence[PersonRow], is_synthetic: bool = False
) -> list[Enrolled]:
    """Find the people of the lines, take the new ones in with their households, fill blanks of the known ones.

    Lines that only a person can decide are left alone. Saying the same again changes nothing.
    """
    findings = match_people(rows)
    housed = list_housed(findings)
    homes = find_homes([
        row for row, found in zip(rows, findings, strict=True)
        if found.match in CERTAIN and found.person_id not in housed
    ])  # fmt: skip
    fresh: dict[int, Person] = {}
    for position, (row, found) in enumerate(zip(rows, findings, strict=True)):
        if found.match is Match.NEW:
            fresh[-position - 1] = make_person(row, batch, homes.get(get_home_key(row)), is_synthetic)
    Person.objects.bulk_create(fresh.values())
    ids = {key: person.pk for key, person in fresh.items()}
    certain = [get_key(position, found) for position, found in enumerate(findings)]
    people = [ids.get(key, key) if key is not None else None for key in certain]
    held, marks = fill_blanks(rows, people, homes)
    if fresh or marks:
        place = find_enclosing({row.desa_id for row in rows})
        record_event(
            by=by, action="records.people.enrolled", object_kind="batch", object_id=batch.pk,
            after={"people": len(fresh), "filled": len({people[position] for position in marks})}, region_id=place,
        )  # fmt: skip
    return [
        Enrolled(
            found.match, person or found.person_id, held[person].household_id if person else None, marks.get(position)
        )
        for position, (found, person) in enumerate(zip(findings, people, strict=True))
    ]  # fmt: skip


def list_housed(findings: Sequence[Finding]) -> set[int | None]:
    """The known people who have a household: they keep it."""
    with whole_country("matching"):
        known = Person.objects.filter(pk__in=[found.person_id for found in findings if found.match is Match.KNOWN])
        return set(known.exclude(household=None).values_list("pk", flat=True))


def get_key(position: int, found: Finding) -> int | None:
    """Whom a certain line is about: minus its position − 1 for somebody new; None where nobody can tell."""
    if found.match is Match.NEW:
        return -position - 1
    return found.person_id if found.match in CERTAIN else None


def fill_blanks(
    rows: Sequence[PersonRow], people: Sequence[int | None], homes: Mapping[HomeKey, Household]
) -> tuple[dict[int, Person], dict[int, dict[str, Any]]]:
    """The people of the lines by id, and by position what a line gave to somebody who lacked it. Nothing known is
    written over."""
    with whole_country("matching"):
        held = Person.objects.select_for_update().in_bulk([person for person in people if person])
    marks: dict[int, dict[str, Any]] = {}
    for position, (row, key) in enumerate(zip(rows, people, strict=True)):
        if key and (wanted := list_blanks(held[key], row, homes)):
            marks[position] = write_mark(held[key], wanted)
            for field, value in wanted.items():
                setattr(held[key], field, value)
    changed = sorted({people[position] for position in marks})
    with whole_country("matching"):
        Person.objects.bulk_update([held[key] for key in changed], FILLED)
    return held, marks


def write_mark(person: Person, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What a person is given and lacked, as `undo_batch` reads it."""
    mark = {field: wanted[field] for field in MARKED if field in wanted}
    if "nik_index" in wanted:
        mark |= {"nik_index": wanted["nik_index"].hex(), "nik_status": person.nik_status}
    if "registered_on" in wanted:
        since = person.registered_on.isoformat()
        mark |= {"registered_on": wanted["registered_on"].isoformat(), "registered_before": since}
    return mark


def list_blanks(person: Person, row: PersonRow, homes: Mapping[HomeKey, Household]) -> dict[str, Any]:
    """What the line knows and the register does not; an earlier day of registration too."""
    home = homes.get(get_home_key(row))
    told = {
        "household_id": home.pk if home else None,
        "mother_id": row.mother_id,
        "mother_name": row.mother_name,
        "posyandu_id": row.posyandu_id,
        "birth_weight_kg": row.birth_weight_kg,
        "birth_length_cm": row.birth_length_cm,
    }
    wanted: dict[str, Any] = {field: value for field, value in told.items() if value and not getattr(person, field)}
    if row.nik and person.nik_index is None:
        wanted |= {"nik_encrypted": encrypt_nik(row.nik), "nik_index": index_nik(row.nik), "nik_status": "VALID"}
    since = max(row.registered_on, person.birth_date)
    return wanted | ({"registered_on": since} if since < person.registered_on else {})


def make_person(row: PersonRow, batch: SourceBatch, home: Household | None, is_synthetic: bool) -> Person:
    return Person(
        desa_id=row.desa_id, posyandu_id=row.posyandu_id, household=home, mother_id=row.mother_id,
        mother_name=row.mother_name, name=row.name, name_key=fold_name(row.name), sex=row.sex,
        birth_date=row.birth_date, registered_on=max(row.registered_on, row.birth_date), batch=batch,
        nik_encrypted=encrypt_nik(row.nik) if row.nik else None, nik_index=index_nik(row.nik) if row.nik else None,
        nik_status=NikStatus.VALID if row.nik else NikStatus.MISSING, is_synthetic=is_synthetic,
        birth_weight_kg=row.birth_weight_kg, birth_length_cm=row.birth_length_cm,
    )  # fmt: skip
