"""What a target asks for, year by year. One row a case; the ambiguous cells of the annex are here."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.programme.rules import Frequency, Per, TargetReading, list_year_targets

ONCE, YEARLY, STANDING, PHASED = Frequency.ONCE, Frequency.YEARLY, Frequency.STANDING, Frequency.PHASED
ALL = (2025, 2026, 2027, 2028, 2029)
CASES = [
    # id, years, quantity, unit, frequency, cumulative → year: (quantity, first year in which proof counts)
    ("every year", ALL, 1, "dokumen", YEARLY, False, {y: (1, y) for y in ALL}),
    ("once in one year", (2026,), 1, "dokumen", ONCE, False, {2026: (1, 2026)}),
    ("once within a range", ALL, 1, "petunjuk teknis", ONCE, False, {2029: (1, 2025)}),
    ("once, no year stated", (), 1, "mekanisme", ONCE, False, {2029: (1, 2025)}),
    ("yearly, no year stated", (), None, "nota keuangan", YEARLY, False, {y: (None, y) for y in ALL}),
    ("no quantity", (2026, 2027), None, "kegiatan", YEARLY, False, {2026: (None, 2026), 2027: (None, 2027)}),
    ("four times a year", (2025,), 4, "rapat", YEARLY, False, {2025: (4, 2025)}),
    ("standing state", (2028, 2029), 1, "platform", STANDING, False, {2028: (1, 2028), 2029: (1, 2029)}),
    ("in stages", (2027, 2028), None, "implementasi", PHASED, True, {2027: (None, 2027), 2028: (None, 2027)}),
    ("ten points more each year", ALL, 10, "%", YEARLY, True,
     {2025: (10, 2025), 2026: (20, 2025), 2027: (30, 2025), 2028: (40, 2025), 2029: (50, 2025)}),
    ("a share never exceeds the whole", ALL, 30, "%", YEARLY, True,
     {2025: (30, 2025), 2026: (60, 2025), 2027: (90, 2025), 2028: (100, 2025), 2029: (100, 2025)}),
    ("one year's running total", (2027,), 600, "desa/kelurahan", YEARLY, True, {2027: (600, 2027)}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("years", "quantity", "unit", "frequency", "cumulative", "due"),
    [case[1:] for case in CASES],
    ids=[c[0] for c in CASES],
)
def test_due_by_year(years, quantity, unit, frequency, cumulative, due):
    number = None if quantity is None else Decimal(quantity)
    target = TargetReading(years, number, unit, Per.DESA, frequency, at_least=True, cumulative=cumulative)
    found = list_year_targets(target, 2025, 2029)
    assert {one.year: (one.quantity, one.starts) for one in found} == due
    assert all((one.unit, one.per, one.at_least, one.frequency) == (unit, Per.DESA, True, frequency) for one in found)


@given(
    years=st.sets(st.sampled_from(ALL)),
    quantity=st.none() | st.integers(1, 2000).map(Decimal),
    unit=st.sampled_from(["%", "forum"]),
    frequency=st.sampled_from(Frequency),
    cumulative=st.booleans(),
)
def test_always_within_the_term_and_never_falling(years, quantity, unit, frequency, cumulative):
    target = TargetReading(tuple(years), quantity, unit, None, frequency, cumulative=cumulative)
    due = list_year_targets(target, 2025, 2029)
    assert due
    assert [one.year for one in due] == sorted({one.year for one in due})
    assert all(2025 <= one.starts <= one.year <= 2029 for one in due)
    quantities = [one.quantity for one in due if one.quantity is not None]
    assert quantities == sorted(quantities)
