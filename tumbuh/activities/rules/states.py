"""The state tables: of an activity and of a follow-up, with labels and the moves between them."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

ITEM = "ACTIVITY"  # how the verification room names an activity


class State(models.TextChoices):
    PLANNED = "PLANNED", _("Direncanakan")
    HELD = "HELD", _("Terlaksana")
    CANCELLED = "CANCELLED", _("Dibatalkan")


class Move(models.TextChoices):
    CHANGE = "CHANGE", _("Ubah rencana")
    HOLD = "HOLD", _("Catat pelaksanaan")
    CANCEL = "CANCEL", _("Batalkan")
    REOPEN = "REOPEN", _("Kembalikan ke rencana")


@dataclass(frozen=True)
class Rule:
    """One allowed move, and whether it says why."""

    move: Move
    sources: frozenset[State]
    target: State
    needs_reason: bool = False


RULES: tuple[Rule, ...] = (
    Rule(Move.CHANGE, frozenset({State.PLANNED}), State.PLANNED),
    Rule(Move.HOLD, frozenset({State.PLANNED, State.HELD}), State.HELD),
    Rule(Move.CANCEL, frozenset({State.PLANNED}), State.CANCELLED, needs_reason=True),
    Rule(Move.REOPEN, frozenset({State.CANCELLED, State.HELD}), State.PLANNED, needs_reason=True),
)


def find_rule(move: Move) -> Rule:
    """The rule of a move."""
    return next(rule for rule in RULES if rule.move == move)


def can_move(state: str, move: Move) -> bool:
    """Whether the move is allowed from the state."""
    return state in find_rule(move).sources


class Mode(models.TextChoices):
    ONSITE = "ONSITE", _("Luring")
    ONLINE = "ONLINE", _("Daring")


class FollowUpState(models.TextChoices):
    OPEN = "OPEN", _("Belum selesai")
    DONE = "DONE", _("Selesai")
    DROPPED = "DROPPED", _("Tidak dilanjutkan")


# What may come after what; leaving OPEN and coming back to it both say how or why.
FOLLOW_UP_MOVES: dict[FollowUpState, frozenset[FollowUpState]] = {
    FollowUpState.OPEN: frozenset({FollowUpState.DONE, FollowUpState.DROPPED}),
    FollowUpState.DONE: frozenset({FollowUpState.OPEN}),
    FollowUpState.DROPPED: frozenset({FollowUpState.OPEN}),
}


class Wave(models.TextChoices):
    PRE = "PRE", _("Sebelum kampanye")
    POST = "POST", _("Sesudah kampanye")


class Sex(models.TextChoices):
    MALE = "M", _("Laki-laki")
    FEMALE = "F", _("Perempuan")


class Part(models.TextChoices):
    """What somebody does at an activity."""

    CHAIR = "CHAIR", _("Pimpinan")
    SPEAKER = "SPEAKER", _("Narasumber")
    NOTE_TAKER = "NOTE_TAKER", _("Notulis")
    PARTICIPANT = "PARTICIPANT", _("Peserta")


class Standing(models.TextChoices):
    """Whether somebody came, measured by the invitations."""

    PRESENT = "PRESENT", _("Hadir")
    ABSENT = "ABSENT", _("Tidak hadir")
    UNINVITED = "UNINVITED", _("Hadir tanpa undangan")
