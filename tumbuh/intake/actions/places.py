"""The desa that rows can name, and the posyandu and puskesmas that they bring."""

from uuid import UUID

from django.db import connection

from tumbuh.audit.api import Actor
from tumbuh.intake.eppgbm.api import DesaIndex, Place, build_index
from tumbuh.regions.api import Facility, Kind, Level, Region, ensure_facilities, fold_name, list_regions

POSYANDU = """
SELECT DISTINCT desa_id, posyandu FROM intake_row WHERE owner_id = %s AND outcome <> 'refused' AND posyandu <> ''
    AND desa_id IS NOT NULL
"""
TABLE = """
DROP TABLE IF EXISTS intake_posyandu;
CREATE TEMPORARY TABLE intake_posyandu (desa_id bigint, name text, facility_id bigint) ON COMMIT DROP
"""


def load_index() -> DesaIndex:
    """All active desa with the names of what lies above them."""
    regions: dict[int, Region] = {region.pk: region for region in list_regions()}
    places = []
    for region in regions.values():
        if region.level == Level.DESA:
            kecamatan = regions[region.parent_id]
            kabupaten = regions[kecamatan.parent_id]
            provinsi = regions[kabupaten.parent_id]
            places.append(
                Place(region.pk, region.name, Kind(region.kind).label, kecamatan.name, kabupaten.name, provinsi.name)
            )
    return build_index(places)


def stage_posyandu(by: Actor, import_id: UUID) -> None:
    """Make the posyandu that the rows name, and the table intake_posyandu (desa, name as written, facility)."""
    with connection.cursor() as cursor:
        cursor.execute(POSYANDU, [import_id])
        named: list[tuple[int, str]] = cursor.fetchall()
        wanted: dict[int, list[str]] = {}
        for desa_id, name in named:
            wanted.setdefault(desa_id, []).append(name)
        facilities = ensure_facilities(by=by, kind=Facility.FacilityKind.POSYANDU, names_by_region=wanted)
        cursor.execute(TABLE)
        with cursor.copy("COPY intake_posyandu FROM STDIN") as copy:
            for desa_id, name in named:
                facility = facilities.get((desa_id, fold_name(name)))
                if facility:
                    copy.write_row((desa_id, name, facility.pk))
        cursor.execute("CREATE INDEX ON intake_posyandu (desa_id, name); ANALYZE intake_posyandu")
