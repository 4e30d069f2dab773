"""When a follow-up is overdue, and what a change of its state asks for."""

from datetime import date

from django.utils.translation import gettext as _

from tumbuh.activities.errors import FollowUpError
from tumbuh.activities.rules.states import FOLLOW_UP_MOVES, FollowUpState


def is_overdue(state: str, due_on: date, today: date) -> bool:
    """Whether it is open although its day has passed."""
    return state == FollowUpState.OPEN and due_on < today


def check_outcome(source: str, target: str, words: str) -> None:
    """Raises FollowUpError when the move is not allowed or says nothing of how or why."""
    if target not in FollowUpState.values or FollowUpState(target) not in FOLLOW_UP_MOVES[FollowUpState(source)]:
        raise FollowUpError(_("Tindak lanjut ini sudah berubah sejak halaman dibuka. Muat ulang, lalu periksa lagi."))
    if not words.strip():
        raise FollowUpError(_("Keterangan belum ditulis. Tulis apa yang dihasilkan, atau mengapa berubah."))
