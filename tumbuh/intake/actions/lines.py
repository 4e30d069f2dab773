"""One line of a sheet on its way into the database: read, placed in a desa, written as COPY text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from tumbuh.accounts.api import Scope
from tumbuh.intake.eppgbm.api import DesaIndex, NikStatus, ParsedRow, Reason, Severity, make_reason, match_desa
from tumbuh.intake.rules import Outcome
from tumbuh.records.api import encrypt_nik, index_nik

SHEET_LENGTH = 100
NIK_STATUS = {
    NikStatus.OK: "VALID", NikStatus.MISSING: "MISSING", NikStatus.DAMAGED: "DAMAGED", NikStatus.INVALID: "DAMAGED",
}  # fmt: skip
OUTCOMES = {Severity.REFUSE: Outcome.REFUSED, Severity.REVIEW: Outcome.NEEDS_REVIEW}
encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
NUL = r"\\u0000"  # as COPY text; jsonb refuses it
NOTHING = "\x01"  # stands for NULL in the COPY text
COLUMNS = (
    "sheet, row, visit, desa_id, name, name_key, mother_name, posyandu, puskesmas, address, rt, rw, sex, birth_date, "
    "nik_status, nik_encrypted, nik_index, kk_encrypted, kk_index, birth_weight_kg, birth_length_cm, measured_on, "
    "weight_kg, lenhei_cm, mode, head_cm, muac_cm, outcome, reasons"
)
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(slots=True)
class Line:
    """A line as read: where it stood, what its cells mean and in which desa."""

    sheet: str
    row: int
    visit: int
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
    """A number of a person or family as it may be written down, as COPY text: encrypted, and its index."""

    encrypted: str
    index: str


ABSENT = Protected(NOTHING, NOTHING)


@lru_cache(maxsize=20_000)  # a child's NIK stands on a line for every month
def protect(number: str) -> Protected:
    """Both written forms of a NIK or a KK number."""
    return Protected(rf"\\x{encrypt_nik(number).hex()}", rf"\\x{index_nik(number).hex()}")


def text_of(value: Any) -> str:
    return NOTHING if value is None else str(value)


def encode_reasons(reasons: list[Reason]) -> str:
    return encode([reason.to_json() for reason in reasons]).replace("\\", "\\\\")


def encode_line(line: Line) -> str:
    """The line as COPY text for COLUMNS. Texts are tidied, so that no tab or line break stands in them."""
    p = line.parsed
    nik = protect(p.nik) if p.nik_status is NikStatus.OK else ABSENT
    kk = protect(p.kk) if p.kk else ABSENT
    texts = "\t".join((p.name, p.name_key, p.parent_name, p.posyandu, p.puskesmas, p.address, p.rt, p.rw))
    if "\\" in texts:
        texts = texts.replace("\\", "\\\\")
    return (
        f"{line.sheet[:SHEET_LENGTH].translate(ESCAPES)}\t{line.row}\t{line.visit}\t{text_of(line.desa_id)}\t{texts}\t"
        f"{p.sex}\t{text_of(p.birth_date)}\t{NIK_STATUS[p.nik_status]}\t{nik.encrypted}\t{nik.index}\t"
        f"{kk.encrypted}\t{kk.index}\t{text_of(p.birth_weight_kg)}\t{text_of(p.birth_length_cm)}\t"
        f"{text_of(p.measured_on)}\t{text_of(p.weight_kg)}\t{text_of(p.lenhei_cm)}\t{p.mode}\t{text_of(p.head_cm)}\t"
        f"{text_of(p.muac_cm)}\t{line.outcome}\t{encode_reasons(line.reasons) if line.reasons else '[]'}\n"
    )


def encode_lines(lines: Iterable[Line]) -> bytes:
    """A block of COPY text without NUL, which no text may hold; half characters, which UTF-8 cannot write, become
    question marks."""
    text = "".join([encode_line(line) for line in lines])
    return (text.replace("\0", "").replace(NUL, "") if "\0" in text or NUL in text else text).encode(errors="replace")
