"""Words: the glossary is kept, places are data, nothing points outside the project."""

import re
import subprocess

import pytest

from tests.architecture.house import PACKAGE, ROOT, list_sources

CODE = list_sources(PACKAGE)
TEMPLATES = sorted((PACKAGE / "web/templates").rglob("*.html"))


def list_glossary() -> list[tuple[str, ...]]:
    """Rows of the table in GLOSSARY.md: word, Indonesian, identifier, source."""
    lines = (ROOT / "GLOSSARY.md").read_text().splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("|")]
    return rows[2:]


def test_glossary_rows_are_whole_and_sorted():
    rows = list_glossary()
    assert len(rows) >= 40
    assert all(len(row) == 4 and all(row) for row in rows)
    words = [row[0].lower() for row in rows]
    assert words == sorted(words)
    assert len(set(words)) == len(words)


def test_glossary_identifiers_are_used():
    text = "\n".join(path.read_text() for path in [*CODE, *sorted((ROOT / "definitions").rglob("*.yaml"))])
    unused = [
        identifier
        for row in list_glossary()
        for identifier in re.findall(r"`([^`]+)`", row[2])
        if not re.search(rf"\b{re.escape(identifier)}\b", text)
    ]
    assert unused == []


@pytest.mark.parametrize("path", CODE + TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_province_is_named_in_the_code(path):
    assert not re.search(r"bengkulu", path.read_text(), re.IGNORECASE)


def test_the_project_speaks_of_itself_alone():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    pattern = re.compile(r"\.\./shared|/" + "work/|/" + "root/|" + "farm-")
    wrong = []
    for name in filter(None, files):
        path = ROOT / name
        allowed = name.startswith("tests/")  # tests may try real files beside the project when they are there
        if path.suffix in {".png", ".woff2", ".lock"} or not path.is_file() or allowed:
            continue
        if pattern.search(path.read_text(errors="ignore")):
            wrong.append(name)
    assert wrong == []
