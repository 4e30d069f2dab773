"""The e-PPGBM sheet: its headings as real exports write them, and a child's visit as a line of it."""

from typing import Any, NamedTuple

from tumbuh.engines.anthropometry.api import find_category
from tumbuh.intake.eppgbm.ages import format_age
from tumbuh.intake.eppgbm.fields import get_labels

FIELDS = (
    "number", "nik", "name", "sex", "birth_date", "birth_weight_kg", "birth_length_cm", "parent_name", "provinsi",
    "kabupaten", "kecamatan", "puskesmas", "desa", "posyandu", "rt", "rw", "address", "age_text", "measured_on",
    "weight_kg", "lenhei_cm", "mode", "muac_cm", "waz_status", "file_waz", "haz_status", "file_haz", "whz_status",
    "file_whz", "weight_gain", "pmt_kg", "vitamin_a", "kpsp", "kia", "detail",
)  # fmt: skip
SEX = {"M": "L", "F": "P"}
MODES = {"L": "Terlentang", "H": "Berdiri", "": ""}


class Place(NamedTuple):
    """Names of a desa and of what lies above it."""

    provinsi: str
    kabupaten: str
    kecamatan: str
    desa: str


def list_headings() -> list[str]:
    return [get_labels()[field] for field in FIELDS]


def write_visit(number: int, visit: Any, nik: str, place: Place) -> list[Any]:
    """One visit in the order of FIELDS; what we do not know of it stays empty."""
    person, home = visit.person, visit.person.household
    known: dict[str, Any] = {
        "number": number, "nik": nik, "name": person.name, "sex": SEX[person.sex], "birth_date": person.birth_date,
        "birth_weight_kg": person.birth_weight_kg, "birth_length_cm": person.birth_length_cm,
        "parent_name": person.mother_name, **place._asdict(),
        "posyandu": person.posyandu.name if person.posyandu else "",
        "rt": home.rt if home else "", "rw": home.rw if home else "", "address": home.address if home else "",
        "age_text": format_age(person.birth_date, visit.measured_on), "measured_on": visit.measured_on,
        "weight_kg": visit.weight_kg, "lenhei_cm": visit.lenhei_cm, "mode": MODES[visit.mode],
        "muac_cm": visit.muac_cm, "weight_gain": visit.weight_gain,
    }  # fmt: skip
    for indicator in ("waz", "haz", "whz"):
        z = getattr(visit, indicator)
        category = find_category(indicator, z, visit.measured_on)
        known[f"file_{indicator}"] = None if z is None else z / 100
        known[f"{indicator}_status"] = category.label if category else ""
    return [known.get(field) for field in FIELDS]
