"""Dated growth parameters from `definitions/parameters/*.yaml`: which set was in force on a day."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[3] / "definitions" / "parameters"

Parameters = dict[str, Any]


class NoParametersError(Exception):
    """No set of the wanted kind is in force on the wanted day."""

    code = "GROWTH_PARAMETERS_MISSING"


@lru_cache(maxsize=8)
def read_parameters(folder: Path = FOLDER) -> tuple[Parameters, ...]:
    """Every set in the folder that names its kind (`parameter:`), oldest first."""
    sets = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    dated = [s for s in sets if isinstance(s, dict) and "parameter" in s and isinstance(s.get("valid_from"), date)]
    return tuple(sorted(dated, key=lambda s: s["valid_from"]))


def get_parameters(kind: str, on: date | None = None, folder: Path = FOLDER) -> Parameters:
    """The set of a kind in force on a day (the newest without a day). Raises NoParametersError when there is none."""
    found = [s for s in read_parameters(folder) if s["parameter"] == kind and (on is None or s["valid_from"] <= on)]
    if not found:
        day = f" on {on.isoformat()}" if on else ""
        raise NoParametersError(f"No parameters '{kind}' are in force{day} in {folder}. Add a dated YAML file there.")
    return found[-1]


def read_steps(steps: list[dict[str, Any]], value: str) -> tuple[list[int], list[float]]:
    """`[{from_month, <value>}, …]` as sorted months and their values."""
    ordered = sorted(steps, key=lambda step: step["from_month"])
    return [int(s["from_month"]) for s in ordered], [float(s[value]) for s in ordered]
