"""Official sets: every indicator is computed from something that there is, or says why not; figures and strata."""

import copy
import json
from datetime import date
from decimal import Decimal

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.factories.cells import make_cells
from tests.factories.regions import make_province
from tests.factories.scorecard_desa import DESA, make_desa
from tests.factories.service_cells import make_service_cell
from tumbuh.engines.definitions.api import DefinitionError
from tumbuh.indicators.api import get_set, list_sets, read_set, refresh_scorecards
from tumbuh.indicators.rules.sets import parse_set

MONTH = date(2026, 9, 1)
PAIRS = frozenset({("PREGNANT", "pregnancy_check")})


@pytest.fixture
def cells(db):
    regions = make_province()
    desa = regions["91.01.01.2001"]
    make_service_cell(desa, "CHILD_0_23", "weighed", {("M", "POOR"): (3, 5), ("F", "OTHER"): (6, 6)}, MONTH)
    make_service_cell(desa, "CHILD_24_59", "weighed", {("M", "POOR"): (1, 4), ("F", "UNKNOWN"): (2, 5)}, MONTH)
    make_service_cell(desa, "PREGNANT", "pregnancy_iron_tablets", {("F", "POOR"): (9, 10)}, MONTH)
    return regions


def read(regions, code, number):
    found = get_set(code)
    return next(one for one in read_set(found, [regions["91.01.01.2001"]], MONTH) if one.item.number == number)


class TestShipped:
    def test_there_are_29_and_20(self):
        assert {one.code: len(one.items) for one in list_sets()} == {"aksi-bangda-29": 29, "perpres-72-2021": 20}

    def test_each_has_an_origin_or_a_reason(self):
        for item in (item for one in list_sets() for item in one.items):
            assert bool(item.services) + bool(item.indicator) + (item.missing is not None) == 1
            assert item.missing is None or item.missing.id.endswith(".")

    def test_targets_say_whether_they_were_read(self):
        read_in_a_source = {10, 11, 12}
        for item in get_set("perpres-72-2021").items:
            assert len(item.targets) == 1
            assert item.targets[0].source.is_uncertain == (item.number not in read_in_a_source)

    def test_names_of_one_set_are_all_different(self):
        for one in list_sets():
            assert len({item.name.id for item in one.items}) == len(one.items)


class TestValues:
    def test_services_of_two_groups_are_added_by_stratum(self, cells):
        value = read(cells, "aksi-bangda-29", 17)
        assert (value.numerator, value.denominator) == (12, 20)
        assert value.strata == (("M", "POOR", 4, 9), ("F", "OTHER", 6, 6), ("F", "UNKNOWN", 2, 5))
        assert value.add_up(sex="F") == (8, 11) and value.add_up(poverty="POOR") == (4, 9)
        assert value.percent == 60

    def test_target_and_gap(self, cells):
        value = read(cells, "perpres-72-2021", 7)
        assert value.target.value == 90 and value.gap == Decimal(-30)
        assert read(cells, "perpres-72-2021", 2).gap == Decimal(10)

    def test_a_national_number_is_not_compared(self, cells):
        make_service_cell(cells["91.01.01.2001"], "FAMILY_AT_RISK", "cash_aid", {("F", "POOR"): (1, 2)}, MONTH)
        value = read(cells, "perpres-72-2021", 17)
        assert value.percent == 50 and value.gap is None and value.target.unit == "families"

    def test_nothing_known(self, cells):
        value = read(cells, "aksi-bangda-29", 12)
        assert (value.numerator, value.denominator, value.percent) == (None, None, None)
        assert value.item.missing

    def test_a_growth_indicator_by_sex(self, cells):
        """None of the shipped sets uses one yet; the way is there."""
        make_cells(cells, [MONTH])
        content = copy.deepcopy(GOOD)
        content["indicators"][0]["from"] = {"indicator": "weighed_share"}
        found = parse_set(content, "test-set.yaml", PAIRS, frozenset({"weighed_share"}))
        value = read_set(found, [cells["91.01.01.2001"]], MONTH)[0]
        assert (value.numerator, value.denominator) == (320, 400)
        assert value.strata == (("M", "", 160, 200), ("F", "", 160, 200))


GOOD = {
    "code": "test-set", "order": 1, "title": {"id": "a", "en": "a"}, "sources": [], "notes": [],
    "indicators": [{"number": 1, "section": {"id": "a", "en": "a"}, "name": {"id": "a", "en": "a"},
                    "from": {"services": [["PREGNANT", "pregnancy_check"]]}, "notes": []}],
}  # fmt: skip
MISTAKES = [
    ("number", 2, "expected the numbers 1, 2, 3"),
    ("from", {"services": [["PREGNANT", "dance"]]}, r"from.services\[0\]: \['PREGNANT', 'dance'\] is no"),
    ("from", {"indicator": "dance"}, "from.indicator: 'dance' is not one of"),
    ("from", {}, "from: write exactly one of services, indicator, missing"),
    ("from", {"missing": {"id": "a"}}, "from.missing: en is missing"),
    (
        "targets",
        [{"year": 2024, "value": "many", "unit": "percent", "source": {}}],
        r"targets\[0\].value: expected a n",
    ),
    ("targets", [{"year": 2024, "value": "1", "unit": "goats", "source": {}}], r"targets\[0\].unit: 'goats' is not"),
    ("colour", "red", "colour is not a known key"),
]


@pytest.mark.parametrize(("key", "value", "message"), MISTAKES)
def test_mistakes_are_told_with_file_and_key(key, value, message):
    content = copy.deepcopy(GOOD)
    content["indicators"][0][key] = value
    with pytest.raises(DefinitionError, match=message):
        parse_set(content, "test-set.yaml", PAIRS, frozenset({"stunting"}))


def test_shipped_names_are_as_in_the_files():
    """The file is the source: nothing changes a name on its way."""
    for one in list_sets():
        content = yaml.safe_load((settings.DEFINITIONS / f"sets/{one.code}.yaml").read_text())
        assert [item["name"]["id"] for item in content["indicators"]] == [item.name.id for item in one.items]


class TestCommand:
    def ask(self, capsys, *words):
        call_command("indicators", *words)
        return json.loads(capsys.readouterr().out)

    def test_values_of_a_set(self, cells, capsys):
        rows = self.ask(capsys, "values", "--set", "aksi-bangda-29", "--period", "2026-09", "--within", "91.01.01.2001")
        assert len(rows) == 29
        assert rows[16] == {
            "indicator": "aksi-bangda-29:17", "region": "91.01.01.2001", "period": "2026-09", "numerator": 12,
            "denominator": 20, "value": 60.0, "target": None, "gap": None,
        }  # fmt: skip

    def test_values_of_a_service(self, cells, capsys):
        rows = self.ask(capsys, "values", "--service", "CHILD_0_23/weighed", "--period", "2026-09", "--level", "desa")
        assert [(row["region"], row["numerator"], row["denominator"]) for row in rows][:2] == [
            ("91.01.01.2001", 9, 11), ("91.01.01.2002", 0, 0),
        ]  # fmt: skip

    def test_explain_both(self, cells, capsys):
        story = self.ask(capsys, "explain", "PREGNANT/pregnancy_iron_tablets", "91.01.01.2001", "2026-09")
        assert story["value"] == 90.0 and story["versions"] and story["sources"]
        story = self.ask(capsys, "explain", "aksi-bangda-29:12", "91.01.01.2001", "2026-09")
        assert story["missing"]["en"] and story["numerator"] is None

    def test_scorecard(self, db, capsys):
        make_province()
        make_desa()
        refresh_scorecards([(DESA, date(2026, 1, 1))])
        found = self.ask(capsys, "scorecard", "91.01", "2026-Q1", "--reading", "QUARTER", "--json")
        assert found["totals"][-1] == {"group": "*", "people": 6, "due": 41, "received": 26, "percent": 63.41}
        assert found["targets"]["households"] == 4 and found["read_on"] == "2026-03-31" and found["funds"] == []

    @pytest.mark.parametrize("words", [
        ["values", "--set", "none", "--period", "2026-09"],
        ["values", "--service", "MEN/dance", "--period", "2026-09"],
        ["explain", "aksi-bangda-29:99", "91.01", "2026-09"],
        ["scorecard", "91.01", "2026-Q7"],
        ["scorecard", "99.99", "2026-Q1"],
    ])  # fmt: skip
    def test_what_is_not_there(self, cells, words):
        with pytest.raises(CommandError):
            call_command("indicators", *words)
