"""Numbers and months as they are written, in both languages."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from tumbuh.web.templatetags import numbers

TABLE = [  # filter, value, Indonesian, English
    ("percent", Decimal("17.2"), "17,2\N{NO-BREAK SPACE}%", "17.2%"),
    ("percent", Decimal("17.25"), "17,3\N{NO-BREAK SPACE}%", "17.3%"),
    ("percent", 0, "0,0\N{NO-BREAK SPACE}%", "0.0%"),
    ("percent", None, "belum ada data", "no data yet"),
    ("count", 1513, "1.513", "1,513"),
    ("count", 91599, "91.599", "91,599"),
    ("count", 0, "0", "0"),
    ("count", None, "belum ada data", "no data yet"),
    ("points", Decimal("-1.3"), "1,3\N{NO-BREAK SPACE}poin", "1.3\N{NO-BREAK SPACE}points"),
    ("decimal", Decimal("-0.5"), "\N{MINUS SIGN}0,5", "\N{MINUS SIGN}0.5"),
    ("decimal", Decimal("-0.04"), "0,0", "0.0"),
    ("month", date(2026, 9, 1), "September 2026", "September 2026"),
    ("month", date(2026, 10, 1), "Oktober 2026", "October 2026"),
    ("day", date(2026, 11, 24), "24 November 2026", "24 November 2026"),
    ("month_code", date(2026, 9, 1), "2026-09", "2026-09"),
]


@pytest.fixture(autouse=True, scope="module")
def catalogues():
    """The English texts, compiled from their .po files."""
    from tumbuh.config.launch.assets import compile_texts

    compile_texts()


@pytest.mark.parametrize(("name", "value", "indonesian", "english"), TABLE)
def test_written(name, value, indonesian, english):
    write = getattr(numbers, name)
    with translation.override("id"):
        assert write(value) == indonesian
    with translation.override("en"):
        assert write(value) == english


def test_num_escapes():
    assert numbers.num("<b>") == '<span class="num">&lt;b&gt;</span>'
