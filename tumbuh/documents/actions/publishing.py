"""Making a document public, taking that back, and withdrawing it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.documents.actions.documents import lock_document
from tumbuh.documents.errors import PersonalDataError, StateError
from tumbuh.documents.models import Document
from tumbuh.documents.queries.documents import get_text
from tumbuh.documents.rules import TextState, count_person_numbers


@transaction.atomic
def publish(*, by: User, document: Document, is_sure: bool = False) -> Document:
    """Everybody may read it from now on; saying it again changes nothing.

    PersonalDataError when numbers as NIK and KK have them stand in it, or its words cannot be read (a scan), and nobody
    said that they are sure; StateError while its words are still being read.
    """
    held = lock_document(by, document)
    if held.is_published:
        return held
    state = held.files.get(is_current=True).text_state
    if state == TextState.WAITING:
        raise StateError(_("Teks berkas ini masih dibaca untuk memeriksa data orang. Coba lagi sebentar."))
    numbers = count_person_numbers(f"{held.title} {held.note}\n{get_text(held)}")
    if numbers and not is_sure:
        raise PersonalDataError(tell_numbers(numbers))
    if state != TextState.READ and not is_sure:
        raise PersonalDataError(
            _(
                "Isi berkas ini tidak seluruhnya terbaca mesin, jadi data orang di dalamnya tidak dapat dicari. "
                "Periksa sendiri, lalu nyatakan bahwa dokumen ini boleh dibaca siapa pun."
            )
        )
    held.is_published, held.published_at = True, timezone.now()
    held.save(update_fields=["is_published", "published_at"])
    record_event(
        by=by, action="documents.document.published", object_kind="document", object_id=held.public_id,
        after={"sha256": held.sha256, "person_numbers": numbers}, region_id=held.region_id,
    )  # fmt: skip
    return held


def tell_numbers(numbers: int) -> str:
    """The sentence about numbers of people."""
    return ngettext(
        "Di dalam dokumen ini ada %(count)d angka 16 digit yang mirip NIK atau nomor KK, jadi belum diterbitkan. "
        "Hapus data orang lalu ganti berkasnya, atau nyatakan bahwa angka itu bukan data orang.",
        "Di dalam dokumen ini ada %(count)d angka 16 digit yang mirip NIK atau nomor KK, jadi belum diterbitkan. "
        "Hapus data orang lalu ganti berkasnya, atau nyatakan bahwa angka itu bukan data orang.",
        numbers,
    ) % {"count": numbers}


@transaction.atomic
def unpublish(*, by: User, document: Document) -> Document:
    """Only those of its region read it from now on; saying it again changes nothing."""
    held = lock_document(by, document)
    if not held.is_published:
        return held
    held.is_published, held.published_at = False, None
    held.save(update_fields=["is_published", "published_at"])
    record_event(
        by=by, action="documents.document.unpublished", object_kind="document", object_id=held.public_id,
        region_id=held.region_id,
    )  # fmt: skip
    return held


@transaction.atomic
def withdraw(*, by: User, document: Document, reason: str) -> Document:
    """The document counts no longer and is no longer public; its files and history stay. Needs a reason."""
    if not reason.strip():
        raise StateError(_("Tulis alasan penarikan dokumen ini."))
    held = lock_document(by, document)
    held.is_published, held.published_at = False, None
    held.withdrawn_at, held.withdrawn_reason = timezone.now(), reason.strip()
    held.save(update_fields=["is_published", "published_at", "withdrawn_at", "withdrawn_reason"])
    record_event(
        by=by, action="documents.document.withdrawn", object_kind="document", object_id=held.public_id,
        reason=held.withdrawn_reason, region_id=held.region_id,
    )  # fmt: skip
    return held
