"""Asking a tier above to give a package back, once one's own step can no longer be taken back alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tumbuh.verification.rules.states import RULES, Move, State, Tier


class Answer(models.TextChoices):
    OPEN = "OPEN", _("Menunggu jawaban")
    GRANTED = "GRANTED", _("Dikabulkan")
    DECLINED = "DECLINED", _("Ditolak")


# To where an approval is taken back for the tier that asks; a desa withdraws its package itself from there.
RECALLED: dict[Tier, State] = {
    Tier.DESA: State.SUBMITTED,
    Tier.KECAMATAN: State.SUBMITTED,
    Tier.KABUPATEN: State.VERIFIED_KECAMATAN,
}


def find_holder(state: State, tier: Tier) -> Tier | None:
    """The tier that can give the package back to `tier`; None where that needs nobody or is not possible."""
    target = RECALLED.get(tier)
    holders = (
        rule.tier
        for rule in RULES
        if rule.move == Move.UNAPPROVE and rule.tier > tier and state in rule.sources and target in rule.targets
    )
    return next(holders, None)
