"""Looking for children who stand in the register twice: all at once, by the linkage engine, for people to decide on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import Actor, record_event
from tumbuh.engines.linkage.api import Entry, Pair, find_pairs
from tumbuh.records.models import DuplicateCandidate, Person
from tumbuh.records.nik import decrypt_nik, index_nik
from tumbuh.records.rules import ASK_FROM, CandidateState

LOOKED_AT_DAYS = 6 * 366  # children, and those who have just grown out of the register
FIELDS = ("pk", "name", "sex", "birth_date", "desa_id", "mother_name", "nik_encrypted", "household_id", "posyandu_id",
          "birth_weight_kg")  # fmt: skip
Prints = dict[int, bytes]


@dataclass(frozen=True)
class Searched:
    """What a search found: how many were compared; pairs that are new, asked again, and no longer alike."""

    people: int
    new: int
    again: int
    gone: int
    open: int


def list_entries(today: date) -> Iterator[Entry]:
    """The children of the register as the engine reads them. A NIK is decrypted here and nowhere kept."""
    people = Person.objects.filter(birth_date__gt=today - timedelta(LOOKED_AT_DAYS)).order_by("pk")
    for key, name, sex, birth, desa, mother, nik, household, posyandu, weight in people.values_list(*FIELDS).iterator():
        yield Entry(
            key=key, name=name, sex=sex, birth_date=birth, desa=desa, mother=mother,
            nik=decrypt_nik(nik) if nik else "", household=household, posyandu=posyandu,
            birth_grams=None if weight is None else int(weight * 1000),
        )  # fmt: skip


def find_duplicates(*, by: Actor, today: date | None = None) -> Searched:
    """Compare everybody and write down the pairs to be asked about. The same register gives the same pairs."""
    day = today or timezone.localdate()
    with whole_country("duplicates"):
        entries = list(list_entries(day))
        pairs = find_pairs(entries, ASK_FROM)
        by_key = {entry.key: entry for entry in entries}
        prints = {key: take_print(by_key[key]) for pair in pairs for key in (pair.one, pair.other)}
        with transaction.atomic():
            searched = write_pairs(pairs, prints, len(entries))
            after = {"people": searched.people, "new": searched.new, "again": searched.again, "gone": searched.gone}
            record_event(
                by=by, action="records.duplicates.searched", object_kind="candidates", object_id=day.isoformat(),
                after=after,
            )  # fmt: skip
    return searched


def take_print(entry: Entry) -> bytes:
    """What is said of a child, keyed: it changes when that changes, and tells nothing."""
    return index_nik("|".join((entry.name, entry.sex, entry.birth_date.isoformat(), entry.mother, entry.nik)))


def write_pairs(pairs: list[Pair], prints: Prints, people: int) -> Searched:
    """New pairs, old ones kept up to date; what was kept apart is asked again only where something changed."""
    held = {(row.one_id, row.other_id): row for row in DuplicateCandidate.objects.select_for_update()}
    new, again, same = [], [], []
    for pair in pairs:
        row = held.pop((pair.one, pair.other), None)
        said = index_nik((prints[pair.one] + prints[pair.other]).hex())
        values = {"probability": pair.probability, "levels": pair.levels, "fingerprint": said}
        if row is None:
            new.append(DuplicateCandidate(one_id=pair.one, other_id=pair.other, **values))
        elif bytes(row.fingerprint) != said:
            again += [row] * (row.state == CandidateState.APART)
            reopen(row, values)
            same.append(row)
    DuplicateCandidate.objects.bulk_create(new, batch_size=1000)
    changed = ["probability", "levels", "fingerprint", "state", "decided_by", "decided_at", "reason"]
    DuplicateCandidate.objects.bulk_update(same, changed, batch_size=500)
    gone = [row.pk for row in held.values() if row.state == CandidateState.OPEN]
    DuplicateCandidate.objects.filter(pk__in=gone).delete()
    waiting = DuplicateCandidate.objects.filter(state=CandidateState.OPEN).count()
    return Searched(people, len(new), len(again), len(gone), waiting)


def reopen(row: DuplicateCandidate, values: dict) -> None:
    """Asked anew; what was decided before stands in the trail."""
    for name, value in values.items():
        setattr(row, name, value)
    row.state, row.decided_by, row.decided_at, row.reason = CandidateState.OPEN, None, None, ""
