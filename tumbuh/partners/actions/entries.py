"""Recording agreements, programmes, research and contributions, changing them, and voiding mistakes."""

from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import Institution, User
from tumbuh.audit.api import record_event
from tumbuh.documents.api import list_documents
from tumbuh.partners.actions.gates import add_writer, check_manage, check_open, lock_entry, may_write_for, refuse
from tumbuh.partners.errors import DetailsError, TakenError
from tumbuh.partners.models import Entry
from tumbuh.partners.queries.definitions import list_indicators
from tumbuh.partners.queries.entries import LINKED
from tumbuh.partners.queries.reach import MODELS, find_reach
from tumbuh.partners.rules import (
    CSR_KINDS,
    PARTNER_KINDS,
    AgreementDetails,
    ContributionDetails,
    CsrDetails,
    Details,
    Kind,
    ResearchDetails,
    check_details,
)
from tumbuh.regions.api import Region

KIND_OF: dict[type, Kind] = {
    AgreementDetails: Kind.AGREEMENT,
    CsrDetails: Kind.CSR,
    ResearchDetails: Kind.RESEARCH,
    ContributionDetails: Kind.CONTRIBUTION,
}


@transaction.atomic
def record_entry(*, by: User, region: Region, details: Details, public_id: UUID | None = None) -> Any:
    """The new record; the same `public_id` once more gives the one that is there.

    Raises NotYoursError, DetailsError, or TakenError where the region, partner and year have the same already.
    """
    kind, key = KIND_OF[type(details)], public_id or uuid4()
    check_right(by, region.pk, details)
    check_whole(details, region)
    if found := MODELS[kind].objects.filter(public_id=key).first():
        return lock_entry(by, kind, found.public_id)
    values, links = split_links(kind, details)
    entry = insert(MODELS[kind](public_id=key, region=region, recorded_by=by, writers=[by.pk], **values))
    for name, numbers in links.items():
        getattr(entry, name).set(numbers)
    record_event(
        by=by, action="partners.recorded", object_kind=kind.lower(), object_id=key, after=tell(details),
        region_id=region.pk,
    )  # fmt: skip
    return entry


@transaction.atomic
def change_entry(*, by: User, public_id: UUID, details: Details) -> Any:
    """The record with these details; the region stays. The same details change nothing."""
    kind = KIND_OF[type(details)]
    entry = lock_entry(by, kind, public_id)
    check_right(by, entry.region_id, details)
    check_open(entry)
    check_whole(details, entry.region)
    values, links = split_links(kind, details)
    held = {name: set(getattr(entry, name).values_list("pk", flat=True)) for name in links}
    if all(getattr(entry, name) == value for name, value in values.items()) and held == links:
        return entry
    for name, value in values.items():
        setattr(entry, name, value)
    entry.writers = add_writer(entry.writers, by)
    insert(entry)
    for name, numbers in links.items():
        getattr(entry, name).set(numbers)
    record_event(
        by=by, action="partners.changed", object_kind=kind.lower(), object_id=public_id, after=tell(details),
        region_id=entry.region_id,
    )  # fmt: skip
    return entry


@transaction.atomic
def void_entry(*, by: User, kind: Kind, public_id: UUID, reason: str) -> None:
    """The record taken out of all lists as a mistake, with the reason; it stays in the database and the trail."""
    entry = lock_entry(by, kind, public_id)
    check_open(entry)
    if not reason.strip():
        raise DetailsError(_("Tulis mengapa catatan ini dihapus; alasan itu disimpan dalam jejak kerja."))
    entry.voided_at, entry.void_reason = timezone.now(), reason.strip()[:300]
    entry.save()
    record_event(
        by=by, action="partners.voided", object_kind=kind.lower(), object_id=public_id, reason=reason.strip(),
        region_id=entry.region_id,
    )  # fmt: skip


def check_right(by: User, region_id: int, details: Details) -> None:
    """Raises NotYoursError unless the user may write these details in the region."""
    if not isinstance(details, ContributionDetails):
        check_manage(by, region_id)
    elif not may_write_for(find_reach(by), details.institution_id, region_id):
        raise refuse()


def check_whole(details: Details, region: Region) -> None:
    """Raises DetailsError for what is missing, contradictory, or not there to be named."""
    check_details(details, today=timezone.localdate())
    check_institutions(details)
    document = getattr(details, "document_id", None)
    if document and not list_documents(ids=[document], spans=[region.span]):
        raise DetailsError(_("Dokumen itu tidak ada di wilayah ini. Unggah dahulu di Dokumen, lalu pilih."))
    if isinstance(details, ResearchDetails) and details.indicator and details.indicator not in list_indicators():
        raise DetailsError(_("Indikator itu tidak ada dalam daftar. Pilih indikator dari daftar."))
    if isinstance(details, CsrDetails):
        span = region.span
        held = Region.objects.filter(pk__in=details.places, pk__gte=span.low, pk__lte=span.high)
        if held.count() != len(set(details.places)):
            raise DetailsError(_("Ada lokasi di luar wilayah pencatat. Pilih lokasi di dalam wilayah itu."))


def check_institutions(details: Details) -> None:
    """Raises DetailsError when an institution is not there, or of a kind that cannot stand there."""
    many: tuple[int, ...] = ()
    kinds: tuple[str, ...] | None = None
    match details:
        case AgreementDetails():
            many = details.parties
        case CsrDetails():
            many, kinds = (details.partner_id,), CSR_KINDS
        case ResearchDetails():
            many = (details.lead_id, *details.institutions)
        case ContributionDetails():
            many, kinds = (details.institution_id,), PARTNER_KINDS
    found = Institution.objects.filter(pk__in=many)
    if kinds:
        found = found.filter(kind__in=kinds)
    if found.count() != len(set(many)):
        raise DetailsError(_("Lembaga itu tidak ada dalam daftar, atau jenisnya tidak sesuai. Pilih dari daftar."))


def split_links(kind: Kind, details: Details) -> tuple[dict[str, Any], dict[str, set[int]]]:
    """The details as fields and as sets of linked numbers."""
    values = asdict(details)
    links = {name: set(values.pop(name)) for name in LINKED.get(kind, ())}
    texts = {name: value.strip() for name, value in values.items() if isinstance(value, str)}
    return {**values, **texts}, links


def insert(entry: Entry) -> Any:
    """The saved record; TakenError when a key says that the same is there."""
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        raise TakenError(_("Catatan yang sama sudah ada. Buka daftarnya dan ubah yang ada.")) from error
    return entry


def tell(details: Details) -> dict[str, Any]:
    """What the trail keeps: codes, days and numbers, no free text."""
    kept: dict[str, Any] = {}
    for name, value in asdict(details).items():
        if isinstance(value, date):
            kept[name] = value.isoformat()
        elif isinstance(value, Enum | int):
            kept[name] = value
    return kept
