"""The smallest region that holds several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.regions.api import find_enclosing, get_code, get_number, get_span

CODES = ["17", "17.01", "17.01.01", "17.01.01.2001", "17.01.02.1001", "17.02", "18.01.01.2001"]


@pytest.mark.parametrize(
    ("codes", "enclosing"),
    [
        ([], None),
        (["17.01.01.2001"], "17.01.01.2001"),
        (["17.01.01.2001", "17.01.01.2002"], "17.01.01"),
        (["17.01.01.2001", "17.01.01"], "17.01.01"),
        (["17.01.01.2001", "17.01.02.2001"], "17.01"),
        (["17.01.01.2001", "17.02.01.2001", "17.01.01.2002"], "17"),
        (["17.01.01.2001", "18.01.01.2001"], None),
    ],
)
def test_examples(codes, enclosing):
    found = find_enclosing(get_number(code) for code in codes)
    assert (get_code(found) if found is not None else None) == enclosing


@given(st.lists(st.sampled_from(CODES), min_size=1))
def test_it_holds_all_and_nothing_below_it_does(codes):
    def holds(code: str) -> bool:
        low, high = get_span(code)
        return all(low <= get_number(each) <= high for each in codes)

    found = find_enclosing(get_number(code) for code in codes)
    if found is None:
        assert len({code[:2] for code in codes}) > 1
    else:
        assert holds(get_code(found)) and not any(
            holds(code) for code in CODES if code.startswith(get_code(found) + ".")
        )
