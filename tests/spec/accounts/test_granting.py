"""Who may give which role where, line by line."""

import pytest

from tumbuh.accounts.rules import ROLES, Held, can_grant
from tumbuh.regions.api import get_level, get_span

TABLE = [
    # holder, at; given, at; allowed
    ("PROVINSI_ADMIN", "17", "PROVINSI_ADMIN", "17", True),
    ("PROVINSI_ADMIN", "17", "REGION_ADMIN", "17.01", True),
    ("PROVINSI_ADMIN", "17", "MIDWIFE", "17.01.01.2001", True),
    ("PROVINSI_ADMIN", "17", "MIDWIFE", "16.01.01.2001", False),  # another province
    ("PROVINSI_ADMIN", "17", "MIDWIFE", "17.01", False),  # not held at that level
    ("REGION_ADMIN", "17.01", "KECAMATAN_VERIFIER", "17.01.01", True),
    ("REGION_ADMIN", "17.01", "REGION_ADMIN", "17.01.01", True),
    ("REGION_ADMIN", "17.01", "DESA_OPERATOR", "17.01.01.2001", True),
    ("REGION_ADMIN", "17.01", "DESA_OPERATOR", "17.02.01.2001", False),  # another kabupaten
    ("REGION_ADMIN", "17.01", "KABUPATEN_VERIFIER", "17.01", False),  # own level
    ("REGION_ADMIN", "17.01", "REGION_ADMIN", "17.01", False),
    ("REGION_ADMIN", "17.01", "PROVINSI_ADMIN", "17", False),
    ("REGION_ADMIN", "17.01.01", "DESA_OPERATOR", "17.01.01.2001", True),
    ("REGION_ADMIN", "17.01.01", "KECAMATAN_VERIFIER", "17.01.01", False),
    ("KABUPATEN_VERIFIER", "17.01", "DESA_OPERATOR", "17.01.01.2001", False),  # no administrator
    ("REGION_ADMIN", "17.01", "NO_SUCH_ROLE", "17.01.01", False),
]


def hold(role: str, code: str) -> Held:
    return Held(role, get_level(code), get_span(code))


@pytest.mark.parametrize(("holder", "at", "given", "there", "allowed"), TABLE)
def test_granting(holder, at, given, there, allowed):
    assert can_grant(hold(holder, at), hold(given, there)) == allowed


def test_only_administrators_give_anything():
    givers = {
        role
        for role in ROLES
        for at in ("17", "17.01", "17.01.01")
        if can_grant(hold(role, at), hold("DESA_OPERATOR", "17.01.01.2001"))
    }
    assert givers == {"PROVINSI_ADMIN", "REGION_ADMIN"}
