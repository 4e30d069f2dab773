"""Who is counted among whom: each row is a child, and what it adds to the numerator and denominator."""

import pytest

from tests.factories.child_months import count_by_duckdb, count_by_oracle, count_by_postgres, make_child
from tumbuh.indicators.api import get_definition

ABSENT = {
    "measured_on": None,
    "is_weighed": False,
    "is_measured": False,
    "weight_gain": "",
    "haz": None,
    "waz": None,
    "whz": None,
    "baz": None,
}
OEDEMA = {"oedema": True, "waz": None, "whz": None, "baz": None}

# indicator, the child, numerator, denominator
TABLE = [
    ("stunting", "HAZ −2.00 is not stunted", {"haz": -200}, 0, 1),
    ("stunting", "HAZ −2.01 is stunted", {"haz": -201}, 1, 1),
    ("stunting", "HAZ −6.00 still counts", {"haz": -600}, 1, 1),
    ("stunting", "flagged HAZ is left out", {"haz": -601, "haz_flag": True}, 0, 0),
    ("stunting", "another index flagged does not matter", {"haz": -250, "whz_flag": True}, 1, 1),
    ("stunting", "absent child", ABSENT, 0, 0),
    ("stunting", "only weighed", {"is_measured": False, "haz": None, "whz": None}, 0, 0),
    ("stunting", "oedema keeps HAZ", {**OEDEMA, "haz": -250}, 1, 1),
    ("stunting_new", "not stunted before, stunted now", {"haz": -201, "haz_before": -200}, 1, 1),
    ("stunting_new", "not stunted before, not now", {"haz": -200, "haz_before": -199}, 0, 1),
    ("stunting_new", "stunted before and now", {"haz": -250, "haz_before": -201}, 0, 0),
    ("stunting_new", "never measured before", {"haz": -250, "haz_before": None, "haz_before_days": None}, 0, 0),
    ("stunting_new", "measured 183 days before", {"haz": -250, "haz_before_days": 183}, 1, 1),
    ("stunting_new", "measured 184 days before", {"haz": -250, "haz_before_days": 184}, 0, 0),
    ("stunting_new", "flagged now", {"haz": -601, "haz_flag": True}, 0, 0),
    ("stunting_new", "absent now", {**ABSENT, "haz_before": None, "haz_before_days": None}, 0, 0),
    ("stunting_recovered", "stunted before, not now", {"haz": -200, "haz_before": -201}, 1, 1),
    ("stunting_recovered", "stunted before and now", {"haz": -201, "haz_before": -201}, 0, 1),
    ("stunting_recovered", "not stunted before", {"haz": 0, "haz_before": -200}, 0, 0),
    ("stunting_recovered", "stunted 184 days before", {"haz_before": -300, "haz_before_days": 184}, 0, 0),
    ("stunting_found", "first measured, stunted", {"haz": -201, "haz_before": None, "haz_before_days": None}, 1, 1),
    ("stunting_found", "first measured, not stunted", {"haz_before": None, "haz_before_days": None}, 0, 1),
    ("stunting_found", "after a long gap, stunted", {"haz": -201, "haz_before_days": 184}, 1, 1),
    ("stunting_found", "measured 183 days before", {"haz": -201, "haz_before_days": 183}, 0, 0),
    ("stunting_found", "flagged now", {"haz": -700, "haz_flag": True, "haz_before": None}, 0, 0),
    ("severe_stunting", "HAZ −3.00 is not severe", {"haz": -300}, 0, 1),
    ("severe_stunting", "HAZ −3.01 is severe", {"haz": -301}, 1, 1),
    ("severe_stunting", "flagged HAZ is left out", {"haz": -700, "haz_flag": True}, 0, 0),
    ("wasting", "WHZ −2.00 is not wasted", {"whz": -200}, 0, 1),
    ("wasting", "WHZ −2.01 is wasted", {"whz": -201}, 1, 1),
    ("wasting", "flagged WHZ is left out", {"whz": -501, "whz_flag": True}, 0, 0),
    ("wasting", "HAZ flagged does not matter", {"whz": -201, "haz_flag": True}, 1, 1),
    ("wasting", "oedema counts as below −3", OEDEMA, 1, 1),
    ("wasting", "no WHZ, no oedema", {"whz": None}, 0, 0),
    ("severe_wasting", "WHZ −3.00 is not severe", {"whz": -300}, 0, 1),
    ("severe_wasting", "WHZ −3.01 is severe", {"whz": -301}, 1, 1),
    ("severe_wasting", "oedema counts as below −3", OEDEMA, 1, 1),
    ("underweight", "WAZ −2.00 is not underweight", {"waz": -200}, 0, 1),
    ("underweight", "WAZ −2.01 is underweight", {"waz": -201}, 1, 1),
    ("underweight", "flagged WAZ is left out", {"waz": 501, "waz_flag": True}, 0, 0),
    ("underweight", "oedema counts as below −3", OEDEMA, 1, 1),
    ("overweight", "WHZ +2.00 is not overweight", {"whz": 200}, 0, 1),
    ("overweight", "WHZ +2.01 is overweight", {"whz": 201}, 1, 1),
    ("overweight", "obesity is overweight too", {"whz": 350}, 1, 1),
    ("overweight", "flagged WHZ is left out", {"whz": 501, "whz_flag": True}, 0, 0),
    ("overweight", "oedema is in the denominator only", OEDEMA, 0, 1),
    ("weighed_share", "weighed", {}, 1, 1),
    ("weighed_share", "absent child is in the register", ABSENT, 0, 1),
    ("weighed_share", "measured but not weighed", {"is_weighed": False, "waz": None, "whz": None}, 0, 1),
    ("gain_share", "gained (N)", {"weight_gain": "N"}, 1, 1),
    ("gain_share", "not gained (T)", {"weight_gain": "T"}, 0, 1),
    ("gain_share", "not weighed the month before (O)", {"weight_gain": "O"}, 0, 1),
    ("gain_share", "first time (B)", {"weight_gain": "B"}, 0, 1),
    ("gain_share", "absent child", ABSENT, 0, 0),
]
ENGINES = {"python": count_by_oracle, "duckdb": count_by_duckdb, "postgresql": count_by_postgres}


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ENGINES)
def test_each_child_counts_as_the_table_says(engine):
    wrong = []
    definitions = [get_definition(code) for code in dict.fromkeys(row[0] for row in TABLE)]
    children = [make_child(**changes, person_id=n, desa_id=n) for n, (_, _, changes, _, _) in enumerate(TABLE)]
    counts = ENGINES[engine](definitions, children)
    for number, (indicator, story, _, numerator, denominator) in enumerate(TABLE):
        child = children[number]
        group = (child["desa_id"], child["month"], child["sex"], child["age_group"])
        found = counts[indicator].get(group, [0, 0])
        if found != [numerator, denominator]:
            wrong.append((indicator, story, found))
    assert wrong == []


def test_a_village_adds_up():
    """Ten children: three stunted of eight with a HAZ that counts."""
    village = (
        [make_child(haz=-250)] * 3
        + [make_child(haz=-100)] * 5
        + [make_child(haz=-800, haz_flag=True), make_child(**ABSENT)]
    )
    definitions = [get_definition("stunting"), get_definition("weighed_share")]
    counts = count_by_oracle(definitions, village)
    assert list(counts["stunting"].values()) == [[3, 8]]
    assert list(counts["weighed_share"].values()) == [[9, 10]]
