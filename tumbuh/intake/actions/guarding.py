"""The last net under a job: an error that nobody foresaw is told to the user without the data that caused it."""

import logging
import traceback
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User, acting_as, whole_country
from tumbuh.intake.actions.reading import refuse
from tumbuh.intake.actions.steps import move
from tumbuh.intake.models import Import
from tumbuh.intake.rules import State

logger = logging.getLogger(__name__)


def guard(step: Callable[..., None], import_id: UUID, **arguments: Any) -> None:
    """Run the step in the scope of who asked for it.

    A broken connection passes through (the job is tried again); anything else is noted and told.
    """
    actor = find_actor(import_id)
    if actor is not None:
        with acting_as(actor):
            run(step, import_id, **arguments)


def find_actor(import_id: UUID) -> User | None:
    """Who asked for the undo where there is one, else whose import it is; None when there is no such import."""
    with whole_country("whose job it is"):
        job = Import.objects.filter(pk=import_id).select_related("by", "undo_by").first()
    return (job.undo_by or job.by) if job else None


def run(step: Callable[..., None], import_id: UUID, **arguments: Any) -> None:
    """The step, and where it fails the word to the user."""
    try:
        step(import_id=import_id, **arguments)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # personal data may stand in the error's text: only its kind and place are logged
        place = traceback.extract_tb(error.__traceback__)[-1]
        logger.error("Import %s: %s at %s:%s", import_id, type(error).__name__, place.name, place.lineno)
        tell(Import.objects.get(pk=import_id), type(error).__name__)


def tell(job: Import, kind: str) -> None:
    """Put the import where the user can act: refused while reading, back where it was while saving or undoing."""
    message = _(
        "Terjadi kesalahan yang tidak terduga (%(kind)s) sehingga langkah ini tidak selesai; tidak ada yang berubah. "
        "Coba lagi, dan hubungi admin dengan nomor impor ini bila terulang."
    ) % {"kind": kind}
    values = {"error_code": "INTERNAL", "error_message": message}
    if job.state in {State.UPLOADED, State.CHECKING}:
        refuse(job, "INTERNAL", message)
    elif job.state == State.COMMITTING:
        move(job, State.COMMITTED if job.batch_id else State.PREVIEW, **values)
    elif job.state == State.UNDOING:
        move(job, State.COMMITTED, **values)
