"""Making the made-up province: most of it in bulk, the last month of a few kecamatan left for the front door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from tumbuh.accounts.api import User
from tumbuh.audit.api import Actor, record_event
from tumbuh.indicators.api import rebuild
from tumbuh.intake.demo.accounts import make_accounts, tie_institutions
from tumbuh.intake.demo.errors import DemoError
from tumbuh.intake.demo.front_door import import_some, list_kecamatan, write_workbooks
from tumbuh.intake.demo.lives import has_lives, make_lives
from tumbuh.intake.demo.packages import has_packages, list_months, make_packages, make_service_packages
from tumbuh.intake.demo.population import Plan
from tumbuh.intake.demo.province import Province, list_rows, make_facilities, make_province
from tumbuh.intake.models import Import
from tumbuh.records.api import SourceBatch, create_batch, register_since, save_measurements
from tumbuh.regions.api import Level, Region, find_enclosing, get_region, list_regions

KIND = "DEMO"
NAME = "Data contoh (orang rekaan)"
MONTHS = 12
FRONT_DOOR_KECAMATAN = 3
IMPORTER = "analis.kabupaten"
# After so much at once the server looks at its tables, instead of some time later.
LOOK = """ANALYZE records_household, records_person, records_measurement, indicators_cell, intake_row,
    records_pregnancy, records_servicereceived, records_statement, records_healthcheck, indicators_servicecell,
    verification_package, verification_step"""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """What was made: whether it was there already, children, measurements."""

    was_there: bool
    children: int = 0
    measurements: int = 0

    @property
    def summary(self) -> str:
        if self.was_there:
            return "Provinsi contoh sudah ada; tidak ada yang diubah."
        return f"Provinsi contoh dibuat: {self.children} anak, {self.measurements} pengukuran (orang rekaan)."


def find_batch() -> SourceBatch | None:
    return SourceBatch.objects.filter(kind=KIND).first()


def count_imports(user: User) -> int:
    """How many imports the user has made."""
    return Import.objects.filter(by=user).count()


def choose_plan(children: int, today: date) -> Plan:
    """Twelve months up to and including the last full month before today."""
    month = today.year * 12 + today.month - 1 - MONTHS
    return Plan(children=children, first_month=date(month // 12, month % 12 + 1, 1), months=MONTHS)


def get_province(code: str | None) -> Region:
    """The named province, or the only one loaded."""
    if code:
        return get_region(code)
    loaded = list(list_regions(level=Level.PROVINSI)[:2])
    if len(loaded) != 1:
        raise DemoError(
            "Pilih provinsinya dengan --province KODE: "
            + ("belum ada wilayah." if not loaded else "ada lebih dari satu.")
        )
    return loaded[0]


def is_for_front_door(province: Province) -> np.ndarray:
    """Which visits are left out of the bulk: the last month of those kecamatan."""
    parents = np.array([region.parent_id for region in province.regions])
    at_door = np.isin(parents, list_kecamatan(province)[:FRONT_DOOR_KECAMATAN])[
        province.children.desa[province.visits.child]
    ]
    return at_door & (province.visits.month == province.plan.months - 1)


@transaction.atomic
def fill_register(*, by: Actor, province: Province, say: Say) -> Made:
    """The bulk of the province in one transaction, kabupaten by kabupaten: all or nothing."""
    batch = create_batch(by=by, kind=KIND, name=NAME)
    posyandus = make_facilities(by=by, province=province)
    kabupaten = (province.region_ids // 10**6)[province.children.desa[province.visits.child]]
    in_bulk = ~is_for_front_door(province)
    children = measurements = 0
    for number in np.unique(kabupaten):
        which = np.flatnonzero((kabupaten == number) & in_bulk)
        saved = save_measurements(by=by, batch=batch, rows=list_rows(province, which, posyandus), is_synthetic=True)
        children, measurements = children + saved.children_new, measurements + saved.measurements_new
        say(f"{measurements} pengukuran, {children} anak")
    register_since(by=by, batch=batch, day=province.plan.first_month)
    record_event(by=by, action="intake.demo.made", object_kind="batch", object_id=batch.pk,
                 after={"children": children, "measurements": measurements},
                 region_id=find_enclosing(province.region_ids.tolist()))  # fmt: skip
    return Made(False, children, measurements)


@transaction.atomic
def fill_lives(*, by: Actor, province: Province, say: Say) -> None:
    """Families and services around the children of the register, and the indicators of all of it: all or nothing."""
    say("mengarang keluarga dan layanan")
    batch = find_batch()
    assert batch is not None
    numbers = sorted({number // 10**6 for number in province.region_ids.tolist()})
    spans = [(number * 10**6, number * 10**6 + 10**6 - 1) for number in numbers]
    make_lives(by=by, children=batch, months=list_months(province), spans=spans, say=say)
    say("menghitung indikator")
    rebuild()


def make_demo(*, by: Actor, children: int, province_code: str | None, folder: Path, say: Say) -> Made:
    """Accounts, register and a few imports of the made-up province; what is there already stays as it is.

    `folder` gets workbooks of the last month to try the import with. Killed in the middle, it goes on where it was.
    """
    region = get_province(province_code)
    plan = choose_plan(children, timezone.localdate())
    with transaction.atomic():
        users = make_accounts(by=by, province=region, since=plan.first_month)
    made = Made(was_there=find_batch() is not None)
    if made.was_there:  # one of last week may lack an institution that the list of accounts names today
        tie_institutions(by=by, province=region, users=users)
    if made.was_there and count_imports(users[IMPORTER]) >= FRONT_DOOR_KECAMATAN and has_packages() and has_lives():
        return made
    say("mengarang anak dan kunjungan")
    province = make_province(plan, region.code)
    if not made.was_there:
        made = fill_register(by=by, province=province, say=say)
        tie_institutions(by=by, province=region, users=users)
    if not has_lives():
        fill_lives(by=by, province=province, say=say)
    say(f"menulis berkas contoh ke {folder}")
    written = write_workbooks(province, folder)
    paths = [written[kecamatan] for kecamatan in list_kecamatan(province)[:FRONT_DOOR_KECAMATAN]]
    import_some(by=users[IMPORTER], paths=paths, say=say)
    packages = make_packages(by=by, users=users, province=province)
    packages += make_service_packages(by=by, users=users, province=province)
    say(f"{packages} paket verifikasi")
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
    return made
