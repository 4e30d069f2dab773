"""Posyandu and puskesmas."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.models import Facility
from tumbuh.regions.rules import find_enclosing, fold_name

NAME_LENGTH = 100


@transaction.atomic
def ensure_facilities(
    *, by: Actor, kind: Facility.FacilityKind, names_by_region: Mapping[int, Iterable[str]]
) -> dict[tuple[int, str], Facility]:
    """(region id, folded name) → facility for every name given; those that are not there yet are made.

    Names are the same when their folded forms are (“MELATI 1” = “Melati  1”); empty names are left out. Two queries
    whatever the number, one event when something was made. Fold with `fold_name` to look a facility up.
    """
    wanted: dict[tuple[int, str], str] = {}
    for region_id, names in names_by_region.items():
        for name in names:
            clean = " ".join(name.split())[:NAME_LENGTH].strip()
            if fold_name(clean):
                wanted.setdefault((region_id, fold_name(clean)), clean)
    found = find_all(kind, names_by_region)
    missing = [Facility(kind=kind, name=name, region_id=key[0]) for key, name in wanted.items() if key not in found]
    if missing:
        Facility.objects.bulk_create(missing, ignore_conflicts=True, batch_size=2000)
        found = find_all(kind, names_by_region)  # also those that somebody else made meanwhile
        record_event(
            by=by, action="regions.add_facilities", object_kind="Facility", object_id="*",
            after={"kind": str(kind), "count": len(missing)},
            region_id=find_enclosing(new.region_id for new in missing),
        )  # fmt: skip
    return {key: found[key] for key in wanted}


def find_all(kind: str, regions: Iterable[int]) -> dict[tuple[int, str], Facility]:
    """All facilities of a kind in some regions by region and folded name; the oldest of several stands."""
    stored = Facility.objects.filter(kind=kind, region_id__in=list(regions)).order_by("-pk")
    return {(facility.region_id, fold_name(facility.name)): facility for facility in stored}
