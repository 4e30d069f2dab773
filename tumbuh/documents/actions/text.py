"""Keeping the words of a file, at once or by a job."""

from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app

from tumbuh.documents.actions.files import read_words
from tumbuh.documents.models import FilePage, StoredFile
from tumbuh.documents.queries.documents import get_path
from tumbuh.documents.rules import TextState
from tumbuh.lib.attachments.api import AttachmentKind, Examiner, Page

QUEUE = "documents"
READ_TASK = "documents.read_text"


def keep_pages(file: StoredFile, pages: Iterable[Page]) -> None:
    """One row a page; the caller's transaction."""
    rows = [FilePage(file=file, number=page.number, text=page.text) for page in pages]
    FilePage.objects.bulk_create(rows, batch_size=200)


def defer_reading(file: StoredFile) -> None:
    """A job that reads the words, in the caller's transaction; by name, because tasks stand above actions."""
    app.configure_task(READ_TASK, queue=QUEUE).defer(file_id=file.pk)


def read_text(file_id: int) -> None:
    """Read the words of a version that waits for it; a version that was read stays as it is. No event: nothing that
    people wrote changes."""
    file = StoredFile.objects.filter(pk=file_id, text_state=TextState.WAITING).first()
    if file is None:
        return
    with Examiner() as examiner:
        pages, state = read_words(examiner, get_path(file), AttachmentKind(file.kind))
    with transaction.atomic():
        held = StoredFile.objects.select_for_update().get(pk=file_id)
        if held.text_state != TextState.WAITING:
            return
        keep_pages(held, pages)
        held.text_state = state
        held.save(update_fields=["text_state"])
