"""Reading figures: trends, explanations, public figures and the command."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from tests.factories.cells import make_cells
from tests.factories.children import make_batch, make_person, measure
from tests.factories.regions import make_province
from tumbuh.indicators.api import (
    IndicatorNotFound,
    RegionNotFound,
    explain,
    find_value,
    forget_kept,
    latest_month,
    list_public_parts,
    list_public_trees,
    list_public_trend,
    list_public_values,
    list_trend,
    rebuild,
)
from tumbuh.indicators.models import Cell
from tumbuh.regions.api import Level, Region, get_number

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
BORN = date(2024, 9, 1)


@pytest.fixture
def province(db):
    """One village with 40 children in September, 12 stunted, 1 flagged, 2 absent; the other with 30, 2 stunted."""
    make_province()
    batch = make_batch("september.xlsx")
    desa, neighbour = get_number("91.01.01.2001"), get_number("91.01.01.2002")
    for number in range(40):
        child = make_person(desa, BORN, batch, sex="MF"[number % 2])
        if number < 38:
            haz = -250 if number < 12 else -800 if number == 12 else 0
            measure(child, date(2026, 9, 5), haz=haz, haz_flag=haz == -800)
    for number in range(30):
        measure(make_person(neighbour, BORN, batch), date(2026, 9, 6), haz=-250 if number < 2 else 0)
    rebuild()
    return desa


def test_trend_has_a_value_for_each_month(province, django_assert_num_queries):
    with django_assert_num_queries(2):
        trend = list_trend("stunting", "91.01.01", AUGUST, SEPTEMBER)
    assert [(v.month, v.numerator, v.denominator, v.value) for v in trend] == [
        (AUGUST, 0, 0, None),
        (SEPTEMBER, 14, 67, Decimal("20.90")),
    ]
    assert [v.status for v in trend] == ["PROVISIONAL", "PROVISIONAL"]
    assert find_value("stunting", "91.01.01", AUGUST) is None
    assert (latest_month(), latest_month("91.01.01.2001"), latest_month("91.02")) == (SEPTEMBER, SEPTEMBER, None)


def test_explanation_accounts_for_every_child(province, django_assert_num_queries):
    forget_kept()
    with django_assert_num_queries(5):
        story = explain("stunting", "91.01.01.2001", SEPTEMBER)
    with django_assert_num_queries(3):
        assert explain("stunting", "91.01.01.2001", SEPTEMBER) == story
    assert (story.value.numerator, story.value.denominator, story.registered) == (12, 37, 40)
    assert {e.code: e.children for e in story.excluded} == {"NOT_MEASURED": 2, "NO_VALUE": 0, "FLAGGED": 1}
    assert [(c.name, c.children) for c in story.contributions] == [("september.xlsx", 38)]


def test_what_does_not_exist_is_told(province):
    with pytest.raises(IndicatorNotFound, match="stunting"):
        find_value("stunted", "91", SEPTEMBER)
    with pytest.raises(RegionNotFound):
        explain("stunting", "91.99", SEPTEMBER)


def test_public_figures_hide_small_counts_and_round_the_rest(province, django_assert_num_queries):
    forget_kept()
    with django_assert_num_queries(5):
        values = list_public_values(indicator="stunting", month=SEPTEMBER, within="91.01.01")
    with django_assert_num_queries(3):
        assert list_public_values(indicator="stunting", month=SEPTEMBER, within="91.01.01") == values
    figures = {v.region_code: (v.figure.numerator, v.figure.denominator, v.figure.label.name) for v in values}
    assert figures == {
        "91.01.01": (15, 65, "SHOWN"),
        "91.01.01.2001": (10, 35, "SHOWN"),
        "91.01.01.2002": (None, 30, "BELOW_THRESHOLD"),
    }
    desas = list_public_values(indicator="stunting", month=SEPTEMBER, level=Level.DESA, within="91.01.01")
    assert [v.region_code for v in desas] == ["91.01.01.2001", "91.01.01.2002"]
    for code in ("91", "91.01.01", "91.01.01.2001"):
        (trend,) = list_public_trend("stunting", code, SEPTEMBER, SEPTEMBER)
        (value,) = [v for v in list_public_values(indicator="stunting", month=SEPTEMBER) if v.region_code == code]
        assert trend == value


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("indicators", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize(("indicator", "is_public"), [("stunting_new", True), ("stunting_recovered", False)])
def test_what_is_for_officials_only_has_no_public_figure(province, indicator, is_public):
    regions = {region.code: region for region in Region.objects.all()}
    Cell.objects.all().delete()
    make_cells(regions, [SEPTEMBER], {"91.01.01.2001": (400, 320, 80)})
    assert find_value(indicator, "91", SEPTEMBER).denominator == 320
    (province_value,) = list_public_values(indicator=indicator, month=SEPTEMBER, level=Level.PROVINSI)
    assert (province_value.figure.denominator is not None) == is_public
    tree = list_public_trees("91", [(indicator, SEPTEMBER)])[indicator, SEPTEMBER]
    assert bool(tree) == is_public
    assert bool(list_public_parts(indicator, regions["91"], SEPTEMBER, tree)) == is_public


def test_command_prints_values(province):
    rows = json.loads(run("values", "--period", "2026-09", "--level", "desa", "--indicator", "stunting", "--json"))
    assert rows[0] == {
        "indicator": "stunting",
        "region": "91.01.01.2001",
        "period": "2026-09",
        "numerator": 12,
        "denominator": 37,
        "value": 32.43,
        "status": "PROVISIONAL",
    }
    assert rows[-1]["value"] is None
    everything = json.loads(run("values", "--period", "2026-09", "--level", "provinsi"))
    assert [row["indicator"] for row in everything][:2] == ["stunting", "stunting_new"]
    assert len(everything) == 11
    table = list(csv.DictReader(io.StringIO(run("values", "--period", "2026-09", "--within", "91.02", "--csv"))))
    assert {row["region"] for row in table} == {"91.02.01.2001"}


def test_command_explains_checks_and_rebuilds(province):
    story = json.loads(run("explain", "stunting", "91.01.01.2001", "2026-09", "--json"))
    assert (story["registered"], story["numerator"], story["version"]) == (40, 12, 1)
    assert run("check") == "Semua sel sama dengan register.\n"
    Cell.objects.filter(level=Level.DESA, indicator="stunting").delete()
    with pytest.raises(SystemExit) as left:
        run("check")
    assert left.value.code == 1
    assert "sel ditulis" in run("rebuild")
    assert run("check", "--json") == "[]\n"


@pytest.mark.parametrize(
    "args",
    [
        ("values", "--period", "September"),
        ("values", "--period", "2026-09", "--indicator", "stunted"),
        ("values", "--period", "2026-09", "--within", "17-01"),
        ("explain", "stunting", "91.99", "2026-09"),
    ],
)
def test_command_fails_with_one_sentence(args, db):
    with pytest.raises(CommandError):
        run(*args)
