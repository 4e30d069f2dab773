"""Documents of a made-up province, many at once, all of one kind carrying the same invented file."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.audit.api import Actor, record_event
from tumbuh.documents.actions.files import take_file
from tumbuh.documents.models import Document, FilePage, StoredFile

CHUNK = 2000


class Invented(NamedTuple):
    """A made-up document: of which kind, region and year, and its title."""

    kind: str
    region_id: int
    year: int
    title: str


@transaction.atomic
def backfill_documents(
    *, by: Actor, user: User, rows: Iterable[Invented], file: bytes, name: str, on: date
) -> list[Document]:
    """The documents as new rows, uploaded by `user`, in the order given. Only for synthetic data."""
    taken = take_file([file], name)
    documents = [
        Document(
            kind=row.kind,
            region_id=row.region_id,
            year=row.year,
            title=row.title,
            issued_on=on,
            sha256=taken.sent_sha256,
            uploaded_by=user,
        )
        for row in rows
    ]
    Document.objects.bulk_create(documents, batch_size=CHUNK)
    files = [
        StoredFile(
            document=document,
            position=1,
            kind=taken.kind.value,
            name=taken.name,
            sha256=taken.sha256,
            sent_sha256=taken.sent_sha256,
            size_bytes=taken.size_bytes,
            text_state=taken.text_state,
            uploaded_by=user,
        )
        for document in documents
    ]
    StoredFile.objects.bulk_create(files, batch_size=CHUNK)
    pages = (FilePage(file=one, number=page.number, text=page.text) for one in files for page in taken.pages)
    FilePage.objects.bulk_create(pages, batch_size=CHUNK)
    record_event(
        by=by,
        action="documents.backfilled",
        object_kind="document",
        object_id="synthetic",
        after={"documents": len(documents)},
    )
    return documents
