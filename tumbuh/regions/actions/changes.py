"""Codes that take the place of others, as when a region splits, joins or moves."""

from datetime import date

from django.db import transaction

from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.errors import RegionError, UnknownRegionError
from tumbuh.regions.models import Region, RegionChange
from tumbuh.regions.rules import find_enclosing


@transaction.atomic
def record_change(
    *, by: Actor, predecessor_code: str, successor_code: str, changed_on: date, legal_basis: str
) -> RegionChange:
    """Note that one region took another's place on a day; the same change again is the same record.

    The successor's validity begins that day; a predecessor that is no longer active ends then.
    UnknownRegionError for codes that are not stored, RegionError for a region that would follow itself.
    """
    codes = (predecessor_code, successor_code)
    found = {region.code: region for region in Region.objects.select_for_update().filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise UnknownRegionError(
                f"Wilayah {code} belum dimuat. Muat daftar wilayah dahulu, lalu catat perubahannya."
            )
    predecessor, successor = found[predecessor_code], found[successor_code]
    if predecessor == successor or predecessor.level != successor.level:
        raise RegionError("Wilayah pengganti harus wilayah lain pada tingkat yang sama. Periksa kedua kodenya.")
    change, created = RegionChange.objects.get_or_create(
        predecessor=predecessor,
        successor=successor,
        defaults={"changed_on": changed_on, "legal_basis": legal_basis},
    )
    if created:
        Region.objects.filter(pk=successor.pk).update(valid_from=changed_on)
        Region.objects.filter(pk=predecessor.pk, is_active=False).update(valid_to=changed_on)
        after = {"successor": successor.code, "changed_on": changed_on.isoformat(), "legal_basis": legal_basis}
        record_event(
            by=by, action="regions.change", object_kind="Region", object_id=predecessor.code, after=after,
            region_id=find_enclosing([predecessor.pk, successor.pk]),
        )  # fmt: skip
    return change
