"""Adding documents, giving them another file, correcting what is written about them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import Institution, User
from tumbuh.audit.api import record_event
from tumbuh.documents.actions.files import Taken, take_file
from tumbuh.documents.actions.text import defer_reading, keep_pages
from tumbuh.documents.errors import AlreadyThereError, DetailsError, NotAllowedError, StateError
from tumbuh.documents.models import Document, StoredFile
from tumbuh.documents.queries.kinds import list_kinds
from tumbuh.documents.queries.reach import get_reach
from tumbuh.documents.rules import Details, TextState, find_faults
from tumbuh.regions.api import Level, Region

FIELDS = (
    "kind", "title", "number", "issued_on", "year", "region_id", "institution_id", "valid_from", "valid_to", "note",
)  # fmt: skip
WORDS = frozenset({"title", "note"})  # may name people, so the trail says only that they changed


class Added(NamedTuple):
    """The document, and whether it is new; one that was there already is not."""

    document: Document
    is_new: bool


def add_document(*, by: User, details: Details, blocks: Iterable[bytes], name: str) -> Added:
    """A new document with its file, or the one that is there already with the same file for the same region, kind and
    year. FileError, DetailsError and NotAllowedError say why not."""
    check_details(by, details)
    return keep_document(by=by, details=details, taken=take_file(blocks, name))


def check_details(by: User, details: Details) -> Region:
    """The region; NotAllowedError and DetailsError when this cannot be written by this user."""
    region = Region.objects.filter(pk=details.region_id, is_active=True).first()
    if region is None or not get_reach(by).may_manage(region.pk):
        raise NotAllowedError
    faults = find_faults(details, list_kinds(), Level(region.level), timezone.localdate())
    if details.institution_id is not None and not is_of(details.institution_id, region):
        faults["institution"] = _("Instansi ini bukan instansi wilayah dokumen. Pilih yang lain atau kosongkan.")
    if faults:
        raise DetailsError(faults)
    return region


def is_of(institution_id: int, region: Region) -> bool:
    """Whether it is an institution of this very region."""
    return Institution.objects.filter(pk=institution_id, region_id=region.pk).exists()


@transaction.atomic
def keep_document(*, by: User, details: Details, taken: Taken) -> Added:
    """As `add_document`, of a file that was taken in before."""
    check_details(by, details)
    if (held := find_same(details, taken.sent_sha256)) is not None:
        return Added(held, False)
    try:
        with transaction.atomic():
            document = Document.objects.create(**list_values(details), sha256=taken.sent_sha256, uploaded_by=by)
    except IntegrityError:
        held = find_same(details, taken.sent_sha256)
        if held is None:
            raise
        return Added(held, False)
    keep_file(document, taken, by)
    after = {"kind": document.kind, "year": document.year, "sha256": taken.sent_sha256}
    record_event(
        by=by, action="documents.document.added", object_kind="document", object_id=document.public_id, after=after,
        region_id=document.region_id,
    )  # fmt: skip
    return Added(document, True)


def list_values(details: Details) -> dict[str, Any]:
    """The fields of a row, texts without blanks around them."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in asdict(details).items()}


def find_same(details: Details, sent_sha256: str) -> Document | None:
    """A document that stands with the same file for the same region, kind and year."""
    same = Document.objects.filter(
        region_id=details.region_id, kind=details.kind, sha256=sent_sha256, withdrawn_at__isnull=True
    )
    same = same.filter(year__isnull=True) if details.year is None else same.filter(year=details.year)
    return same.select_related("region").first()


def keep_file(document: Document, taken: Taken, by: User) -> StoredFile:
    """The next version, now the current one."""
    position = document.files.count() + 1
    document.files.filter(is_current=True).update(is_current=False)
    file = StoredFile.objects.create(
        document=document, position=position, kind=taken.kind.value, name=taken.name, sha256=taken.sha256,
        sent_sha256=taken.sent_sha256, size_bytes=taken.size_bytes, text_state=taken.text_state, uploaded_by=by,
    )  # fmt: skip
    keep_pages(file, taken.pages)
    if taken.text_state is TextState.WAITING:
        defer_reading(file)
    return file


def lock_document(by: User, document: Document) -> Document:
    """The document for a write; NotAllowedError for others, StateError for one that was withdrawn."""
    held = Document.objects.select_for_update(of=("self",)).select_related("region").get(pk=document.pk)
    if not get_reach(by).may_manage(held.region_id):
        raise NotAllowedError
    if held.withdrawn_at is not None:
        raise StateError(_("Dokumen ini sudah ditarik. Unggah sebagai dokumen baru bila masih diperlukan."))
    return held


def replace_file(*, by: User, document: Document, blocks: Iterable[bytes], name: str) -> Added:
    """The document with a newer version of its file; the older one stays. The same file again changes nothing.

    A published document is no longer published until somebody publishes the new file.
    """
    if not get_reach(by).may_manage(document.region_id):
        raise NotAllowedError
    return keep_version(by=by, document=document, taken=take_file(blocks, name))


@transaction.atomic
def keep_version(*, by: User, document: Document, taken: Taken) -> Added:
    """As `replace_file`, of a file that was taken in before."""
    held = lock_document(by, document)
    if held.sha256 == taken.sent_sha256:
        return Added(held, False)
    before = {"sha256": held.sha256}
    held.sha256, held.is_published, held.published_at = taken.sent_sha256, False, None
    save_or_tell(held)
    keep_file(held, taken, by)
    record_event(
        by=by, action="documents.file.replaced", object_kind="document", object_id=held.public_id, before=before,
        after={"sha256": held.sha256}, region_id=held.region_id,
    )  # fmt: skip
    return Added(held, True)


def save_or_tell(document: Document) -> None:
    """Save; AlreadyThereError where another document holds the same file for the same region, kind and year."""
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        if "document_once" not in str(error):
            raise
        raise AlreadyThereError(
            _("Berkas yang sama sudah ada sebagai dokumen lain wilayah, jenis, dan tahun ini. Buka dokumen itu.")
        ) from error


@transaction.atomic
def change_details(*, by: User, document: Document, details: Details) -> Document:
    """What is written about the document, anew; saying the same again changes nothing."""
    held = lock_document(by, document)
    check_details(by, details)
    wanted = list_values(details)
    changed = [name for name in FIELDS if getattr(held, name) != wanted[name]]
    if not changed:
        return held
    before = describe_fields(held, changed)
    for name in changed:
        setattr(held, name, wanted[name])
    save_or_tell(held)
    record_event(
        by=by, action="documents.details.changed", object_kind="document", object_id=held.public_id, before=before,
        after=describe_fields(held, changed), region_id=held.region_id,
    )  # fmt: skip
    return held


def describe_fields(document: Document, names: Iterable[str]) -> dict[str, Any]:
    """The fields as the trail keeps them: dates written out, free words left out."""
    found = {}
    for name in names:
        value = getattr(document, name)
        found[name] = "…" if name in WORDS else value if isinstance(value, int) or value is None else str(value)
    return found
