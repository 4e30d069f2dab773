"""Small files, small functions. What is larger stands in the ratchet file and may only shrink."""

import ast
from functools import cache

from tests.architecture.house import PACKAGE, ROOT, list_sources

FILE_LINES, FUNCTION_LINES, VIEW_LINES, DEFINITION_LINES = 400, 50, 30, 80
RATCHET = ROOT / "tests/architecture/ratchet.txt"


@cache
def measure() -> dict[str, tuple[int, int]]:
    """name → (lines, limit) of every file, function and indicator definition of the product and its tests."""
    sizes = {}
    for path in list_sources(PACKAGE, ROOT / "tests"):
        text = path.read_text()
        name = str(path.relative_to(ROOT))
        sizes[name] = (len(text.splitlines()), FILE_LINES)
        limit = VIEW_LINES if "views" in path.relative_to(ROOT).as_posix() else FUNCTION_LINES
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                sizes[f"{name}:{node.name}"] = (node.end_lineno - node.lineno + 1, limit)
    for path in (ROOT / "definitions/indicators").glob("*.yaml"):
        sizes[str(path.relative_to(ROOT))] = (len(path.read_text().splitlines()), DEFINITION_LINES)
    return sizes


def read_ratchet() -> dict[str, int]:
    lines = [line.split() for line in RATCHET.read_text().splitlines() if line and not line.startswith("#")]
    return {name: int(size) for name, size in lines}


def test_nothing_is_larger_than_its_limit():
    allowed = read_ratchet()
    too_large = [
        f"{name}: {lines} lines, limit {max(limit, allowed.get(name, 0))}"
        for name, (lines, limit) in measure().items()
        if lines > max(limit, allowed.get(name, 0))
    ]
    assert too_large == []


def test_the_ratchet_only_shrinks():
    sizes = measure()
    stale = [
        f"{name}: now {sizes[name][0] if name in sizes else 'gone'}, ratchet says {size}"
        for name, size in read_ratchet().items()
        if name not in sizes or sizes[name][0] < size
    ]
    assert stale == []
