"""Workbooks as e-PPGBM exports them: title rows above the header, its own spellings, a total at the end.

Makes rows for the tests (`make_row`) and whole files (`write_xlsx`, `write_csv`); `list_bench_rows` makes many.
"""

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from tumbuh.engines.anthropometry.api import MISSING, compute_zscores

HEADER = (
    "No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota", "Kec", "Pukesmas",
    "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Usia Saat Ukur", "Tanggal Pengukuran", "Berat", "Tinggi",
    "Cara Ukur",
    "LiLA", "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB", "ZS BB/TB", "Naik Berat Badan",
)  # fmt: skip
TITLE = (["LAPORAN STATUS GIZI BALITA"], ["Periode: Tahun 2026"], [])


def make_row(number: int = 1, **values: Any) -> list[Any]:
    """One row of the export; any column can be set by its heading with other signs as `_` (Tgl_Lahir, BB_U)."""
    row = {
        "No": number, "NIK": "", "Nama": "AISYAH PUTRI", "JK": "P", "Tgl Lahir": "05/03/2024", "BB Lahir": "3,1",
        "TB Lahir": "49", "Nama Ortu": "SITI AMINAH", "Prov": "ANU", "Kab/Kota": "HULU", "Kec": "HULU SATU",
        "Pukesmas": "HULU SATU", "Desa/Kel": "SUMBER JAYA", "Posyandu": "MELATI 1", "RT": "1", "RW": "2",
        "Alamat": "Jl. Kebun", "Usia Saat Ukur": "", "Tanggal Pengukuran": "10/03/2026", "Berat": "11,2",
        "Tinggi": "84,5", "Cara Ukur": "Berdiri", "LiLA": "", "BB/U": "", "ZS BB/U": "", "TB/U": "", "ZS TB/U": "",
        "BB/TB": "", "ZS BB/TB": "", "Naik Berat Badan": "",
    }  # fmt: skip
    headings = {heading.replace("/", "_").replace(" ", "_"): heading for heading in HEADER}
    for name, value in values.items():
        row[headings[name]] = value
    return list(row.values())


def write_xlsx(
    path: Path,
    rows: Iterable[Sequence[Any]],
    *,
    title: Iterable[Sequence[Any]] = TITLE,
    sheet: str = "Sheet1",
    header: Sequence[str] = HEADER,
) -> Path:
    """A workbook with the rows under title and header; dates become real dates."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate([*title, header]):
            page.write_row(number, 0, row)
        start = number + 1
        for number, row in enumerate(rows, start):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, column, value)
                elif isinstance(value, str):
                    page.write_string(number, column, value)
                elif value is not None:
                    page.write(number, column, value)
    return path


def write_csv(
    path: Path,
    rows: Iterable[Sequence[Any]],
    *,
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
    header: Sequence[str] = HEADER,
) -> Path:
    """The same as delimited text, header first."""
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)
    return path


NAMES = ("AISYAH", "BUDI", "CITRA", "DIMAS", "ELSA", "FAJAR", "GITA", "HADI", "INTAN", "JOKO", "KARTIKA", "LUKMAN")
FAMILY = ("PUTRI", "SAPUTRA", "LESTARI", "WIJAYA", "RAMADHAN", "ANGGRAINI", "PRATAMA", "SARI", "HIDAYAT", "UTAMI")


def list_bench_rows(
    count: int, places: Sequence[tuple[str, str, str, str]], *, seed: int = 1, first: date = date(2025, 11, 1)
) -> list[list[Any]]:
    """`count` rows of children with twelve visits each, in the given (provinsi, kabupaten, kecamatan, desa).

    z-scores are the right ones, but for one row in fifty.
    """
    chance = random.Random(seed)
    visits: list[tuple[dict[str, Any], date, date, float, float]] = []
    child = 0
    while len(visits) < count:
        child += 1
        base, born = make_child(child, places[child % len(places)], chance, first)
        for month in range(min(12, count - len(visits))):
            on = first + timedelta(days=30 * month + chance.randrange(0, 25))
            age = (on - born).days / 30.4375
            weight = round(3.2 + 9.5 * (age / 60) ** 0.55 + chance.gauss(0, 0.15), 1)
            length = round(50 + 58 * (age / 60) ** 0.62 + chance.gauss(0, 0.6), 1)
            visits.append((base, born, on, weight, length))
    scores = compute_zscores(
        np.array([1 if base["JK"] == "L" else 2 for base, *_ in visits], np.int8),
        np.array([(on - born).days for _, born, on, *_ in visits], np.float64),
        np.array([weight for *_, weight, _ in visits]),
        np.array([length for *_, length in visits]),
        np.array([1 if (on - born).days < 731 else 2 for _, born, on, *_ in visits], np.int8),
    )
    rows = []
    for number, (base, born, on, weight, length) in enumerate(visits):
        wrong = 40 if chance.random() < 0.02 else 0
        z = [show_z(int(values[number]), wrong) for values in (scores.waz, scores.haz, scores.whz)]
        rows.append(
            make_row(
                number + 1, **base, Tanggal_Pengukuran=on.strftime("%Y-%m-%d"), Berat=show(weight), Tinggi=show(length),
                Cara_Ukur="Terlentang" if (on - born).days < 731 else "Berdiri", LiLA="14,5",
                BB_U="Berat Badan Normal", ZS_BB_U=z[0], TB_U="Normal", ZS_TB_U=z[1], BB_TB="Gizi Baik", ZS_BB_TB=z[2],
                Naik_Berat_Badan="N",
            )
        )  # fmt: skip
    return rows


def make_child(
    number: int, place: tuple[str, str, str, str], chance: random.Random, first: date
) -> tuple[dict[str, Any], date]:
    """The columns that stay the same, with a NIK that fits birth date and sex; and the birth date."""
    provinsi, kabupaten, kecamatan, desa = place
    sex = chance.choice("LP")
    born = first - timedelta(days=chance.randrange(20, 1400))
    day = born.day + (40 if sex == "P" else 0)
    return {
        "NIK": f"910101{day:02d}{born:%m%y}{number % 10_000:04d}",
        "Nama": f"{chance.choice(NAMES)} {chance.choice(FAMILY)} {chance.choice(FAMILY)} {number}", "JK": sex,
        "Tgl_Lahir": born.strftime("%d/%m/%Y"), "Nama_Ortu": f"{chance.choice(FAMILY)} {chance.choice(NAMES)}",
        "Prov": provinsi, "Kab_Kota": kabupaten, "Kec": kecamatan, "Pukesmas": kecamatan, "Desa_Kel": desa,
        "Posyandu": f"MELATI {number % 4}",
    }, born  # fmt: skip


def show(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def show_z(hundredths: int, wrong: int) -> str:
    return "" if hundredths == MISSING else f"{(hundredths + wrong) / 100:.2f}".replace(".", ",")
