"""The regions and facilities of the made-up province, and its visits as rows for the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tumbuh.audit.api import Actor
from tumbuh.engines.linkage.api import fold_name as fold_person_name
from tumbuh.intake.demo.curves import read_curves
from tumbuh.intake.demo.population import Children, Desa, Plan, make_children
from tumbuh.intake.demo.visits import STANDING, Visits, make_visits
from tumbuh.records.api import encrypt_nik, index_nik
from tumbuh.regions.api import Facility, Kind, Level, Region, ensure_facilities, fold_name, list_regions

POSYANDUS = ("Melati", "Mawar", "Anggrek", "Kenanga", "Flamboyan", "Dahlia")


@dataclass(frozen=True)
class Province:
    """Everything made up for one plan: regions by position, children, visits, posyandu keys by desa and number."""

    plan: Plan
    regions: list[Region]
    children: Children
    visits: Visits

    @property
    def region_ids(self) -> np.ndarray:
        return np.array([region.pk for region in self.regions])


def make_province(plan: Plan, province_code: str) -> Province:
    """The province of a plan in the loaded regions; the same for the same seed and region list."""
    regions = list(list_regions(within=province_code, level=Level.DESA).select_related("parent__parent__parent"))
    desas = [Desa(region.pk, region.kind == Kind.KELURAHAN) for region in regions]
    children = make_children(plan, desas)
    return Province(plan, regions, children, make_visits(plan, children, read_curves()))


def make_facilities(*, by: Actor, province: Province) -> dict[tuple[int, int], int]:
    """Puskesmas of every kecamatan and posyandu of every desa; (desa id, number) → key of the posyandu."""
    kecamatan = {region.parent_id: [f"Puskesmas {region.parent.name}"] for region in province.regions}
    ensure_facilities(by=by, kind=Facility.FacilityKind.PUSKESMAS, names_by_region=kecamatan)
    numbers: dict[int, int] = {}
    for desa, number in zip(province.children.desa.tolist(), province.children.posyandu.tolist(), strict=True):
        numbers[desa] = max(numbers.get(desa, 0), number + 1)
    wanted = {province.regions[desa].pk: POSYANDUS[:count] for desa, count in numbers.items()}
    made = ensure_facilities(by=by, kind=Facility.FacilityKind.POSYANDU, names_by_region=wanted)
    return {
        (region_id, number): made[region_id, fold_name(name)].pk
        for region_id, names in wanted.items()
        for number, name in enumerate(names)
    }


def list_rows(
    province: Province, which: np.ndarray, posyandus: dict[tuple[int, int], int]
) -> Iterator[tuple[Any, ...]]:
    """Chosen visits (positions) as rows of the register's staging table, in the order of its COLUMNS."""
    children, visits = province.children, province.visits
    homes = children.homes
    identity: dict[int, tuple[Any, ...]] = {}
    columns = (visits.weight_kg, visits.lenhei_cm, visits.mode, visits.head_cm, visits.muac_cm, visits.measured_on)
    picked = [column[which].tolist() for column in columns]
    for row, (child, weight, lenhei, mode, head, muac, day) in enumerate(
        zip(visits.child[which].tolist(), *picked, strict=True), start=1
    ):
        if child not in identity:
            identity[child] = describe_child(province, children, child, posyandus)
        measures = (weight, none_if_nan(lenhei), "H" if mode == STANDING else "L", none_if_nan(head), none_if_nan(muac))
        home = (None, None, homes.addresses[child], homes.rts[child], homes.rws[child])
        yield (row, *identity[child], day, *measures, False, "", None, None, *home)


def none_if_nan(value: float) -> float | None:
    return None if value != value else value


def describe_child(
    province: Province, children: Children, child: int, posyandus: dict[tuple[int, int], int]
) -> tuple[Any, ...]:
    """The child's part of a row, from desa to birth length."""
    region_id, nik, name = province.regions[children.desa[child]].pk, children.niks[child], children.names[child]
    return (
        region_id,
        posyandus[region_id, int(children.posyandu[child])],
        name,
        fold_person_name(name),
        "F" if children.is_girl[child] else "M",
        children.born[child].item(),
        children.mothers[child],
        encrypt_nik(nik) if nik else None,
        index_nik(nik) if nik else None,
        "VALID" if nik else "MISSING",
        None,
        None,
    )
