"""Who the lines of a list are about: found in the register, taken in, or left to a person's decision."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import Actor
from tumbuh.intake.actions.lists.entries import Entry
from tumbuh.intake.models import SavedRow
from tumbuh.intake.rules import Decision
from tumbuh.intake.sources.api import PARTNER, SELF, Somebody, Told
from tumbuh.records.api import (
    CERTAIN,
    Enrolled,
    Household,
    Match,
    Person,
    PersonRow,
    SourceBatch,
    enrol_people,
    index_nik,
)
from tumbuh.regions.api import Facility, ensure_facilities
from tumbuh.regions.api import fold_name as fold_place

CODES = {match: f"PERSON_{match.value.upper()}" for match in Match} | {Match.SEVERAL: "PERSON_SEVERAL_ALIKE"}
Posyandu = Mapping[tuple[int, str], Any]


def find_people(*, by: Actor, batch: SourceBatch, entries: Sequence[Entry]) -> None:
    """Give each entry the people and the household that it is about, or a remark why that is not known."""
    posyandu = make_posyandu(by, entries)
    look_up(entries)
    partners = [entry for entry in entries if entry.is_open and is_whole(entry.told.people.get(PARTNER))]
    enrol(by, batch, partners, PARTNER, posyandu)
    first = [entry for entry in entries if waits_for_nobody(entry)]
    enrol(by, batch, first, SELF, posyandu)
    joined = [entry for entry in entries if needs_enrolling(entry)]
    found = find_rows(entries, joined)
    for entry in joined:
        entry.row.person_id = found.get(entry.row.same_as)
        if entry.row.person_id is None:  # the row that it belongs with was not saved
            entry.say("Nama", "PERSON_NEAR_NAME")
    enrol(by, batch, [entry for entry in joined if entry.row.person_id], SELF, posyandu)
    find_homes(entries)


def is_whole(somebody: Somebody | None) -> bool:
    """Whether enough is known to take somebody in."""
    return somebody is not None and bool(somebody.name and somebody.sex and somebody.birth_date)


def needs_enrolling(entry: Entry) -> bool:
    return entry.is_open and SELF not in entry.ids and not entry.told.only_known and SELF in entry.told.people


def waits_for_nobody(entry: Entry) -> bool:
    """Whether the line's person can be found without another line of the file being saved first."""
    return needs_enrolling(entry) and not (entry.row.decision == Decision.SAME and entry.row.same_as)


def find_rows(entries: Iterable[Entry], joined: Iterable[Entry]) -> dict[int | None, int]:
    """The people of the rows that the joined ones belong with, saved now or by an earlier save."""
    found: dict[int | None, int] = {entry.row.pk: entry.ids[SELF] for entry in entries if SELF in entry.ids}
    wanted = [entry.row.same_as for entry in joined]
    saved = SavedRow.objects.filter(row_id__in=wanted, person_id__isnull=False).values_list("row_id", "person_id")
    return dict(saved) | found


def make_posyandu(by: Actor, entries: Iterable[Entry]) -> Posyandu:
    """The posyandu that the lines name, by desa and folded name."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.row.posyandu and entry.row.desa_id:
            wanted[entry.row.desa_id].add(entry.row.posyandu)
    names = {desa_id: sorted(found) for desa_id, found in wanted.items()}
    return ensure_facilities(by=by, kind=Facility.FacilityKind.POSYANDU, names_by_region=names)


def look_up(entries: Sequence[Entry]) -> None:
    """People whom the line does not describe well enough to take in: by NIK, else by their name in the desa."""
    wanted = [entry for entry in entries if SELF in entry.told.people and (
        entry.told.only_known or not is_whole(entry.told.people[SELF]))]  # fmt: skip
    niks = {index_nik(entry.told.people[SELF].nik) for entry in wanted if entry.told.people[SELF].nik}
    with whole_country("matching"):
        by_nik = {
            bytes(nik): pk for pk, nik in Person.objects.filter(nik_index__in=niks).values_list("pk", "nik_index")
        }
    by_name = list_names(wanted)
    for entry in wanted:
        somebody = entry.told.people[SELF]
        found = by_nik.get(index_nik(somebody.nik)) if somebody.nik else None
        alike = [found] if found else by_name.get((entry.row.desa_id, entry.row.name_key), {}).get(somebody.sex, [])
        if len(alike) == 1:
            entry.ids[SELF] = alike[0]
        elif not entry.told.kk:
            entry.say("Nama", "PERSON_SEVERAL" if alike else "PERSON_UNKNOWN", value=somebody.name)


def list_names(entries: Sequence[Entry]) -> dict[tuple[int | None, str], dict[str, list[int]]]:
    """Everybody of the entries' desa with their names, by sex ("" any)."""
    found: dict[tuple[int | None, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    people = Person.objects.filter(
        desa_id__in={entry.row.desa_id for entry in entries},
        name_key__in={entry.row.name_key for entry in entries} - {""},
    )
    for pk, desa_id, name_key, sex in people.values_list("pk", "desa_id", "name_key", "sex"):
        for key in (sex, ""):
            found[desa_id, name_key][key].append(pk)
    return found


def enrol(by: Actor, batch: SourceBatch, entries: Sequence[Entry], role: str, posyandu: Posyandu) -> None:
    """Take the people of one role in; who is not certain is said."""
    rows = [make_person(entry, role, posyandu) for entry in entries]
    for entry, found in zip(entries, enrol_people(by=by, batch=batch, rows=rows) if rows else (), strict=True):
        if found.match in CERTAIN:
            settle(entry, role, found)
        elif role == PARTNER:
            entry.say("Nama", "OTHER_PERSON_UNSURE", value=entry.told.people[PARTNER].name)
        else:
            leave(entry, found, entries)


def make_person(entry: Entry, role: str, posyandu: Posyandu) -> PersonRow:
    somebody, row = entry.told.people[role], entry.row
    is_own = role == SELF
    is_apart = is_own and row.decision == Decision.OTHER
    has_doubtful_nik = is_apart and any(reason["code"].startswith("PERSON_NIK") for reason in row.reasons)
    facility = posyandu.get((row.desa_id, fold_place(somebody.posyandu))) if somebody.posyandu else None
    return PersonRow(
        desa_id=row.desa_id, name=somebody.name[:150], sex=somebody.sex, birth_date=somebody.birth_date,
        registered_on=find_registered(entry.told), nik=None if has_doubtful_nik else somebody.nik or None,
        kk=somebody.kk or None,
        posyandu_id=facility.pk if facility else None, mother_name=somebody.mother_name[:150],
        family_name=somebody.family_name, address=somebody.address[:300], rt=somebody.rt, rw=somebody.rw,
        chosen_id=row.person_id if is_own and row.decision == Decision.SAME else None, is_apart=is_apart,
    )  # fmt: skip


def find_registered(told: Told) -> date:
    """Since when somebody counts: from the day of the line, by the end of the month where only the month is known."""
    assert told.on is not None  # a line without a day was refused
    if told.is_day_told:
        return told.on
    following = (told.on.replace(day=1) + timedelta(days=31)).replace(day=1)
    return max(told.on, min(following - timedelta(days=1), timezone.localdate()))


def settle(entry: Entry, role: str, found: Enrolled) -> None:
    entry.ids[role] = found.person_id
    entry.is_new |= found.match is Match.NEW
    entry.is_changed |= found.before is not None
    if role == SELF:
        entry.home_id = found.household_id
        entry.before |= {"person": found.before} if found.before else {}
    else:
        entry.before["others"] = [{"person_id": found.person_id, "person": found.before or {}}]


def leave(entry: Entry, found: Enrolled, entries: Sequence[Entry]) -> None:
    """Nobody can tell but a person: the row waits, with whom it may belong with."""
    if found.person_id is not None and found.person_id < 0:
        entry.row.same_as = entries[-found.person_id - 1].row.pk
    else:
        entry.row.person_id = found.person_id
    entry.say("NIK" if "nik" in found.match.value else "Nama", CODES[found.match])


def find_homes(entries: Sequence[Entry]) -> None:
    """The household of each entry: its person's, else the one with the KK number."""
    people = {entry.ids[SELF] for entry in entries if SELF in entry.ids and entry.home_id is None}
    kks = {index_nik(entry.told.kk): None for entry in entries if entry.told.kk}
    with whole_country("matching"):
        homes = dict(Person.objects.filter(pk__in=people).values_list("pk", "household_id"))
        cards = Household.objects.filter(kk_index__in=list(kks)).values_list("pk", "kk_index")
        by_card = {bytes(kk): pk for pk, kk in cards}
    for entry in entries:
        if entry.home_id is None and SELF in entry.ids:
            entry.home_id = homes.get(entry.ids[SELF])
        if entry.home_id is None and entry.told.kk:
            entry.home_id = by_card.get(index_nik(entry.told.kk))
        if entry.is_open and entry.home_id is None and SELF not in entry.ids:
            entry.say("No KK", "HOME_UNKNOWN")
