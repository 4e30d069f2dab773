"""A condition made ready says the same as the condition read each time."""

from hypothesis import given
from hypothesis import strategies as st

from tumbuh.engines.definitions.api import holds
from tumbuh.engines.scorecard.conditions import compile_condition

NUMBERS = st.integers(-3, 3)
TESTS = st.one_of(
    st.builds(lambda column, value: {"column": column, "known": value}, st.sampled_from("ab"), st.booleans()),
    st.builds(
        lambda column, test, value: {"column": column, test: value},
        st.sampled_from("ab"), st.sampled_from(["is", "below", "above"]), NUMBERS,
    ),
    st.builds(lambda column, low, more: {"column": column, "between": [low, low + more]},
              st.sampled_from("ab"), NUMBERS, st.integers(0, 3)),
    st.builds(lambda column, values: {"column": column, "in": values},
              st.sampled_from("ab"), st.lists(NUMBERS, min_size=1, max_size=3)),
)  # fmt: skip
CONDITIONS = st.recursive(
    TESTS,
    lambda parts: st.one_of(
        st.builds(lambda found: {"all": found}, st.lists(parts, max_size=3)),
        st.builds(lambda found: {"any": found}, st.lists(parts, max_size=3)),
        st.builds(lambda part: {"not": part}, parts),
    ),
    max_leaves=6,
)
ROWS = st.fixed_dictionaries({"a": st.none() | NUMBERS, "b": st.none() | NUMBERS})


@given(CONDITIONS, ROWS)
def test_both_agree(condition, row):
    assert compile_condition(condition)(row) == holds(condition, row)
