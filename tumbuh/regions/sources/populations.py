"""Populations in CSV files, one line for each figure or one column for each sex."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tumbuh.regions.errors import RegionFileError
from tumbuh.regions.rules import Problem
from tumbuh.regions.sources.table import open_table

PEOPLE = ("people", "jumlah", "penduduk", "jumlah penduduk", "population")
SEX = ("sex", "jenis kelamin", "jenis_kelamin", "jk")
GROUP = ("group", "kelompok", "kelompok umur", "kelompok_umur")
SEX_WORDS = {
    "": "ALL", "all": "ALL", "l+p": "ALL", "total": "ALL", "jumlah": "ALL",
    "m": "M", "l": "M", "1": "M", "male": "M", "laki-laki": "M", "laki laki": "M", "lk": "M",
    "f": "F", "p": "F", "2": "F", "female": "F", "perempuan": "F", "pr": "F",
}  # fmt: skip
WIDE = {
    "population_male": ("M", "ALL"), "laki-laki": ("M", "ALL"), "laki_laki": ("M", "ALL"), "l": ("M", "ALL"),
    "population_female": ("F", "ALL"), "perempuan": ("F", "ALL"), "p": ("F", "ALL"),
    "population_total": ("ALL", "ALL"), "total": ("ALL", "ALL"), "l+p": ("ALL", "ALL"),
}  # fmt: skip


class Headcount(NamedTuple):
    """People of one sex ("M", "F", "ALL") and group ("ALL" or the file's word) in a region."""

    line: int
    code: str
    group: str
    sex: str
    people: int


def read_populations(
    path: Path, columns: Mapping[str, str] | None = None, counts: Mapping[str, tuple[str, str]] | None = None
) -> list[Headcount]:
    """The figures of a CSV. `columns` says where `code` is, `counts` which columns hold (sex, group).

    Without `counts`, either a column of people (with sex and group beside it) or columns for male, female and total
    are recognised by their titles. RegionFileError names every line that cannot be read.
    """
    table, found = open_table(path, ("code",), columns)
    wide = {column.lower(): key for column, key in counts.items()} if counts else {}
    lost = [column for column in wide if column not in table.header]
    people = None if wide else pick(table.header, PEOPLE)
    if not wide and people is None:
        wide = {column: key for column, key in WIDE.items() if column in table.header}
    if lost or not (wide or people):
        what = f"Kolom {', '.join(lost)} tidak ada" if lost else "Tidak ada kolom jumlah penduduk yang dikenali"
        raise RegionFileError([Problem(1, f"{what} di {path.name}. Kolom yang ada: {', '.join(table.header)}.")])
    sex, group = pick(table.header, SEX), pick(table.header, GROUP)
    result, problems = [], []
    for line, cells in table.rows:
        keys = wide or {people: (cells.get(sex, ""), cells.get(group, "") or "ALL")}
        for column, (sex_word, group_word) in keys.items():
            figure = read_figure(line, cells, cells.get(found["code"], ""), column, sex_word, group_word)
            (problems if isinstance(figure, Problem) else result).append(figure)
    if problems:
        raise RegionFileError(problems)
    return [figure for figure in result if figure is not None]


def pick(header: list[str], names: tuple[str, ...]) -> str | None:
    """The first of the names that the header has."""
    return next((name for name in names if name in header), None)


def read_figure(line, cells, code, column, sex_word, group) -> Headcount | Problem | None:
    """One figure; None where the cell is empty (not known is not zero)."""
    text = cells.get(column, "")
    sex = SEX_WORDS.get(sex_word.lower())
    if sex is None:
        return Problem(line, f"Jenis kelamin “{sex_word}” tidak dikenali. Tulis L, P, atau kosongkan untuk keduanya.")
    if not text:
        return None
    digits = text.replace(" ", "")
    if "." in digits or "," in digits:
        sign = "." if "." in digits else ","
        parts = digits.split(sign)
        if len(parts[0]) > 3 or any(len(part) != 3 for part in parts[1:]):
            return Problem(line, f"Jumlah “{text}” pada kolom {column} bukan bilangan bulat.")
        digits = "".join(parts)
    if not digits.isdigit() or len(digits) > 9:
        return Problem(line, f"Jumlah “{text}” pada kolom {column} bukan bilangan bulat.")
    return Headcount(line, code, group, sex, int(digits))
