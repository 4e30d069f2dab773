"""What a line is: data, empty, a total or note, a repeated heading."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tumbuh.engines.linkage.api import fold_name
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
    if isinstance(name, str) and birth is not None and fold_name(name) not in headings and name.strip():
        return Kind.DATA
    texts = [text for text in map(clean_text, cells) if text]
    if not texts:
        return Kind.EMPTY
    if is_heading(texts, headings):
        return Kind.HEADER
    has_person = any(optional_text(core[field]) for field in ("birth_date", "nik"))
    if has_person:
        return Kind.DATA
    if any(SUMMARY.match(text) for text in texts[:FIRST_TEXTS]):
        return Kind.TOTAL
    if optional_text(name):
        return Kind.DATA
    if optional_text(core["measured_on"]) and optional_text(core["sex"]):
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
