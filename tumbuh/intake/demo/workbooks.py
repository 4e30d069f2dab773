"""The made-up visits of a month as workbooks in the layout of an e-PPGBM export."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import xlsxwriter

LABEL = "DATA CONTOH: orang rekaan, bukan data sesungguhnya"
HEADINGS = (
    "No|NIK|Nama|JK|Tgl Lahir|BB Lahir|TB Lahir|Nama Ortu|Prov|Kab/Kota|Kec|Pukesmas|Desa/Kel|Posyandu|RT|RW|Alamat|"
    "Usia Saat Ukur|Tanggal Pengukuran|Berat|Tinggi|Cara Ukur|LiLA|BB/U|ZS BB/U|TB/U|ZS TB/U|BB/TB|ZS BB/TB|"
    "Naik Berat Badan|PMT Diterima (kg)|Jml Vit A|KPSP|KIA|Detail"
).split("|")
MODES = {1: "Terlentang", 2: "Berdiri"}


@dataclass(frozen=True)
class Line:
    """One visit as the export shows it. z-scores are in hundredths or None."""

    nik: str | None
    name: str
    is_girl: bool
    born: date
    mother: str
    provinsi: str
    kabupaten: str
    kecamatan: str
    desa: str
    posyandu: str
    rt: str
    rw: str
    address: str
    measured_on: date
    weight_kg: float
    lenhei_cm: float | None
    mode: int
    muac_cm: float | None
    waz: int | None
    haz: int | None
    whz: int | None


def describe_age(born: date, measured_on: date) -> str:
    """The export's age text, for example `2 Tahun - 3 Bulan - 12 Hari`."""
    months = (measured_on.year - born.year) * 12 + measured_on.month - born.month
    if measured_on.day < born.day:
        months -= 1
    start = np.datetime64(date(born.year, born.month, 1), "M") + months
    day_of_start = start.astype("datetime64[D]").astype(date)
    days = measured_on.toordinal() - day_of_start.toordinal() - (born.day - 1)
    return f"{months // 12} Tahun - {months % 12} Bulan - {max(days, 0)} Hari"


def write_cells(number: int, line: Line) -> list[object]:
    """The cells of one line in the order of HEADINGS."""
    score = [None if z is None else z / 100 for z in (line.waz, line.haz, line.whz)]
    identity = [
        number,
        line.nik,
        line.name,
        "P" if line.is_girl else "L",
        line.born.isoformat(),
        None,
        None,
        line.mother,
    ]
    place = [line.provinsi, line.kabupaten, line.kecamatan, line.kecamatan, line.desa, line.posyandu]
    home = [line.rt, line.rw, line.address]
    visit = [
        describe_age(line.born, line.measured_on), line.measured_on.isoformat(), line.weight_kg, line.lenhei_cm,
        MODES[line.mode], line.muac_cm,
    ]  # fmt: skip
    return [*identity, *place, *home, *visit, None, score[0], None, score[1], None, score[2], *[None] * 5, LABEL]


def roughen(rng: np.random.Generator, cells: list[object]) -> list[object]:
    """Now and then a slip as real exports have them: a decimal comma, grams, a day-first date, a misspelt desa."""
    position = {heading: index for index, heading in enumerate(HEADINGS)}
    slip = rng.random()
    weight, desa, born = position["Berat"], position["Desa/Kel"], position["Tgl Lahir"]
    if slip < 0.02:
        cells[weight] = str(cells[weight]).replace(".", ",")
    elif slip < 0.024 and isinstance(cells[weight], float):
        cells[weight] = round(cells[weight] * 1000)
    elif slip < 0.034:
        year, month, day = str(cells[born]).split("-")
        cells[born] = f"{day}/{month}/{year}"
    elif slip < 0.038:
        text = str(cells[desa])
        cells[desa] = text[:-2] + text[-1] if len(text) > 5 else text
    return cells


def number_lines(lines: Iterable[Line], seed: int) -> Iterator[list[object]]:
    rng = np.random.default_rng(seed)
    for number, line in enumerate(lines, start=1):
        yield roughen(rng, write_cells(number, line))


def write_workbook(path: Path, lines: Iterable[Line], *, seed: int) -> int:
    """Write one workbook and return its number of lines. The label stands above the headings and in each line."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Status Gizi")
        bold = workbook.add_format({"bold": True})
        sheet.write_string(0, 0, LABEL, bold)
        sheet.write_row(2, 0, HEADINGS, bold)
        row = 2
        for row, cells in enumerate(number_lines(lines, seed), start=3):
            sheet.write_row(row, 0, cells)
    return row - 2
