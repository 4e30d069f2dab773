"""Documents: generated pages are current, every page is in the index, every setting of the environment is explained."""

import re

import pytest

from tests.architecture.house import PACKAGE, ROOT, list_sources
from tumbuh.web.management.commands.docs import PAGES, render_pages

DOCS = ROOT / "docs"
GENERATED = re.compile(r"^(written|generated) (by|from) ", re.IGNORECASE | re.MULTILINE)
VARIABLE = re.compile(r"TUMBUH_[A-Z]+(?:_[A-Z]+)*")
# between our own processes and tests, set by no user
INTERNAL = {"TUMBUH_MAKE", "TUMBUH_BEGUN", "TUMBUH_SECRET_PROBE", "TUMBUH_TEST_SEQUENCES", "TUMBUH_BENCH_EVENTS"}


@pytest.fixture(scope="module")
def pages():
    return render_pages()


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_current(name, pages):
    assert (ROOT / name).read_text(encoding="utf-8") == pages[name], "run: tumbuh docs build"


def test_every_generated_page_is_registered():
    found = {
        str(path.relative_to(ROOT))
        for path in DOCS.rglob("*.md")
        if GENERATED.search("\n".join(path.read_text(encoding="utf-8").splitlines()[:5]))
    }
    assert found == set(PAGES)


def test_every_page_is_in_the_index():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")} - {"README.md"}
    assert pages - set(re.findall(r"\]\(([^)#]+\.md)\)", index)) == set()


def test_links_between_pages_lead_somewhere():
    broken = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
        for link in re.findall(r"(?<!!)\[[^]]*\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]
    assert broken == []


def test_every_variable_of_the_environment_is_explained():
    read = {
        name
        for path in [*list_sources(PACKAGE, ROOT / "tests"), ROOT / "Makefile"]
        if path.name != "test_documents.py"
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    explained = set(VARIABLE.findall((DOCS / "reference/configuration.md").read_text(encoding="utf-8")))
    assert explained - read == set()
    assert read - explained - INTERNAL == set()
