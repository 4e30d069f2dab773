"""The state table of single things (a document, a held activity): put forward once, reviewed by the level above.

A thing without a row here was never put forward.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.regions.api import Level
from tumbuh.verification.errors import MoveError, OwnWorkError, ReasonError, VerificationError
from tumbuh.verification.rules.states import Tier


class ReviewState(models.TextChoices):
    SUBMITTED = "SUBMITTED", gettext_lazy("Menunggu diperiksa")
    VERIFIED = "VERIFIED", gettext_lazy("Terverifikasi")
    RETURNED = "RETURNED", gettext_lazy("Dikembalikan")
    WITHDRAWN = "WITHDRAWN", gettext_lazy("Ditarik kembali")


class ReviewMove(models.TextChoices):
    SUBMIT = "SUBMIT", gettext_lazy("Ajukan")
    WITHDRAW = "WITHDRAW", gettext_lazy("Tarik kembali")
    VERIFY = "VERIFY", gettext_lazy("Setujui")
    RETURN = "RETURN", gettext_lazy("Kembalikan")
    UNAPPROVE = "UNAPPROVE", gettext_lazy("Batalkan persetujuan")


@dataclass(frozen=True)
class ReviewRule:
    """A move: from which states (None: never put forward), where to, whose it is, and whether it says why."""

    sources: frozenset[ReviewState | None]
    target: ReviewState
    is_reviewers: bool = True
    needs_reason: bool = False


S = ReviewState
REVIEW_RULES: dict[ReviewMove, ReviewRule] = {
    ReviewMove.SUBMIT: ReviewRule(frozenset({None, S.RETURNED, S.WITHDRAWN}), S.SUBMITTED, is_reviewers=False),
    ReviewMove.WITHDRAW: ReviewRule(frozenset({S.SUBMITTED, S.RETURNED}), S.WITHDRAWN, is_reviewers=False),
    ReviewMove.VERIFY: ReviewRule(frozenset({S.SUBMITTED}), S.VERIFIED),
    ReviewMove.RETURN: ReviewRule(frozenset({S.SUBMITTED}), S.RETURNED, needs_reason=True),
    ReviewMove.UNAPPROVE: ReviewRule(frozenset({S.VERIFIED}), S.RETURNED, needs_reason=True),
}
# Who reviews what a level made: the level above; the province's own is reviewed in the province, by somebody else.
REVIEWER: dict[Level, Tier] = {
    Level.DESA: Tier.KECAMATAN,
    Level.KECAMATAN: Tier.KABUPATEN,
    Level.KABUPATEN: Tier.PROVINSI,
    Level.PROVINSI: Tier.PROVINSI,
}
# While a thing is in one of these states, it does not change.
LOCKED = frozenset({S.SUBMITTED, S.VERIFIED})


def check_review(
    state: ReviewState | None, move: ReviewMove, *, by: int | None, makers: Collection[int], reason: str
) -> ReviewState:
    """The state after the move; raises MoveError, OwnWorkError or ReasonError. `by` and `makers` are user numbers."""
    rule = REVIEW_RULES[move]
    if state not in rule.sources:
        label = state.label if state else _("Belum diajukan")
        raise MoveError(
            _("Yang berstatus “%(state)s” tidak dapat di-“%(move)s”. Muat ulang halaman ini.")
            % {"state": label, "move": move.label}
        )
    if rule.is_reviewers and by in makers:
        raise OwnWorkError(
            _("Anda ikut membuat atau mengajukannya, maka orang lain yang harus memeriksanya. Mintalah rekan Anda.")
        )
    if rule.needs_reason and not reason.strip():
        raise ReasonError(_("Tulis alasannya, agar yang menerima tahu apa yang harus diperbaiki."))
    return rule.target


def can_review(
    state: ReviewState | None, move: ReviewMove, *, by: int | None, makers: Collection[int], reason: str = "-"
) -> bool:
    """Whether `check_review` would let the move through."""
    try:
        check_review(state, move, by=by, makers=makers, reason=reason)
    except VerificationError:
        return False
    return True
