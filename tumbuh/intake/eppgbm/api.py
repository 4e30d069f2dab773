"""The door of the e-PPGBM reading rules: pure, no database.

guess_columns(rows, sheet="", first_row=1) -> SheetReading      rows: the first ~60 rows of a sheet
load_reading(json) -> SheetReading                              what a user confirmed (reverse of .to_json())
list_fields() -> tuple[Field, ...]                              name, label, label_en, unit, required: for the form
read_row(cells, reading, today=…) -> ParsedRow                  never raises; look at .kind, .severity, .reasons
split_visits(reading) -> tuple[SheetReading, ...]               monthly layout: one reading per month; else (reading,)
join_base(base, visit) -> ParsedRow                             two-sheet layout: child of one, measurement of the other
build_index(places) -> DesaIndex                                Place(id, name, kind, kecamatan, kabupaten, provinsi)
match_desa(provinsi, kabupaten, kecamatan, desa, index) -> Match   .desa_id (None: none) and .reason (None: exact)
make_reason / render_reason                                     codes of definitions/intake/reasons/*.yaml
"""

from tumbuh.intake.eppgbm.desa import DesaIndex, Match, Place, build_index, match_desa
from tumbuh.intake.eppgbm.fields import Field, list_fields
from tumbuh.intake.eppgbm.headings import guess_columns, load_reading, split_visits
from tumbuh.intake.eppgbm.reasons import Reason, Severity, make_reason, render_reason
from tumbuh.intake.eppgbm.row import join_base, read_row
from tumbuh.intake.eppgbm.types import Column, Kind, Layout, NikStatus, ParsedRow, SheetReading

__all__ = [
    "Column",
    "DesaIndex",
    "Field",
    "Kind",
    "Layout",
    "Match",
    "NikStatus",
    "ParsedRow",
    "Place",
    "Reason",
    "Severity",
    "SheetReading",
    "build_index",
    "guess_columns",
    "join_base",
    "list_fields",
    "load_reading",
    "make_reason",
    "match_desa",
    "read_row",
    "render_reason",
    "split_visits",
]
