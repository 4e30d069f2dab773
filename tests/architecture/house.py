"""The house as the tests see it: its rooms in order and its source files."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tumbuh"


def list_rooms() -> dict[str, int]:
    """Every room and its floor (0 is the top), as the import contract in pyproject.toml has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c["name"] == "rooms point one way")["layers"]
    return {room.strip().strip("()"): floor for floor, layer in enumerate(layers) for room in layer.split("|")}


def list_sources(*folders: Path) -> list[Path]:
    """Python files below the folders, migrations left out."""
    return sorted(path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def list_imports(path: Path) -> list[tuple[int, str]]:
    """Line and full name of each absolute import, `from a.b import c` giving a.b.c."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found
