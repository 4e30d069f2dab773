"""Saving a bulk upload whole, letting it go, and publishing what it brought."""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.documents.actions.bulk.checking import ALREADY_THERE, NEW
from tumbuh.documents.actions.documents import keep_document
from tumbuh.documents.actions.files import Taken
from tumbuh.documents.actions.publishing import publish
from tumbuh.documents.errors import DocumentError, NotAllowedError
from tumbuh.documents.models import Document, DocumentBatch
from tumbuh.documents.queries.kinds import list_kinds
from tumbuh.documents.rules import BatchState, Details, TextState
from tumbuh.lib.attachments.api import AttachmentKind


class Counts(NamedTuple):
    """How many were done, and how many not."""

    done: int
    left: int


def lock_batch(by: User, batch: DocumentBatch) -> DocumentBatch:
    """The batch for a write, its maker's only."""
    held = DocumentBatch.objects.select_for_update().get(pk=batch.pk)
    if held.by_id != by.pk:
        raise NotAllowedError
    return held


@transaction.atomic
def save_batch(*, by: User, batch: DocumentBatch) -> Counts:
    """All accepted lines as documents, or none; (new ones, those already there). Saying it again changes nothing."""
    held = lock_batch(by, batch)
    if held.state != BatchState.CHECKED:
        return Counts(0, 0)
    new = there = 0
    for entry in held.rows:
        if entry["outcome"] == ALREADY_THERE:
            there += 1
        if entry["outcome"] != NEW:
            continue
        added = keep_document(by=by, details=unpack_details(entry["details"]), taken=unpack_taken(entry["taken"]))
        entry["document"] = str(added.document.public_id)
        new, there = new + added.is_new, there + (not added.is_new)
    held.state, held.ended_at = BatchState.SAVED, timezone.now()
    held.save(update_fields=["state", "ended_at", "rows"])
    record_event(
        by=by, action="documents.batch.saved", object_kind="document_batch", object_id=held.public_id,
        after={"new": new, "already_there": there},
    )  # fmt: skip
    return Counts(new, there)


@transaction.atomic
def cancel_batch(*, by: User, batch: DocumentBatch) -> None:
    """Let an upload go that was not saved; saying it again changes nothing."""
    held = lock_batch(by, batch)
    if held.state != BatchState.CHECKED:
        return
    held.state, held.ended_at, held.rows, held.unused = BatchState.CANCELLED, timezone.now(), [], []
    held.save(update_fields=["state", "ended_at", "rows", "unused"])
    record_event(by=by, action="documents.batch.cancelled", object_kind="document_batch", object_id=held.public_id)


def publish_batch(*, by: User, batch: DocumentBatch) -> Counts:
    """Publish the batch's documents whose kind is usually published; those that need a look stay (second number)."""
    if batch.by_id != by.pk:
        raise NotAllowedError
    done = left = 0
    for document in list_publishable(batch):
        try:
            publish(by=by, document=document)
            done += 1
        except DocumentError:
            left += 1
    return Counts(done, left)


def list_publishable(batch: DocumentBatch) -> list[Document]:
    """Documents of a saved batch that are not published though their kind usually is."""
    ids = [entry["document"] for entry in batch.rows if "document" in entry]
    open_kinds = [kind.code for kind in list_kinds().values() if kind.is_open]
    waiting = Document.objects.filter(public_id__in=ids, kind__in=open_kinds, is_published=False)
    return list(waiting.filter(withdrawn_at__isnull=True).order_by("pk"))


def unpack_details(packed: dict[str, Any]) -> Details:
    day = packed["issued_on"]
    return Details(**{**packed, "issued_on": date.fromisoformat(day) if day else None})


def unpack_taken(packed: dict[str, Any]) -> Taken:
    return Taken(**{**packed, "kind": AttachmentKind(packed["kind"]), "text_state": TextState(packed["text_state"])})
