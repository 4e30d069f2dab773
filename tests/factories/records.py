"""Rows for the staging table, and people in the register."""

from datetime import date
from decimal import Decimal
from itertools import count

from tumbuh.audit.api import SYSTEM
from tumbuh.records.api import encrypt_nik, index_nik, save_measurements
from tumbuh.records.models import SourceBatch

NUMBER = count(1)


def make_staged(name: str = "AISYAH", desa_id: int = 9101012001, nik: str | None = None, **values) -> tuple:
    """One row as the staging table takes it; anything can be set by its column's name."""
    row = {
        "row_id": next(NUMBER), "desa_id": desa_id, "posyandu_id": None, "name": name, "name_key": name, "sex": "F",
        "birth_date": date(2024, 3, 5), "mother_name": "", "nik_encrypted": encrypt_nik(nik) if nik else None,
        "nik_index": index_nik(nik) if nik else None, "nik_status": "VALID" if nik else "MISSING",
        "birth_weight_kg": None, "birth_length_cm": None, "measured_on": date(2026, 3, 10),
        "weight_kg": Decimal("11.2"), "lenhei_cm": Decimal("84.5"), "mode": "H", "head_cm": None, "muac_cm": None,
        "oedema": False, "decision": "", "candidate_id": None, "same_as": None, "kk_encrypted": None, "kk_index": None,
        "address": "", "rt": "", "rw": "",
    }  # fmt: skip
    unknown = set(values) - set(row)
    assert not unknown, unknown
    return tuple({**row, **values}.values())


def make_batch(kind: str = "eppgbm", name: str = "berkas.xlsx") -> SourceBatch:
    return SourceBatch.objects.create(kind=kind, name=name)


def save_rows(*rows: tuple, batch: SourceBatch | None = None):
    """Save staged rows under a new batch; what save_measurements returns."""
    return save_measurements(by=SYSTEM, batch=batch or make_batch(), rows=rows)
