"""Units that the province counts although Kemendagri gives them no code."""

from django.db import transaction

from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.errors import RegionError, UnknownRegionError
from tumbuh.regions.models import Region
from tumbuh.regions.rules import Kind, Level, fold_name, get_number

FIRST_LOCAL, LAST_LOCAL = 9001, 9999


@transaction.atomic
def add_local_region(*, by: Actor, parent_code: str, name: str, kind: Kind = Kind.UPT, legal_basis: str = "") -> Region:
    """A new unit of desa level below a kecamatan, flagged `is_local`, with the next code from 9001 up.

    UnknownRegionError when the kecamatan is not there, RegionError when a unit of that name already is.
    """
    parent = Region.objects.select_for_update().filter(code=parent_code, level=Level.KECAMATAN, is_active=True).first()
    if parent is None:
        raise UnknownRegionError(
            f"Kecamatan {parent_code} tidak ada. Tulis kode kecamatan yang aktif, misalnya 17.01.01."
        )
    siblings = list(Region.objects.filter(parent=parent))
    if fold_name(name) in {fold_name(sibling.name) for sibling in siblings}:
        raise RegionError(f"“{name}” sudah ada di kecamatan {parent.name}. Pakai wilayah yang sudah ada.")
    taken = {sibling.code for sibling in siblings}
    codes = (f"{parent.code}.{number}" for number in range(FIRST_LOCAL, LAST_LOCAL + 1))
    code = next((code for code in codes if code not in taken), None)
    if code is None:
        raise RegionError(f"Kode lokal di kecamatan {parent.name} sudah habis.")
    region = Region.objects.create(
        id=get_number(code),
        code=code,
        name=" ".join(name.split()),
        level=Level.DESA,
        kind=kind,
        parent=parent,
        legal_basis=legal_basis,
        is_local=True,
    )
    record_event(
        by=by, action="regions.add_local", object_kind="Region", object_id=code, after={"kind": str(kind)},
        region_id=region.pk,
    )  # fmt: skip
    return region
