"""The columns of child_months that conditions may use; the language itself is in engines/definitions."""

from tumbuh.engines.definitions.api import Columns

# Their types, and which may be missing (None).
COLUMNS: Columns = {
    "person_id": int,
    "desa_id": int,
    "sex": str,
    "age_group": str,
    "is_weighed": bool,
    "is_measured": bool,
    "oedema": bool,
    "weight_gain": str,
    "haz": int,
    "waz": int,
    "whz": int,
    "baz": int,
    "haz_flag": bool,
    "waz_flag": bool,
    "whz_flag": bool,
    "baz_flag": bool,
    "haz_before": int,
    "haz_before_days": int,
}
NULLABLE = frozenset({"haz", "waz", "whz", "baz", "haz_before", "haz_before_days"})
