"""What the kernel hands back: one array per indicator, in the order of the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.anthropometry.rules import INDICATORS, MISSING

FloatArray = NDArray[np.float64]
HundredthsArray = NDArray[np.int16]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ZScores:
    """z-scores in hundredths (MISSING where WHO gives none), flags of implausible ones, one entry a row.

    `lenhei_corrected_cm` is the length or height after the 0.7 cm rule (NaN when none); `errors` holds `RowError` bits.
    An indicator that was not asked for is MISSING everywhere, in a read-only array that takes no memory.
    """

    haz: HundredthsArray
    waz: HundredthsArray
    whz: HundredthsArray
    baz: HundredthsArray
    headz: HundredthsArray
    muacz: HundredthsArray
    haz_flag: BoolArray
    waz_flag: BoolArray
    whz_flag: BoolArray
    baz_flag: BoolArray
    headz_flag: BoolArray
    muacz_flag: BoolArray
    lenhei_corrected_cm: FloatArray
    errors: NDArray[np.uint8]

    def get_z(self, indicator: str) -> HundredthsArray:
        """The hundredths of one of INDICATORS."""
        z: HundredthsArray = getattr(self, indicator)
        return z

    def get_flag(self, indicator: str) -> BoolArray:
        """The flags of one of INDICATORS."""
        flag: BoolArray = getattr(self, f"{indicator}_flag")
        return flag

    @classmethod
    def make_empty(cls, rows: int, indicators: Iterable[str]) -> "ZScores":
        """Room for `rows` results of the asked indicators. Raises ValueError for an unknown indicator."""
        asked = set(indicators)
        if unknown := asked - set(INDICATORS):
            raise ValueError(f"Unknown indicators: {', '.join(sorted(unknown))}. Known: {', '.join(INDICATORS)}.")
        no_z = np.broadcast_to(np.int16(MISSING), (rows,))
        no_flag = np.broadcast_to(np.bool_(False), (rows,))
        z = {i: np.empty(rows, np.int16) if i in asked else no_z for i in INDICATORS}
        flags = {f"{i}_flag": np.empty(rows, np.bool_) if i in asked else no_flag for i in INDICATORS}
        rest = {"lenhei_corrected_cm": np.empty(rows, np.float64), "errors": np.zeros(rows, np.uint8)}
        columns: dict[str, Any] = {**z, **flags, **rest}
        return cls(**columns)
