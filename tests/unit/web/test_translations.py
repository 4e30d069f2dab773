"""Every text that people read has its English beside it."""

import re
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}


def list_texts() -> dict[str, str]:
    """msgid → the file in which it stands first, from every template and module of the product."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tumbuh").rglob("*")):
        if path.suffix not in {".py", ".html"}:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            source = templatize(source, origin=str(path))
        for _line, message, _comments, _context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            for text in [message] if isinstance(message, str) else message:
                if text:
                    found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def read_catalogue() -> dict[str, tuple[str, ...]]:
    """msgid → its English forms, of all catalogues together."""
    known: dict[str, tuple[str, ...]] = {}
    for path in sorted((ROOT / "tumbuh").rglob("locale/en/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if not message.id or message.fuzzy:
                    continue
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                forms = message.string if isinstance(message.string, tuple) else (message.string,)
                for text in ids:
                    known.setdefault(text, tuple(forms))
    return known


@pytest.fixture(scope="module")
def texts():
    return list_texts()


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue()


def test_texts_are_found(texts):
    assert len(texts) > 50


def test_every_text_has_english(texts, catalogue):
    missing: dict[str, list[str]] = defaultdict(list)
    for text, place in texts.items():
        if not catalogue.get(text) or not all(catalogue[text]):
            missing[place].append(text)
    assert dict(missing) == {}


def list_places(text: str) -> set[str]:
    """The names in braces and the %-signs with names that a text leaves open."""
    try:
        braces = {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        braces = set()
    percents = {part.split(")")[0] for part in text.split("%(")[1:]}
    return braces | percents


def test_english_leaves_the_same_places_open(texts, catalogue):
    wrong = [
        text
        for text in texts
        if any(list_places(form) != list_places(text) for form in catalogue.get(text, ()) if form)
    ]
    assert wrong == []


def test_no_text_hides_in_an_f_string():
    """The extractor does not look into f-strings, so a text there would never be translated."""
    hidden = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tumbuh").rglob("*.py")
        if re.search(r"\{n?gettext(_lazy)?\(", path.read_text(encoding="utf-8"))
    ]
    assert hidden == []
