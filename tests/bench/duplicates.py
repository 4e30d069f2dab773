"""Doubles in the register of a province: the search of all, and "is it this child?" at entry.

The planted lines of seed 2 (170,000 people, 225,000 lines) in the 1,513 desa of province 17. Unlike in a sheet, a NIK
stands in the register once. In a database of its own that is dropped afterwards. PEOPLE= for another number.
"""

import os
import random
import resource
import statistics
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")

PEOPLE, SEED, ASKED = int(os.environ.get("PEOPLE", "170000")), 2, 600
COLUMNS = (
    "id, public_id, desa_id, mother_name, name, name_key, sex, birth_date, nik_encrypted, nik_index, nik_status, "
    "birth_weight_kg, registered_on, left_reason, is_synthetic, batch_id, "
    "recorded_at"
)


def fill(planted: Any) -> list[Any]:
    """The lines as people of the register; the entries with the desa that they got."""
    from django.db import connection

    from tests.factories.records import make_batch
    from tumbuh.accounts.api import whole_country
    from tumbuh.engines.linkage.api import fold_name
    from tumbuh.records.api import encrypt_nik, index_nik
    from tumbuh.regions.api import Level, list_regions

    places = [region.pk for region in list_regions(within="17", level=Level.DESA)]
    codes = sorted({entry.desa for entry in planted.entries})
    desa_of = {code: places[at * len(places) // len(codes)] for at, code in enumerate(codes)}
    batch, seen, entries = make_batch().pk, set(), []
    with whole_country("duplicates"), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE lines AS SELECT * FROM records_person LIMIT 0")
        with cursor.copy(f"COPY lines ({COLUMNS}) FROM STDIN") as copy:
            for entry in planted.entries:
                entry = replace(entry, desa=desa_of[entry.desa], nik="" if entry.nik in seen else entry.nik)
                seen.add(entry.nik)
                entries.append(entry)
                nik = (encrypt_nik(entry.nik), index_nik(entry.nik), "VALID") if entry.nik else (None, None, "MISSING")
                grams = None if entry.birth_grams is None else Decimal(entry.birth_grams) / 1000
                copy.write_row((entry.key, f"{entry.key:032x}", entry.desa, entry.mother, entry.name,
                                fold_name(entry.name), entry.sex, entry.birth_date, *nik, grams, entry.birth_date, "",
                                True, batch, "2028-01-01"))  # fmt: skip  # some errors make births of next year
        cursor.execute(f"INSERT INTO records_person ({COLUMNS}) SELECT {COLUMNS} FROM lines ORDER BY id")
        cursor.execute("ANALYZE records_person")
    return entries


def time_search(planted: Any) -> None:
    from tumbuh.accounts.api import whole_country
    from tumbuh.audit.api import SYSTEM
    from tumbuh.records.api import DuplicateCandidate, find_duplicates

    truth = planted.list_true_pairs()
    for title in ("search of all", "search again"):
        started = time.perf_counter()
        found = find_duplicates(by=SYSTEM)
        took, peak = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{title}: {found.people:,} children, {found.new:,} new pairs, {took:.1f} s, peak {peak} MB")
    with whole_country("duplicates"):
        rows = list(DuplicateCandidate.objects.values_list("one_id", "other_id", "probability"))
    for least in (0.8, 0.9, 0.95):
        chosen = {(one, other) for one, other, probability in rows if probability >= least}
        right = len(chosen & truth)
        rates = f"precision {right / len(chosen):.4f}, recall {right / len(truth):.4f}"
        print(f"  at {least}: {rates}, {len(chosen):,} pairs")


def time_entry(planted: Any, entries: list[Any]) -> None:
    """Children of whom another line stands in the register, asked for as a form would: is the other line among five?"""
    from tumbuh.accounts.api import Scope, whole_country
    from tumbuh.records.api import find_similar
    from tumbuh.regions.api import get_span

    other_of = dict(sorted(planted.list_true_pairs()))
    by_key, everywhere = {entry.key: entry for entry in entries}, Scope((get_span("17"),))
    times, hits, shown = [], 0, 0
    with whole_country("duplicates"):
        for key in random.Random(7).sample(sorted(other_of), ASKED):
            entry = by_key[key]
            started = time.perf_counter()
            found = find_similar(
                everywhere, desa_id=entry.desa, name=entry.name, sex=entry.sex, birth_date=entry.birth_date,
                mother_name=entry.mother,
            )  # fmt: skip
            times.append((time.perf_counter() - started) * 1000)
            hits += other_of[key] in {similar.person_id for similar in found}
            shown += len(found) - 1
    times = sorted(times[20:])
    p95 = times[int(len(times) * 0.95)]
    print(
        f"at entry: {ASKED} questions, p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, max {times[-1]:.1f}; "
        f"the other line found {hits / ASKED:.3f}, {shown / ASKED:.2f} others shown a question"
    )


def run() -> None:
    from tests.factories.planted_errors import plant
    from tumbuh.audit.api import SYSTEM
    from tumbuh.regions.api import iterate_rows, load_regions

    load_regions(by=SYSTEM, rows=iterate_rows(["17"]), expected={})
    planted = plant(PEOPLE, SEED)
    entries = fill(planted)
    time_entry(planted, entries)
    time_search(planted)


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        run()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
