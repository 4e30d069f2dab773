"""The specification tables as Python objects."""

from pathlib import Path
from typing import Any

import yaml

from tests.factories.growth_oracle import Child

HERE = Path(__file__).parent
SEXES = {"boy": 1, "girl": 2, "unknown": 0}


def read_table(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def read_child(entry: dict[str, Any]) -> tuple[Child, str]:
    """(child, age rule) of a row of `zscores.yaml`."""
    known = {k: v for k, v in entry.items() if k not in ("sex", "measure", "age_rule")}
    child = Child(SEXES[entry["sex"]], mode=entry.get("measure", ""), **known)
    return child, entry.get("age_rule", "days")
