"""Python, DuckDB and PostgreSQL read every definition alike, on children nobody thought of."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.child_months import count_by_duckdb, count_by_oracle, count_by_postgres
from tests.factories.oracle import holds
from tumbuh.indicators.api import AGE_GROUPS, get_definition, list_definitions

Z = st.one_of(st.none(), st.integers(-700, 700), st.sampled_from([-301, -300, -201, -200, 200, 201]))
FREE = st.fixed_dictionaries(
    {
        "person_id": st.integers(1, 10**6),
        "desa_id": st.sampled_from([9101012001, 9101012002]),
        "month": st.sampled_from([date(2026, 8, 1), date(2026, 9, 1)]),
        "sex": st.sampled_from(["M", "F"]),
        "age_group": st.sampled_from(AGE_GROUPS),
        "measured_on": st.none(),
        "weight_gain": st.sampled_from(["N", "T", "O", "B", ""]),
        **{name: st.booleans() for name in ("is_weighed", "is_measured", "oedema")},
        **dict.fromkeys(("haz", "waz", "whz", "baz", "haz_before"), Z),
        "haz_before_days": st.one_of(st.none(), st.sampled_from([1, 183, 184, 900])),
        **{name: st.booleans() for name in ("haz_flag", "waz_flag", "whz_flag", "baz_flag")},
    }
)


def keep_before_whole(child):
    """As the view gives it: the value before and its age are known together, or neither."""
    known = child["haz_before"] is not None and child["haz_before_days"] is not None
    return child if known else {**child, "haz_before": None, "haz_before_days": None}


CHILD = FREE.map(keep_before_whole)
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.django_db
@QUIET
@given(st.lists(CHILD, max_size=60))
def test_three_engines_agree(children):
    expected = count_by_oracle(list_definitions(), children)
    assert count_by_duckdb(list_definitions(), children) == expected
    assert count_by_postgres(list_definitions(), children) == expected


@given(CHILD)
def test_denominator_and_exclusions_are_everyone_once(child):
    """Of each registered child it is told why it counts, or one reason why not."""
    for definition in list_definitions():
        reasons = [definition.denominator.where, *(e.part.where for e in definition.exclusions)]
        assert sum(holds(reason, child) for reason in reasons) == 1, definition.code


@pytest.mark.parametrize("part", ["numerator", "denominator"])
@given(child=CHILD)
def test_new_recovered_and_found_explain_the_prevalence(part, child):
    """Stunted = new + stunted before and not recovered + found; measured = at risk + stunted before + found."""
    counts = {}
    for definition in list_definitions():
        among = holds(definition.denominator.where, child)
        counts[definition.code] = among if part == "denominator" else among and holds(definition.numerator.where, child)
    before = holds(get_definition("stunting_recovered").denominator.where, child)
    recovered = counts["stunting_recovered"]
    still = before - recovered if part == "numerator" else before
    assert counts["stunting"] == counts["stunting_new"] + still + counts["stunting_found"]
