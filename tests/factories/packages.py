"""Somebody for each tier of kabupaten 91.01, and packages brought to a state."""

from datetime import date

from tests.factories.accounts import make_user
from tumbuh.verification.api import GROWTH, Move, Tier, Wish, take_step

MONTH = date(2026, 3, 1)
HOLDERS = {
    Tier.DESA: ("operator", "DESA_OPERATOR", "91.01.01.2001"),
    Tier.KECAMATAN: ("camat", "KECAMATAN_VERIFIER", "91.01.01"),
    Tier.KABUPATEN: ("bupati", "KABUPATEN_VERIFIER", "91.01"),
    Tier.PROVINSI: ("gubernur", "PROVINSI_VERIFIER", "91"),
}
VERIFIERS = (Tier.KECAMATAN, Tier.KABUPATEN, Tier.PROVINSI)


def make_holders(regions, places: dict[Tier, str] | None = None) -> dict[Tier, object]:
    """A user for each tier, in kabupaten 91.01 or at the given places."""
    return {
        tier: make_user(name, role=role, region=regions[(places or {}).get(tier, at)])
        for tier, (name, role, at) in HOLDERS.items()
    }


def submit(user, region, month: date = MONTH, data_set: str = GROWTH):
    return take_step(by=user, region=region, month=month, wish=Wish(Move.SUBMIT, Tier.DESA), data_set=data_set)


def verify(
    user, region, tier: Tier, month: date = MONTH, exception: str = "desa lain menyusul", data_set: str = GROWTH
):
    wish = Wish(Move.VERIFY, tier, exception=exception)
    return take_step(by=user, region=region, month=month, wish=wish, data_set=data_set)


def climb(holders, region, up_to: Tier, month: date = MONTH, data_set: str = GROWTH):
    """Submitted and verified by each tier up to that one; the last step."""
    step = submit(holders[Tier.DESA], region, month, data_set)
    for tier in VERIFIERS:
        if tier <= up_to:
            step = verify(holders[tier], region, tier, month, data_set=data_set)
    return step
