"""What a line is: data, empty, a total or note, a repeated heading."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from tumbuh.engines.linkage.api import fold_name
from tumbuh.intake.eppgbm.dates import read_date
from tumbuh.intake.eppgbm.nik import read_nik
from tumbuh.intake.eppgbm.texts import clean_text, optional_text
from tumbuh.intake.eppgbm.types import Kind
from tumbuh.lib.spreadsheets.api import Cell

SUMMARY = re.compile(
    r"(sub\s*-?\s*|grand\s+)?(total|jumlah|jml|rata\s*-?\s*rata|rerata|rekap\w*)\b"
    r"|(mengetahui|keterangan|ket|catatan|sumber|dicetak|halaman|kepala puskesmas|bidan desa|petugas)\b",
    re.I,
)
FIRST_TEXTS = 4


def find_kind(cells: Sequence[Cell], core: Mapping[str, Cell], headings: set[str]) -> Kind:
    """The kind of the line. `core`: cells of the main fields; `headings`: folded headings of the sheet."""
    name, birth = core["name"], core["birth_date"]
    if isinstance(name, str) and isinstance(birth, (str, date)) and birth:
        key = fold_name(name)
        if key and key not in headings:
            return Kind.DATA
    texts = [text for text in map(clean_text, cells) if text]
    if not texts:
        return Kind.EMPTY
    if is_heading(texts, headings):
        return Kind.HEADER
    if read_date(birth).date or read_nik(core["nik"]).digits:
        return Kind.DATA
    if any(SUMMARY.match(text) for text in texts[:FIRST_TEXTS]):
        return Kind.TOTAL
    if optional_text(name) or (optional_text(core["sex"]) and optional_text(core["measured_on"])):
        return Kind.DATA
    return Kind.EMPTY if len(texts) == 1 and texts[0].isdigit() else Kind.TOTAL


def is_heading(texts: list[str], headings: set[str]) -> bool:
    """Whether the line repeats the headings, or numbers the columns 1, 2, 3 …"""
    if len(texts) >= 3 and sum(fold_name(text) in headings for text in texts) * 2 > len(texts):
        return True
    numbers = [text.strip("()") for text in texts]
    if len(numbers) < 3 or not all(number.isascii() and number.isdigit() and len(number) < 4 for number in numbers):
        return False
    values = [int(number) for number in numbers]
    return all(after == before + 1 for before, after in pairwise(values))
