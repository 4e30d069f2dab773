"""Taking in outlines of regions, and preparing them for drawing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from tumbuh.audit.api import Actor, record_event
from tumbuh.lib.geo import Outline, find_label_place, make_frame, make_path, project, simplify_together
from tumbuh.lib.geojson import MOST_POINTS, GeometryError, count_points, read_outline, to_geometry
from tumbuh.regions.errors import RegionError, RegionFileError
from tumbuh.regions.models import Boundary, MapSheet, Region
from tumbuh.regions.rules import Level, Problem, RegionCodeError, find_enclosing, get_number, get_parent_code

SHEET_UNITS = 600  # the longer side, about the pixels of a large screen's map
TOLERANCE = 0.7
SMALLEST_AREA = 3.0  # square units: islets of less than two by two pixels are left out
Feature = tuple[int, dict[str, Any], Any]


@dataclass
class BoundaryReport:
    """Outlines stored, regions of the file that are not loaded, and map sheets prepared."""

    loaded: int = 0
    unknown: list[str] = field(default_factory=list)
    sheets: int = 0


@transaction.atomic
def load_boundaries(*, by: Actor, features: Iterable[Feature], code_property: str, source: str) -> BoundaryReport:
    """Store the outlines of the regions that the features name in `code_property`; codes without dots are understood.

    Codes that are not loaded are reported, not refused. RegionFileError names every feature with a missing or doubled
    code or a wrong geometry; then nothing is written. The map sheets that show a new outline are prepared anew.
    """
    outlines = read_outlines(features, code_property)
    ids = dict(Region.objects.filter(code__in=outlines).values_list("code", "id"))
    if not ids:
        raise RegionError("Tidak satu pun wilayah dalam berkas ini sudah dimuat. Muat daftar wilayah dahulu.")
    boundaries = [
        Boundary(region_id=number, geometry=to_geometry(outlines[code]), source=source) for code, number in ids.items()
    ]
    Boundary.objects.bulk_create(
        boundaries,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["geometry", "source", "loaded_at"],
    )
    sheets = prepare_sheets(ids)
    report = BoundaryReport(len(ids), sorted(set(outlines) - set(ids)), sheets)
    after = {"loaded": report.loaded, "unknown": len(report.unknown), "source": source}
    record_event(
        by=by, action="regions.boundaries", object_kind="Boundary", object_id="*", after=after,
        region_id=find_enclosing(ids.values()),
    )  # fmt: skip
    return report


def read_outlines(features: Iterable[Feature], code_property: str) -> dict[str, Outline]:
    """Code → checked outline; RegionFileError names the features that are wrong."""
    outlines: dict[str, Outline] = {}
    problems, points = [], 0
    for number, properties, geometry in features:
        value = properties.get(code_property)
        if value is None:
            names = ", ".join(sorted(properties)) or "tidak ada"
            problems.append(f"Fitur ke-{number}: properti “{code_property}” tidak ada. Properti yang ada: {names}.")
            continue
        try:
            code = read_code(str(value))
            outline = read_outline(geometry)
        except RegionCodeError as error:
            problems.append(f"Fitur ke-{number}: {error}")
            continue
        except GeometryError as error:
            problems.append(f"Fitur ke-{number} (wilayah {value}): {error}.")
            continue
        if code in outlines:
            problems.append(
                f"Fitur ke-{number}: wilayah {code} ada dua kali. Gabungkan poligonnya menjadi MultiPolygon."
            )
        outlines[code] = outline
        points += count_points(outline)
    if points > MOST_POINTS:
        problems.append(
            f"Batas wilayah terlalu rinci: {points} titik, paling banyak {MOST_POINTS}. Sederhanakan dahulu."
        )
    if problems:
        raise RegionFileError([Problem(None, problem) for problem in problems])
    return outlines


def read_code(text: str) -> str:
    """A dotted code, also when it was written without dots: 1701012001 → 17.01.01.2001."""
    digits = text.strip()
    if digits.isdigit() and len(digits) in (2, 4, 6, 10):
        digits = ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)
    get_number(digits)
    return digits


def prepare_sheets(codes: Iterable[str]) -> int:
    """Draw the sheets anew on which these regions appear; returns how many. Part of an action's transaction."""
    wanted = {(above, code.count(".") + 1) for code in codes for above in list_sheet_owners(code)}
    return sum(prepare_sheet(above, level) for above, level in sorted(wanted))


def list_sheet_owners(code: str) -> list[str]:
    """On whose map a region is drawn: its parent's, and a kecamatan also on the whole province's."""
    parent = get_parent_code(code)
    if parent is None:
        return []
    return [parent, parent[:2]] if parent.count(".") + 2 == Level.KECAMATAN else [parent]


def prepare_sheet(code: str, level: int) -> bool:
    """Simplify the outlines of one level within a region and keep their paths; False when there are none."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        return False
    low, high = region.span
    stored = Boundary.objects.filter(
        region_id__gte=low, region_id__lte=high, region__level=level, region__is_active=True
    )
    outlines, sources = {}, {}
    for name, geometry, source in stored.values_list("region__code", "geometry", "source"):
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        outlines[name] = [[[(x, y) for x, y in ring] for ring in polygon] for polygon in polygons]
        sources[source] = None
    if not outlines:
        return False
    frame = make_frame(outlines.values(), SHEET_UNITS)
    plane = simplify_together(
        {name: project(outline, frame) for name, outline in outlines.items()}, TOLERANCE, SMALLEST_AREA
    )
    shapes = {name: [make_path(outline), *(round(value, 1) for value in find_label_place(outline))]
              for name, outline in sorted(plane.items())}  # fmt: skip
    MapSheet.objects.update_or_create(
        region=region,
        level=level,
        defaults={
            "width": round(frame.width, 1),
            "height": round(frame.height, 1),
            "shapes": shapes,
            "source": "; ".join(sources)[:300],
        },
    )
    return True
