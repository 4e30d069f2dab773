"""Regions as data of this installation: expected counts and tile grids in `definitions/regions/`."""

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from tumbuh.regions.rules import Counts

Place = tuple[int, int, str]


def folder() -> Path:
    return Path(settings.DEFINITIONS) / "regions"


@cache
def read_yaml(path: Path) -> dict[str, object]:
    """The file's content, {} when there is no such file."""
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


def find_expected_counts(code: str) -> Counts | None:
    """The counts of a province that its decree gives, or of the country for the code ""; None if none are known."""
    content = read_yaml(folder() / "counts.yaml")
    numbers = content.get("country") if not code else content.get("provinces", {}).get(code)
    return Counts(*numbers) if numbers else None


def find_tile_places(code: str) -> dict[str, Place]:
    """Tile grid of the regions directly below a region: code → (row, column, short name); {} without a grid."""
    content = read_yaml(folder() / f"tilegrid-{code}.yaml")
    return {tile["code"]: (tile["row"], tile["column"], tile["short"]) for tile in content.get("tiles", [])}
