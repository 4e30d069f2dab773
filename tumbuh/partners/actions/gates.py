"""Before every write: may the user do it, and is the record still open?"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tumbuh.accounts.api import Institution, User
from tumbuh.partners.errors import ClosedError, NotYoursError
from tumbuh.partners.models import Contribution, Entry, PartnerReport
from tumbuh.partners.queries.reach import MODELS, Reach, find_reach
from tumbuh.partners.rules import ITEM, Kind
from tumbuh.verification.api import is_locked


def refuse() -> NotYoursError:
    """What whoever has no right is told."""
    return NotYoursError(_("Catatan mitra itu tidak ada di wilayah kerja Anda. Periksa wilayah atau peran Anda."))


def check_manage(by: User, region_id: int) -> Reach:
    """Raises NotYoursError unless the user manages partnerships in the region."""
    reach = find_reach(by)
    if not reach.manages.contains(region_id):
        raise refuse()
    return reach


def may_write_for(reach: Reach, institution: int, region_id: int) -> bool:
    """Contributions: of the regions that one manages, and one's own institution's within the regions of the role."""
    own = reach.own.get(institution)
    return reach.manages.contains(region_id) or bool(own and own.contains(region_id))


def may_report_for(reach: Reach, institution: Institution) -> bool:
    """Reports: of institutions of the regions that one manages, and of one's own."""
    return reach.manages.contains(institution.region_id) or institution.pk in reach.own


def may_write(reach: Reach, entry: Entry) -> bool:
    """Whether the record is the viewer's to change, whatever its state."""
    match entry:
        case Contribution():
            return may_write_for(reach, entry.institution_id, entry.region_id)
        case PartnerReport():
            return may_report_for(reach, entry.institution)
    return reach.manages.contains(entry.region_id)


def lock_entry(by: User, kind: Kind, public_id: UUID) -> Any:
    """The record, kept from others until the transaction ends; absent and not yours are the same NotYoursError."""
    held = MODELS[kind].objects.select_for_update(of=("self",)).select_related("region")
    if kind == Kind.REPORT:
        held = held.select_related("region", "institution")
    found = held.filter(public_id=public_id, voided_at__isnull=True).first()
    if found is None or not may_write(find_reach(by), found):
        raise refuse()
    return found


def check_open(entry: Entry) -> None:
    """Raises ClosedError when the record waits for its review or was verified."""
    if is_locked(ITEM, entry.public_id):
        raise ClosedError(
            _(
                "Catatan ini sedang diperiksa atau sudah terverifikasi, maka isinya tidak dapat diubah. "
                "Tarik kembali pengajuannya, atau minta pemeriksa mengembalikannya."
            )
        )


def add_writer(writers: Iterable[int], by: User) -> list[int]:
    """All who wrote in the record: none of them reviews it."""
    return sorted({*writers, by.pk})
