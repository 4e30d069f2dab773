"""Children in the register and their measurements, straight into the tables."""

import uuid
from datetime import date

from tumbuh.records.api import Measurement, Person, SourceBatch


def make_batch(name: str = "posyandu.xlsx") -> SourceBatch:
    return SourceBatch.objects.create(kind="EPPGBM", name=name)


def make_person(desa_id: int, birth_date: date, batch: SourceBatch, **fields) -> Person:
    """A girl in the register since her birth, with changes."""
    name = f"Anak {uuid.uuid4().hex[:6]}"
    fields = {"sex": "F", "registered_on": birth_date, "name": name, "name_key": name.lower(), **fields}
    return Person.objects.create(desa_id=desa_id, birth_date=birth_date, batch=batch, is_synthetic=True, **fields)


def measure(person: Person, on: date, **fields) -> Measurement:
    """A weight and a length on a day, z-scores as given."""
    fields = {"weight_kg": 9, "lenhei_cm": 75, "haz": 0, "waz": 0, "whz": 0, "baz": 0, "weight_gain": "N", **fields}
    return Measurement.objects.create(
        person=person,
        desa_id=person.desa_id,
        birth_date=person.birth_date,
        measured_on=on,
        month=on.replace(day=1),
        batch=person.batch,
        **fields,
    )
