"""A kecamatan with many desa whose packages all wait for its verifier; for tests of a running site."""

from datetime import date

from django.db import transaction

from tests.factories.accounts import make_user
from tests.factories.packages import submit
from tests.factories.regions import make_province
from tumbuh.accounts.api import assign_role
from tumbuh.audit.api import SYSTEM

MONTH = date(2026, 3, 1)
VERIFIER = "camat"
MOST = 999


def list_codes(number: int) -> list[str]:
    """The codes of the crowd's desa."""
    assert number <= MOST
    return [f"91.01.01.2{ordinal:03}" for ordinal in range(1, number + 1)]


@transaction.atomic
def make_crowd(number: int) -> None:
    """So many desa below one kecamatan, each with a submitted package, and one verifier."""
    codes = list_codes(number)
    tree = {"91": "Anu", "91.01": "Hulu", "91.01.01": "Hulu Satu"} | {code: f"Desa {code[-4:]}" for code in codes}
    regions = make_province(tree)
    operator = make_user("operator")
    for code in codes:
        assign_role(by=SYSTEM, user=operator, role="DESA_OPERATOR", region=regions[code], valid_from=date(2025, 1, 1))
        submit(operator, regions[code])
    make_user(VERIFIER, role="KECAMATAN_VERIFIER", region=regions["91.01.01"])
