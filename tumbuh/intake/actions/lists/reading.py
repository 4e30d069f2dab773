"""The lines of an upload as rows with what they say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from tumbuh.engines.linkage.api import fold_name
from tumbuh.intake.actions.lines import OUTCOMES, SHEET_LENGTH, WEIGHT, Placer
from tumbuh.intake.actions.lists.entries import seal
from tumbuh.intake.actions.reading import get_opener
from tumbuh.intake.eppgbm.api import Reason, make_reason
from tumbuh.intake.models import Import, Row
from tumbuh.intake.sources.api import SELF, Somebody, Source, Told, load_list_reading, read_line
from tumbuh.records.api import encrypt_nik, index_nik


class Names(NamedTuple):
    """Where a line says that it belongs, as the placer reads it."""

    provinsi: str
    kabupaten: str
    kecamatan: str
    desa: str


@dataclass
class ListReader:
    """Reads the rows of an upload as one list; `skipped` counts lines without data by kind."""

    job: Import
    source: Source
    placer: Placer
    today: date
    skipped: dict[str, int] = field(default_factory=dict)

    def read(self) -> Iterator[list[Row]]:
        """Rows in batches, not yet saved."""
        month = self.job.columns.get("month")
        first = date.fromisoformat(month) if month else None
        used = [sheet["reading"] for sheet in self.job.columns["sheets"] if sheet["use"]]
        readings = {reading["sheet"]: load_list_reading(reading, self.source) for reading in used}
        for chunk in get_opener(self.job)():
            reading = readings.get(chunk.sheet)
            rows = []
            for number, cells in enumerate(chunk.rows, chunk.first_row) if reading else ():
                if number < reading.first_data_row:
                    continue
                line = read_line(cells, reading, self.source, today=self.today, month=first)
                if line.told is None:
                    self.skipped[line.skipped] = self.skipped.get(line.skipped, 0) + 1
                else:
                    rows.append(self.make_row(chunk.sheet, number, line.told, line.reasons))
            yield rows

    def make_row(self, sheet: str, number: int, told: Told, reasons: list[Reason]) -> Row:
        desa_id, remarks = self.place(told)
        reasons = [*reasons, *remarks]
        worst = max((reason.severity for reason in reasons), key=WEIGHT.get, default=None)  # type: ignore[arg-type]
        return Row(
            owner=self.job, sheet=sheet[:SHEET_LENGTH], row=number, desa_id=desa_id, measured_on=told.on,
            told=seal(told), outcome=OUTCOMES.get(worst, "") if worst else "",
            reasons=[reason.to_json() for reason in reasons],
            **(describe(told.people.get(SELF)) if self.source.figures is None else {"name": told.place[-1]}),
        )  # fmt: skip

    def place(self, told: Told) -> tuple[int | None, list[Reason]]:
        """The desa that the line names, else the one that was chosen for the whole list."""
        names, chosen = Names(*told.place), self.job.columns.get("desa")
        if names.desa or not chosen:
            return self.placer.place(names)  # type: ignore[arg-type]
        if self.placer.scope.contains(chosen):
            return chosen, []
        return chosen, [make_reason("Desa/Kel", "OUT_OF_SCOPE", desa=chosen)]


def describe(somebody: Somebody | None) -> dict[str, Any]:
    """What of the person stands in columns of the row, for lists and for the person who decides."""
    if somebody is None:
        return {}
    nik, kk = somebody.nik, somebody.kk
    return {
        "name": somebody.name, "name_key": fold_name(somebody.name), "sex": somebody.sex,
        "birth_date": somebody.birth_date, "mother_name": somebody.mother_name, "posyandu": somebody.posyandu,
        "address": somebody.address, "rt": somebody.rt, "rw": somebody.rw,
        "nik_status": "VALID" if nik else "MISSING", "nik_encrypted": encrypt_nik(nik) if nik else None,
        "nik_index": index_nik(nik) if nik else None, "kk_encrypted": encrypt_nik(kk) if kk else None,
        "kk_index": index_nik(kk) if kk else None,
    }  # fmt: skip
