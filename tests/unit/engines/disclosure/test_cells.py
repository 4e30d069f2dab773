"""One figure, as it may be published."""

from decimal import Decimal

import pytest

from tumbuh.engines.disclosure.api import Label, Protected, protect

# numerator, denominator -> shown numerator, shown denominator, rate, label
TABLE = [
    (0, 0, None, None, None, Label.NO_DATA),
    (0, 9, None, None, None, Label.SMALL_BASE),
    (9, 9, None, None, None, Label.SMALL_BASE),
    (10, 12, None, 10, None, Label.SMALL_BASE),
    (0, 19, None, 20, None, Label.SMALL_BASE),
    (0, 40, None, 40, None, Label.BELOW_THRESHOLD),
    (1, 40, None, 40, None, Label.BELOW_THRESHOLD),
    (9, 43, None, 45, None, Label.BELOW_THRESHOLD),
    (10, 43, 10, 45, Decimal("22.2"), Label.SHOWN),
    (12, 42, 10, 40, Decimal("25.0"), Label.SHOWN),
    (13, 42, 15, 40, Decimal("37.5"), Label.SHOWN),
    (40, 40, None, 40, None, Label.GROUP),
    (38, 40, None, 40, None, Label.GROUP),
    (37, 40, 35, 40, Decimal("87.5"), Label.SHOWN),
    (12_345, 60_001, 12_345, 60_000, Decimal("20.6"), Label.SHOWN),
]


@pytest.mark.parametrize("numerator, denominator, count, among, value, label", TABLE)
def test_protect(numerator, denominator, count, among, value, label):
    assert protect(numerator, denominator) == Protected(count, among, value, label)


@pytest.mark.parametrize("numerator, denominator", [(-1, 5), (6, 5)])
def test_what_is_no_count_of_people_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match="not a count"):
        protect(numerator, denominator)


def test_the_rate_follows_from_the_shown_counts_alone():
    for denominator in range(20, 120):
        for numerator in range(denominator + 1):
            shown = protect(numerator, denominator)
            if shown.value is not None:
                assert protect(shown.numerator, shown.denominator) == shown
