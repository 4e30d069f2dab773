"""The table `zscores.yaml`, run on the fast kernel and on the slow oracle."""

import pytest

from tests.factories.growth_oracle import compute_one
from tests.factories.growth_rows import compute_rows, read_flags, read_row
from tests.spec.anthropometry.tables import read_child, read_table
from tumbuh.engines.anthropometry.api import RowError

RULES = read_table("zscores")
ROWS = [(rule["rule"], row) for rule in RULES for row in rule["rows"]]
ids = [f"{rule}: {row['show']}" for rule, row in ROWS]


def test_each_of_the_fourteen_traps_has_rows():
    assert set(range(1, 15)) <= {rule["rule"] for rule in RULES if rule["rows"]}


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=ids)
def test_kernel(row):
    child, age_rule = read_child(row["child"])
    scores = compute_rows([child], age_rule=age_rule)
    values = read_row(scores, 0) | {f"{k}_flag": v for k, v in read_flags(scores, 0).items()}
    corrected = float(scores.lenhei_corrected_cm[0])
    values["corrected"] = None if corrected != corrected else round(corrected, 2)
    values["errors"] = [e.name.lower() for e in RowError(int(scores.errors[0]))]
    assert {key: values[key] for key in row["expect"]} == row["expect"]
    assert "errors" in row["expect"] or values["errors"] == []


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=ids)
def test_oracle(row):
    result = compute_one(*read_child(row["child"]))
    values = result.z | {f"{k}_flag": v for k, v in result.flags.items()}
    corrected = result.lenhei_corrected_cm
    values["corrected"] = None if corrected is None else round(corrected, 2)
    expected = {k: v for k, v in row["expect"].items() if k != "errors"}
    assert {key: values[key] for key in expected} == expected
