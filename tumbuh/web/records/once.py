"""What every form that writes people's records shares: saved once, figures refreshed, refusals in one sentence."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from tumbuh.indicators.api import refresh
from tumbuh.records.api import RecordsError, SourceBatch, create_batch, has_batch
from tumbuh.verification.api import GROWTH, SERVICES, note_contributions

FORM = "FORM"  # the kind of source
SENDING = "kiriman"  # the field that tells one showing of a form from the next
LOCKED = "TM001"  # the database's own guard of months that were sent for verification
NOT_SENT = {"csrfmiddlewaretoken"}
Places = Iterable[tuple[int, date]]


class RefusedError(Exception):
    """Nothing was saved, and why, in words for the one who sent it."""


def make_token() -> str:
    """What makes one showing of a form different from the next."""
    return uuid4().hex


def make_key(request: HttpRequest) -> UUID:
    """One key for one sending: the same form with the same content has the same, changed content another."""
    token = request.POST.get(SENDING, "")
    sent = sorted((name, *request.POST.getlist(name)) for name in request.POST if name not in NOT_SENT)
    return uuid5(UUID(int=0), f"{request.user.pk}|{token}|{sent!r}")


def save_once(request: HttpRequest, name: str, write: Callable[[SourceBatch], Places]) -> bool:
    """Whether it was saved now; False where this very sending was saved before. All of it or nothing.

    `write` gets the source of the rows and returns the desa and months whose figures it touched. RefusedError says what
    stood in the way.
    """
    key = make_key(request)
    if has_batch(key):
        return False
    try:
        with transaction.atomic():
            batch = create_batch(by=request.user, kind=FORM, name=name, key=key)
            refresh(set(write(batch)))
    except RecordsError as error:
        raise RefusedError(str(error)) from error
    except DatabaseError as error:
        if has_batch(key):  # the same was sent twice at once
            return False
        if getattr(error.__cause__, "sqlstate", "") != LOCKED:
            raise
        raise RefusedError(say_locked()) from error
    return True


def say_locked() -> str:
    return gettext(
        "Bulan itu sudah dikirim untuk diperiksa dan terkunci, jadi tidak ada yang disimpan. Minta paket bulan itu "
        "kembali di halaman Verifikasi, lalu simpan lagi."
    )


def note_month(request: HttpRequest, desa_id: int, day: date) -> None:
    """The user changed who is counted from a day on, so somebody else verifies that month."""
    for data_set in (GROWTH, SERVICES):
        note_contributions(by=request.user, desa_months=[(desa_id, day.replace(day=1))], data_set=data_set)
