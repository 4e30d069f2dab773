"""Nothing lost, nothing doubled: whatever way the same rows come in, the register is the same."""

import random
import tempfile
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.eppgbm import HEADER, make_row, write_csv
from tests.factories.imports import preview, run
from tumbuh.records.models import Measurement, Person

pytestmark = pytest.mark.django_db
CONTENT = """
SELECT p.name_key, p.birth_date, p.sex, p.desa_id, p.nik_index, p.registered_on, p.mother_name,
       h.kk_index, h.desa_id AS home, h.address, h.rt, h.rw, h.family_key,
       (SELECT string_agg(x.one, ',' ORDER BY x.one) FROM (SELECT concat(name_key, birth_date, sex, o.desa_id) AS one
        FROM records_person o WHERE o.household_id = h.id) x) AS family,
       m.measured_on, m.weight_kg, m.lenhei_cm, m.mode, m.haz, m.waz, m.whz, m.weight_gain
FROM records_person p LEFT JOIN records_household h ON h.id = p.household_id
LEFT JOIN records_measurement m ON m.person_id = p.id
"""
NAMES = ("AISYAH PUTRI", "BUDI HARTONO", "CITRA LESTARI", "DIMAS PRATAMA", "UMAR")
COLUMNS = (*HEADER, "No KK")
DESAS = ("SUMBER JAYA", "TALANG BARU")

MOTHERS = ("RATNA", "SULASTRI")
KK = "9101010101200001"

children = st.tuples(st.sampled_from(NAMES), st.sampled_from(DESAS), st.sampled_from("LP"), st.integers(1, 3))
rows_of_file = st.lists(st.tuples(children, st.integers(1, 9)), min_size=1, max_size=14, unique=True)


def build(child, month: int) -> list:
    """One right row; the same child and month always gives the same values."""
    name, desa, sex, day = child
    weight = 9 + month / 5 + len(name) / 20
    mother, home = MOTHERS[day % 2], len(name) % 3  # 0 no address, 1 address, 2 KK number too
    row = make_row(
        Nama=name, Desa_Kel=desa, JK=sex, Tgl_Lahir=f"{day:02d}/03/2024", Nama_Ortu=mother,
        Alamat="Jl. Kebun" if home else "", RT=f"0{home}" if home else "", RW="",
        Tanggal_Pengukuran=f"10/{month:02d}/2026", Berat=f"{weight:.1f}".replace(".", ","), Tinggi=f"{80 + month}",
    )  # fmt: skip
    return [*row, KK if home == 2 else ""]


def read_content() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(CONTENT)
        return sorted(str([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor.fetchall())


def send(user, *files: list) -> list[str]:
    """Import the files into an empty register, tell what it holds, and forget it."""
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        for number, rows in enumerate(files):
            taken = run(user, write_csv(Path(folder) / f"{number}.csv", rows, header=COLUMNS))
            assert sum(
                taken.counts[name] for name in ("new", "changed", "already_there", "needs_review", "refused")
            ) == len(rows)
            assert taken.counts["rows"] == len(rows)
        content = read_content()
        transaction.set_rollback(True)
    return content


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=rows_of_file, seed=st.integers(0, 999), cut=st.integers(0, 14))
def test_split_permuted_and_repeated(user, data, seed, cut):
    rows = [build(child, month) for child, month in data]
    expected = send(user, rows)
    permuted = random.Random(seed).sample(rows, len(rows))
    assert send(user, permuted) == expected
    assert send(user, rows, rows) == expected
    assert send(user, permuted[:cut] or rows, rows) == expected
    assert send(user, permuted[: cut + 3] or rows, permuted[max(cut - 3, 0) :] or rows) == expected


def test_half_overlapping_files_double_nothing(user, tmp_path):
    rows = [build((name, "SUMBER JAYA", "P", 1), month) for name in NAMES for month in (1, 2, 3)]
    run(user, write_csv(tmp_path / "a.csv", rows[:10], header=COLUMNS))
    second = run(user, write_csv(tmp_path / "b.csv", rows[5:][::-1], header=COLUMNS))
    assert (second.counts["already_there"], second.counts["new"]) == (5, 5)
    assert (Person.objects.count(), Measurement.objects.count()) == (5, 15)


def test_the_preview_writes_nothing(user, tmp_path):
    preview(user, write_csv(tmp_path / "a.csv", [build((NAMES[0], DESAS[0], "P", 1), 1)]))
    assert read_content() == []
