"""The z-scores in the file held against ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tumbuh.engines.anthropometry.api import MISSING, compute_zscores
from tumbuh.intake.actions.lines import Line
from tumbuh.intake.eppgbm.api import make_reason

TOLERANCE = 2  # hundredths: the source rounds ages and values in its own way
INDICATORS = {"waz": "BB/U", "haz": "TB/U", "whz": "BB/TB"}
SEXES = {"M": 1, "F": 2}
MODES = {"": 0, "L": 1, "H": 2}


@dataclass
class Comparison:
    """How many z-scores of the file were compared, and how many differ by more than the tolerance."""

    compared: int = 0
    differing: int = 0

    def add(self, lines: Sequence[Line]) -> None:
        """Compare a batch; a line that differs gets a remark."""
        given = [line for line in lines if has_scores(line)]
        if not given:
            return
        scores = compute_lines(given)
        for indicator, label in INDICATORS.items():
            values = (getattr(line.parsed, f"file_{indicator}") for line in given)
            theirs = np.array([MISSING if value is None else value for value in values], np.int64)
            ours = scores.get_z(indicator).astype(np.int64)
            both = (theirs != MISSING) & (ours != MISSING)
            far = np.flatnonzero(both & (np.abs(theirs - ours) > TOLERANCE))
            self.compared += int(both.sum())
            self.differing += len(far)
            for position in far.tolist():
                said = {"file": format_z(int(theirs[position])), "ours": format_z(int(ours[position]))}
                given[position].reasons.append(make_reason(f"ZS {label}", "ZSCORE_DIFFERS", **said))

    def to_json(self) -> dict[str, int]:
        return {"compared": self.compared, "differing": self.differing}


def has_scores(line: Line) -> bool:
    p = line.parsed
    return (p.file_waz is not None or p.file_haz is not None or p.file_whz is not None) and bool(
        p.birth_date and p.measured_on and p.sex
    )


def compute_lines(lines: Sequence[Line]) -> Any:
    """The engine's z-scores of the lines."""
    rows = [line.parsed for line in lines]
    none = float("nan")
    return compute_zscores(
        np.array([SEXES[p.sex] for p in rows], np.int8),
        np.array([(p.measured_on - p.birth_date).days for p in rows], np.float64),
        np.array([none if p.weight_kg is None else float(p.weight_kg) for p in rows]),
        np.array([none if p.lenhei_cm is None else float(p.lenhei_cm) for p in rows]),
        np.array([MODES[p.mode] for p in rows], np.int8),
        np.zeros(len(rows), bool),
        indicators=tuple(INDICATORS),
    )


def format_z(hundredths: int) -> str:
    """-2,31 as people here write it."""
    return f"{hundredths / 100:.2f}".replace(".", ",").replace("-", "−")
