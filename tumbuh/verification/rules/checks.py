"""Whether a step may be taken: `check_step` raises with the reason, `can_step` is built from it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tumbuh.verification.errors import (
    BelowOpenError,
    CellsOpenError,
    MoveError,
    OwnWorkError,
    ReasonError,
    VerificationError,
)
from tumbuh.verification.rules.states import Move, Rule, State, Tier, find_rule


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do with a package: the move, as which tier, where to, and their words."""

    move: Move
    tier: Tier
    target: State | None = None
    reason: str = ""
    exception: str = ""  # why the tier goes on although packages below are open


@dataclass(frozen=True)
class Standing:
    """What of a package decides: its state, whether the actor put work into it, and what is open."""

    state: State
    is_own_work: bool = False
    open_below: int = 0
    open_cells: int = 0
    overdue: Tier | None = None  # whose condition was not met by its day


def check_step(standing: Standing, wish: Wish) -> State:
    """The state after the step; raises MoveError, ReasonError, OwnWorkError, BelowOpenError or CellsOpenError."""
    rule = find_rule(wish.move, wish.tier)
    if rule is None or standing.state not in rule.sources or (rule.is_by_system and standing.overdue != wish.tier):
        raise MoveError(
            _("Paket berstatus “%(state)s” tidak dapat di-“%(move)s” oleh tingkat %(tier)s. Muat ulang halaman ini.")
            % {"state": standing.state.label, "move": wish.move.label, "tier": wish.tier.label}
        )
    target = wish.target or rule.targets[0]
    if target not in rule.targets:
        raise MoveError(_("Langkah ini tidak dapat menuju “%(state)s”.") % {"state": target.label})
    check_words(rule, wish)
    if wish.move == Move.SUBMIT and standing.open_cells:
        raise CellsOpenError(
            _("Masih ada %(count)d isian yang dikembalikan dan belum dijawab. Jawab semuanya, lalu kirim lagi.")
            % {"count": standing.open_cells}
        )
    if wish.move == Move.VERIFY:
        check_verifier(standing, wish)
    return target


def check_words(rule: Rule, wish: Wish) -> None:
    """Whatever goes back says why."""
    if rule.needs_reason and not wish.reason.strip():
        raise ReasonError(_("Tulis alasannya, agar yang menerima tahu apa yang harus diperbaiki."))


def check_verifier(standing: Standing, wish: Wish) -> None:
    """Nobody verifies their own work; an upper tier opens when all below is done or an exception is written down."""
    if standing.is_own_work:
        raise OwnWorkError(
            _("Anda ikut mengisi atau mengirim data ini, maka orang lain yang harus memeriksanya. Mintalah rekan Anda.")
        )
    if standing.open_below and not wish.exception.strip():
        raise BelowOpenError(
            _("Masih ada %(count)d desa yang belum selesai di tingkat bawah. Tunggu, atau catat alasan pengecualian.")
            % {"count": standing.open_below}
        )


def can_step(standing: Standing, wish: Wish) -> bool:
    """Whether `check_step` would let it pass."""
    try:
        check_step(standing, wish)
    except VerificationError:
        return False
    return True
