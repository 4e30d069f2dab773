"""Definition files: the shipped ones are whole, mistakes are told with file and key."""

import copy
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from tumbuh.indicators.api import DefinitionError, list_definitions
from tumbuh.indicators.queries.definitions import load_definitions
from tumbuh.indicators.queries.parameters import load_parameters
from tumbuh.indicators.rules.parsing import parse_definition

FOLDER = settings.DEFINITIONS / "indicators"
GOOD = yaml.safe_load((FOLDER / "wasting.yaml").read_text())


def change(*path, to):
    """A copy of a good file with one thing changed."""
    content = copy.deepcopy(GOOD)
    place = content
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return content


MISTAKES = [
    (["nothing"], "wasting.yaml: expected keys code, order"),
    (change("version", to=None), "wasting.yaml: version is missing"),
    (change("colour", to="red"), "wasting.yaml: colour is not a known key"),
    (change("version", to="1"), "wasting.yaml: version: expected int, found '1'"),
    (change("code", to="stunting"), "wasting.yaml: code 'stunting' must be the file's name"),
    (change("unit", to="kg"), "wasting.yaml: unit: 'kg' is not one of percent"),
    (change("disaggregation", to=["decile"]), "wasting.yaml: disaggregation: 'decile' is not one of"),
    (change("title", "en", to=None), "wasting.yaml: title: en is missing"),
    (change("sources", to=[]), "wasting.yaml: sources: name at least one"),
    (change("numerator", "where", to={"column": "hax", "below": 1}), "numerator.where.column: 'hax' is no column"),
    (change("numerator", "where", to={"column": "haz", "below": "-2"}), "numerator.where.below: expected int"),
    (change("numerator", "where", to={"column": "sex", "below": 1}), "numerator.where.below: sex is not a number"),
    (change("numerator", "where", to={"column": "oedema", "is": 1}), "numerator.where.is: expected bool"),
    (change("numerator", "where", to={"column": "haz"}), "numerator.where: write exactly one of"),
    (change("numerator", "where", to={"any": [{"not": 3}]}), r"numerator.where.any\[0\].not: expected a condition"),
    (change("exclusions", 0, "code", to=None), r"exclusions\[0\]: code is missing"),
]


@pytest.mark.parametrize("content, message", MISTAKES, ids=[message[:60] for _, message in MISTAKES])
def test_mistakes_name_file_and_key(content, message):
    parse_definition(GOOD, "wasting.yaml")
    with pytest.raises(DefinitionError, match=message):
        parse_definition(content, "wasting.yaml")


def test_shipped_definitions_are_whole():
    codes = [definition.code for definition in list_definitions()]
    assert codes == [
        "stunting",
        "stunting_new",
        "stunting_recovered",
        "stunting_found",
        "severe_stunting",
        "wasting",
        "severe_wasting",
        "underweight",
        "overweight",
        "weighed_share",
        "gain_share",
    ]
    for path in FOLDER.glob("*.yaml"):
        assert len(path.read_text().splitlines()) <= 40, path.name


def test_unreadable_file_and_doubled_order_are_told(tmp_path: Path):
    (tmp_path / "wasting.yaml").write_text("a: [")
    with pytest.raises(DefinitionError, match="not readable as YAML"):
        load_definitions(tmp_path)
    for code in ("wasting", "other"):
        (tmp_path / f"{code}.yaml").write_text(yaml.safe_dump({**GOOD, "code": code}))
    with pytest.raises(DefinitionError, match="same order"):
        load_definitions(tmp_path)


def test_disclosure_parameters_are_dated():
    from datetime import date

    parameters = load_parameters(date(2026, 9, 1))
    assert (parameters.threshold, parameters.base, parameters.rate_minimum) == (10, 5, 20)


def test_generated_pages_are_fresh():
    call_command("docs", "build", check=True)
