"""One line of a sheet on its way into the database: read, placed in a desa, sealed, written as COPY text."""

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from tumbuh.accounts.api import Scope
from tumbuh.intake.actions.spool import encode_date
from tumbuh.intake.eppgbm.api import DesaIndex, NikStatus, ParsedRow, Reason, Severity, make_reason, match_desa
from tumbuh.intake.rules import Outcome
from tumbuh.records.api import decrypt_nik, encrypt_nik, index_nik

SEALED = "nik1:"
NIK_LIKE = re.compile(r"\d{16}")
NIK_LENGTH = 16
SHEET_LENGTH = 100
NIK_STATUS = {
    NikStatus.OK: "VALID", NikStatus.MISSING: "MISSING", NikStatus.DAMAGED: "DAMAGED", NikStatus.INVALID: "DAMAGED",
}  # fmt: skip
OUTCOMES = {Severity.REFUSE: Outcome.REFUSED, Severity.REVIEW: Outcome.NEEDS_REVIEW}
encode = json.JSONEncoder(separators=(",", ":"), default=encode_date, ensure_ascii=False, check_circular=False).encode
NUL = r"\u0000"
NOTHING = "\x01"  # stands for NULL in the COPY text
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(slots=True)
class Line:
    """A line as read: where it stood, its cells, what they mean and in which desa."""

    sheet: str
    row: int
    visit: int
    cells: list[Any]
    parsed: ParsedRow
    desa_id: int | None = None
    reasons: list[Reason] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """Decided by its reasons alone: refused, needs_review, or "" when matching has the word."""
        worst = max((reason.severity for reason in self.reasons), key=WEIGHT.get, default=None)  # type: ignore[arg-type]
        return OUTCOMES.get(worst, "") if worst else ""


WEIGHT = {Severity.WARN: 0, Severity.REVIEW: 1, Severity.REFUSE: 2}


@dataclass
class Placer:
    """Finds the desa of a line and refuses what lies outside the user's scope."""

    index: DesaIndex
    scope: Scope
    known: dict[tuple[str, str, str, str], tuple[int | None, list[Reason]]] = field(default_factory=dict)

    def place(self, parsed: ParsedRow) -> tuple[int | None, list[Reason]]:
        """Region id of the desa (None when there is none) and what there is to say about it."""
        key = (parsed.provinsi, parsed.kabupaten, parsed.kecamatan, parsed.desa)
        if key not in self.known:
            match = match_desa(*key, self.index)
            reasons = [match.reason] if match.reason else []
            if match.desa_id is not None and not self.scope.contains(match.desa_id):
                reasons.append(make_reason("Desa/Kel", "OUT_OF_SCOPE", desa=parsed.desa))
            self.known[key] = (match.desa_id, reasons)
        return self.known[key]


class Protected(NamedTuple):
    """A NIK as it may be written down: encrypted in hex, its index as COPY text."""

    encrypted: str
    index: str


@lru_cache(maxsize=20_000)  # a child's NIK stands on a line for every month
def protect(nik: str) -> Protected:
    """Both written forms of a NIK."""
    return Protected(encrypt_nik(nik).hex(), r"\x" + index_nik(nik).hex())


@lru_cache(maxsize=20_000)
def seal(text: str) -> str:
    """A text with a NIK in it, unreadable without the key."""
    return SEALED + base64.b64encode(encrypt_nik(text)).decode()


def unseal(value: Any) -> Any:
    """The cell as it was."""
    if isinstance(value, str) and value.startswith(SEALED):
        return decrypt_nik(base64.b64decode(value[len(SEALED) :]))
    return value


def encode_cells(cells: list[Any]) -> str:
    """The cells as JSON, every text that holds sixteen digits in a row sealed; NUL, which jsonb refuses, left out."""
    text = encode(
        [
            seal(cell) if type(cell) is str and len(cell) >= NIK_LENGTH and NIK_LIKE.search(cell) else cell
            for cell in cells
        ]
    )
    if NUL in text:
        return encode_cells([cell.replace("\0", "") if isinstance(cell, str) else cell for cell in cells])
    return text


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def encode_parsed(line: Line) -> tuple[str, str]:
    """What we read as JSON, the NIK encrypted; and the COPY text of the NIK's index."""
    p = line.parsed
    values: dict[str, Any] = {
        "desa_id": line.desa_id, "name": p.name, "name_key": p.name_key, "sex": p.sex, "birth_date": iso(p.birth_date),
        "mother_name": p.parent_name, "nik_status": NIK_STATUS[p.nik_status], "measured_on": iso(p.measured_on),
        "weight_kg": text_of(p.weight_kg), "lenhei_cm": text_of(p.lenhei_cm), "mode": p.mode,
        "muac_cm": text_of(p.muac_cm), "head_cm": text_of(p.head_cm), "birth_weight_kg": text_of(p.birth_weight_kg),
        "birth_length_cm": text_of(p.birth_length_cm), "posyandu": p.posyandu, "puskesmas": p.puskesmas,
    }  # fmt: skip
    values.update((name, text) for name in ("address", "rt", "rw") if (text := getattr(p, name)))
    if p.kk:
        kk = protect(p.kk)
        values |= {"kk": kk.encrypted, "kk_index": kk.index[2:]}
    if p.nik_status is not NikStatus.OK:
        return encode(values), NOTHING
    nik = protect(p.nik)
    values["nik"] = nik.encrypted
    return encode(values), nik.index


def text_of(value: Any) -> str | None:
    return None if value is None else str(value)


def encode_line(row_id: int, line: Line) -> str:
    """The line as COPY text for intake_incoming. JSON holds no raw tab or line break, so backslashes alone matter."""
    parsed, index = encode_parsed(line)
    reasons = encode([reason.to_json() for reason in line.reasons]) if line.reasons else "[]"
    texts = f"{encode_cells(line.cells)}\t{parsed}\t{index}\t{line.outcome}\t{reasons}".replace("\\", "\\\\")
    return f"{row_id}\t{line.sheet[:SHEET_LENGTH].translate(ESCAPES)}\t{line.row}\t{line.visit}\t{texts}\n"


def encode_lines(ids: Iterable[int], lines: Iterable[Line]) -> bytes:
    """A block of COPY text; half characters, which UTF-8 cannot write, become question marks."""
    return "".join([encode_line(row_id, line) for row_id, line in zip(ids, lines, strict=True)]).encode(
        errors="replace"
    )
