"""Which roles must have a second factor, as a table."""

import pytest

from tumbuh.accounts.api import ROLES, list_factor_roles

BY_ROLE = {role.code for role in ROLES.values() if role.needs_mfa}


@pytest.mark.parametrize(
    ("asked", "is_demo", "expected"),
    [
        (None, False, BY_ROLE),
        ("", False, BY_ROLE),
        (None, True, set()),
        ("none", False, set()),
        ("None", True, set()),
        ("MIDWIFE", False, {"MIDWIFE"}),
        ("MIDWIFE, kader", True, {"MIDWIFE", "KADER"}),
    ],
)
def test_who_must(asked, is_demo, expected):
    assert list_factor_roles(asked, is_demo=is_demo) == expected


def test_an_unknown_role_is_said():
    with pytest.raises(ValueError, match="BIDAN"):
        list_factor_roles("BIDAN", is_demo=False)


def test_the_roles_that_reach_many_people_are_among_them():
    assert {"PROVINSI_ADMIN", "REGION_ADMIN", "KABUPATEN_ANALYST", "PROVINSI_VERIFIER", "SUPERVISOR"} <= BY_ROLE
