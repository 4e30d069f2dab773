"""Charts: readable, recoloured by tokens, allowed by the content security policy."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.utils import translation

from tumbuh.web.site import charts
from tumbuh.web.site.trend import COMPACT, WIDE, Point, Target, sparkline, trend_chart

POINTS = [Point(date(2026, month, 1), Decimal(20) - month) for month in range(1, 7)]
TARGETS = [Target(2026, Decimal("16.9")), Target(2027, Decimal("15.9"))]


@pytest.fixture(autouse=True)
def fresh():
    caches["pages"].clear()


@pytest.fixture(params=[WIDE, COMPACT], ids=["wide", "compact"])
def svg(request):
    with translation.override("id"):
        return trend_chart(POINTS, TARGETS, last=date(2026, 12, 31), title="Judul <b>", size=request.param)


def test_well_formed_with_a_name(svg):
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert [child.tag.split("}")[1] for child in root][:2] == ["title", "desc"]
    assert root[0].text == "Judul <b>"
    assert "Juni 2026 14,0" in root[1].text and "2027 15,9" in root[1].text


def test_no_style_and_no_foreign_words(svg):
    assert " style=" not in svg
    assert "aria-roledescription" not in svg
    assert "scale with values" not in svg


def test_every_month_has_a_tip(svg):
    tips = re.findall(r'data-tip="([^"]*)"', svg)
    assert [tip.split(":")[0] for tip in tips] == [
        "Januari 2026", "Februari 2026", "Maret 2026", "April 2026", "Mei 2026", "Juni 2026"
    ]  # fmt: skip


def test_colours_are_tokens(svg):
    bare = re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', svg)
    assert bare == []
    assert "var(--chart-primary,#0f5c4d)" in svg


def test_nothing_to_draw():
    assert trend_chart([Point(date(2026, 1, 1), None)], TARGETS, last=date(2026, 2, 1), title="x") == ""


def test_drawn_once(monkeypatch):
    drawn = []
    real = charts._draw
    monkeypatch.setattr(charts, "_draw", lambda *args: drawn.append(1) or real(*args))
    for _ in range(2):
        trend_chart(POINTS, TARGETS, last=date(2026, 12, 31), title="x")
    with translation.override("en"):
        trend_chart(POINTS, TARGETS, last=date(2026, 12, 31), title="x")
    assert len(drawn) == 2


def test_style_becomes_attributes():
    assert charts.STYLE.sub(charts._spread_style, '<g style="fill: red;opacity:.5">') == '<g fill="red" opacity=".5">'


def test_sparkline_leaves_gaps_open():
    points = [Point(date(2026, month, 1), None if month == 3 else Decimal(month)) for month in range(1, 6)]
    path = re.search(r' d="([^"]*)"', sparkline(points)).group(1)
    assert path.count("M") == 2 and path.count("L") == 2


def test_sparkline_needs_half_the_months():
    points = [Point(date(2026, month, 1), Decimal(1) if month < 3 else None) for month in range(1, 6)]
    assert sparkline(points) == ""
