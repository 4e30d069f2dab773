"""One line of a list: whether it holds data, and what it says."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tumbuh.engines.linkage.api import fold_name
from tumbuh.intake.eppgbm.api import Kind, Reason, SheetReading
from tumbuh.intake.eppgbm.kinds import SUMMARY, is_heading
from tumbuh.intake.eppgbm.texts import clean_text
from tumbuh.intake.sources.books import Source
from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.readers import READERS
from tumbuh.intake.sources.readers.counts import tell_counts
from tumbuh.intake.sources.told import Told
from tumbuh.lib.spreadsheets.api import Cell

EXAMPLE = "contoh"
WHO = ("name", "nik", "kk", "partner_name")
WHERE = ("code", "desa")
SUM = re.compile(r"\W*((sub|grand)\W*)?(total|jumlah|jml)\b", re.I)


class ReadLine(NamedTuple):
    """`skipped` says why a line holds no data ("" when it does); then there is nothing told."""

    told: Told | None
    reasons: list[Reason]
    skipped: str = ""


def read_line(
    cells: Sequence[Cell], reading: SheetReading, source: Source, *, today: date, month: date | None = None
) -> ReadLine:
    """What the line says. Never raises; look at the reasons."""
    line = Cells(cells, reading, today, month)
    if skipped := find_skipped(line, reading, source):
        return ReadLine(None, [], skipped)
    told = tell_counts(line, source.figures) if source.figures else READERS[source.reader](line)
    told.is_day_told = line.is_day_told
    desa = (source.figures and line.text("code")) or line.text("desa")
    told.place = (line.text("provinsi"), line.text("kabupaten"), line.text("kecamatan"), desa)
    return ReadLine(told, line.reasons)


def find_skipped(line: Cells, reading: SheetReading, source: Source) -> str:
    """The kind of a line without data: example, empty, heading, total."""
    if line.text("number").casefold().startswith(EXAMPLE):
        return EXAMPLE
    texts = [text for text in map(clean_text, line.cells) if text]
    if not texts:
        return Kind.EMPTY
    if is_heading(texts, {fold_name(column.heading) for column in reading.columns}):
        return Kind.HEADER
    if source.figures:  # desa are called Sumber Jaya and the like, so only a total in the place of the desa is one
        where = [line.text(field) for field in WHERE]
        return Kind.TOTAL if not any(where) or any(map(SUM.match, where)) else ""
    who = [line.text(field) for field in WHO]
    if any(SUMMARY.match(text) for text in texts[:3]) and not any(map(any_digits, who)):
        return Kind.TOTAL
    return "" if any(who) else Kind.TOTAL


def any_digits(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= 10
