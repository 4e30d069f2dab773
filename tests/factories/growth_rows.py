"""Rows of children → the kernel's columns and back, so that tests can compare child by child."""

from collections.abc import Sequence

import numpy as np

from tests.factories.growth_oracle import Child
from tumbuh.engines.anthropometry.api import INDICATORS, MISSING, ZScores, compute_zscores

MODES = {"": 0, "l": 1, "h": 2}


def compute_rows(children: Sequence[Child], **options) -> ZScores:
    """The kernel's answer for some children."""

    def column(name):
        return np.array([np.nan if getattr(c, name) is None else getattr(c, name) for c in children], np.float64)

    return compute_zscores(
        np.array([c.sex for c in children], np.int8),
        column("age_days"),
        column("weight_kg"),
        column("lenhei_cm"),
        np.array([MODES.get(c.mode, 9) for c in children], np.int8),
        np.array([c.oedema for c in children], np.bool_),
        column("head_cm"),
        column("muac_cm"),
        **options,
    )


def read_row(scores: ZScores, row: int) -> dict[str, float | None]:
    """indicator → z with two decimals, None where missing."""
    hundredths = {name: int(scores.get_z(name)[row]) for name in INDICATORS}
    return {name: None if z == MISSING else z / 100 for name, z in hundredths.items()}


def read_flags(scores: ZScores, row: int) -> dict[str, bool]:
    return {name: bool(scores.get_flag(name)[row]) for name in INDICATORS}
