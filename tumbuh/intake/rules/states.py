"""States of an import and outcomes of its rows."""

from django.db import models


class State(models.TextChoices):
    UPLOADED = "UPLOADED", "Diunggah"
    CONFIRM = "CONFIRM", "Menunggu pengecekan kolom"
    CHECKING = "CHECKING", "Sedang diperiksa"
    PREVIEW = "PREVIEW", "Siap disimpan"
    COMMITTING = "COMMITTING", "Sedang disimpan"
    COMMITTED = "COMMITTED", "Tersimpan"
    UNDOING = "UNDOING", "Sedang dibatalkan"
    UNDONE = "UNDONE", "Dibatalkan kembali"
    CANCELLED = "CANCELLED", "Dihentikan"
    REFUSED = "REFUSED", "Ditolak"


MOVES: dict[State, frozenset[State]] = {
    State.UPLOADED: frozenset({State.CONFIRM, State.REFUSED, State.CANCELLED}),
    State.CONFIRM: frozenset({State.CHECKING, State.CANCELLED, State.REFUSED}),
    State.CHECKING: frozenset({State.PREVIEW, State.CANCELLED, State.REFUSED}),
    State.PREVIEW: frozenset({State.COMMITTING, State.CONFIRM, State.CANCELLED}),
    State.COMMITTING: frozenset({State.COMMITTED, State.PREVIEW}),
    State.COMMITTED: frozenset({State.UNDOING, State.COMMITTING}),  # rows decided later are saved later
    State.UNDOING: frozenset({State.UNDONE, State.COMMITTED}),
    State.UNDONE: frozenset(),
    State.CANCELLED: frozenset(),
    State.REFUSED: frozenset(),
}


def can_move(current: State, target: State) -> bool:
    """Whether an import may go from one state to another."""
    return target in MOVES[current]


class Outcome(models.TextChoices):
    NEW = "new", "Baru"
    CHANGED = "changed", "Berubah"
    ALREADY_THERE = "already_there", "Sudah ada"
    REFUSED = "refused", "Ditolak"
    NEEDS_REVIEW = "needs_review", "Perlu ditinjau"


class Decision(models.TextChoices):
    """What a person said of a row that needed a look."""

    SAME = "SAME", "Anak yang sama"
    OTHER = "OTHER", "Anak lain"
    ACCEPT = "ACCEPT", "Simpan apa adanya"
    SKIP = "SKIP", "Jangan disimpan"


WORKING = frozenset({State.UPLOADED, State.CHECKING, State.COMMITTING, State.UNDOING})  # a job is at it
