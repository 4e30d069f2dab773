"""What the reading of an e-PPGBM sheet hands out."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from tumbuh.intake.eppgbm.reasons import Reason, Severity


class Layout(StrEnum):
    """The named sheet layouts. NONE: no header row was found, a user must choose."""

    EPPGBM = "eppgbm"
    BASE = "data_dasar"
    VISITS = "pemantauan"
    MONTHLY = "bulanan"
    LIST = "daftar"  # of another source: see intake/sources
    NONE = ""


class Column(NamedTuple):
    """One column of the sheet: position from 0, heading as written, our field ("" unknown), confidence 0…1.

    `visit` is 0 except in the monthly layout, where each month's group of columns has its own number from 1.
    """

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    heading: str
    field: str
    confidence: float
    visit: int = 0


@dataclass(frozen=True)
class SheetReading:
    """How a sheet is to be read; a user confirms or changes it (through to_json / from_json).

    Row numbers are Excel's, from 1. `missing` lists required fields that no column serves, `doubled` fields that more
    than one column claims (only the best claimant keeps its field, the others are kept as extra columns).
    """

    layout: Layout
    sheet: str = ""
    header_row: int = 0
    first_data_row: int = 1
    columns: tuple[Column, ...] = ()
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether rows can be read: a header was found and each required field has a column."""
        return self.layout is not Layout.NONE and not self.missing

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON field."""
        return {
            "layout": self.layout.value,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "first_data_row": self.first_data_row,
            "columns": [column._asdict() for column in self.columns],
            "missing": list(self.missing),
            "doubled": list(self.doubled),
        }


class Kind(StrEnum):
    """What a line of the sheet is. Only DATA has values; the others are skipped and counted."""

    DATA = "data"
    EMPTY = "empty"
    TOTAL = "total"
    HEADER = "header"


class NikStatus(StrEnum):
    """OK: 16 digits in a text cell. DAMAGED: came as a number, digits are lost. INVALID: text that is no NIK."""

    OK = "ok"
    MISSING = "missing"
    DAMAGED = "damaged"
    INVALID = "invalid"


@dataclass(slots=True)
class ParsedRow:
    """One line as read. Texts are "" when empty, values None; units kg and cm; sex "M"/"F"/""; mode "L"/"H"/"".

    File z-scores are in hundredths. `weight_gain` is N, T, O, B or "". `age_text` is the file's own age.
    `extras` maps headings of unknown columns to their text.
    """

    kind: Kind = Kind.DATA
    nik: str = ""
    nik_status: NikStatus = NikStatus.MISSING
    kk: str = ""
    name: str = ""
    name_key: str = ""
    sex: str = ""
    birth_date: date | None = None
    measured_on: date | None = None
    age_text: str = ""
    weight_kg: Decimal | None = None
    lenhei_cm: Decimal | None = None
    mode: str = ""
    muac_cm: Decimal | None = None
    head_cm: Decimal | None = None
    birth_weight_kg: Decimal | None = None
    birth_length_cm: Decimal | None = None
    parent_name: str = ""
    provinsi: str = ""
    kabupaten: str = ""
    kecamatan: str = ""
    desa: str = ""
    puskesmas: str = ""
    posyandu: str = ""
    rt: str = ""
    rw: str = ""
    address: str = ""
    weight_gain: str = ""
    file_waz: int | None = None
    file_haz: int | None = None
    file_whz: int | None = None
    extras: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def severity(self) -> Severity | None:
        """The worst of the reasons; None when there is nothing to say."""
        found = {reason.severity for reason in self.reasons}
        return next((level for level in (Severity.REFUSE, Severity.REVIEW, Severity.WARN) if level in found), None)
