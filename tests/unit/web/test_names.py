"""What households are called."""

import pytest

from tumbuh.records.api import Household
from tumbuh.web.records.names import name_household


@pytest.mark.parametrize(
    ("household", "name"),
    [
        ({"head_name": "BUDI", "rt": "2"}, "Keluarga BUDI"),
        ({"rt": "2", "rw": "1", "address": "Jalan Merdeka"}, "Keluarga tanpa nama kepala (RT 2, RW 1, Jalan Merdeka)"),
        ({"rw": "1"}, "Keluarga tanpa nama kepala (RW 1)"),
        ({}, "Keluarga tanpa nama kepala"),
    ],
)
def test_a_household_is_told_from_others(household, name):
    assert name_household(Household(**household)) == name
