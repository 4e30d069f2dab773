"""Loading the list of institutions and adding those that no list has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tumbuh.accounts.errors import InstitutionError, NotGrantableError, TakenError
from tumbuh.accounts.models import Institution, User
from tumbuh.accounts.queries.users import get_scope
from tumbuh.accounts.rules import ADDED_KINDS, MANAGE_ACCOUNTS, InstitutionKind
from tumbuh.accounts.sources.institutions import Listed, list_listed
from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.api import Facility, Region, list_facilities, list_regions

FIELDS = ("name", "short_name", "aliases", "kind", "valid_from", "valid_to")
FIRST_DAY = date(2025, 1, 1)


@dataclass(frozen=True)
class Loaded:
    """How many institutions a loading added and changed, and how many it found as they are."""

    added: int
    changed: int
    same: int


@transaction.atomic
def load_institutions(*, by: Actor, province: str) -> Loaded:
    """Every institution of the list for every region of the province, and its puskesmas; nothing is ever deleted.

    Saying it again changes nothing and leaves no trace.
    """
    wanted = {(one.region_id, one.code): one for one in list_wanted(list_listed(), province)}
    there = {(one.region_id, one.code): one for one in Institution.objects.filter(region_id__in={k[0] for k in wanted})}
    new = [one for key, one in wanted.items() if key not in there]
    changed = [there[key] for key, one in wanted.items() if key in there and take_over(there[key], one)]
    if new or changed:
        Institution.objects.bulk_create(new, batch_size=2000)
        Institution.objects.bulk_update(changed, FIELDS, batch_size=500)
        after = {"province": province, "added": len(new), "changed": len(changed)}
        record_event(
            by=by, action="accounts.institutions.loaded", object_kind="region", object_id=province, after=after
        )
    return Loaded(len(new), len(changed), len(wanted) - len(new) - len(changed))


def list_wanted(listed: Iterable[Listed], province: str) -> Iterable[Institution]:
    """What should be there, unsaved."""
    entries = list(listed)
    for region in list_regions(within=province):
        for entry in entries:
            if entry.fits(region):
                yield Institution(
                    code=entry.code, name=entry.name_for(region), short_name=entry.short_name,
                    aliases=list(entry.aliases), kind=entry.kind, region=region, valid_from=entry.valid_from,
                    valid_to=entry.valid_to,
                )  # fmt: skip
    for facility in list_facilities(within=province, kind=Facility.FacilityKind.PUSKESMAS).select_related("region"):
        code = slugify(facility.name)[:80]
        kind, name = InstitutionKind.PUSKESMAS, facility.name
        yield Institution(code=code, name=name, kind=kind, region=facility.region, valid_from=FIRST_DAY)


def take_over(held: Institution, wanted: Institution) -> bool:
    """Give the held one what the wanted one says; whether that changed anything."""
    differs = any(getattr(held, field) != getattr(wanted, field) for field in FIELDS)
    for field in FIELDS:
        setattr(held, field, getattr(wanted, field))
    return differs


@transaction.atomic
def add_institution(*, by: User, name: str, kind: str, region: Region, short_name: str = "") -> Institution:
    """A puskesmas or partner that no list has, in a region whose accounts `by` manages; TakenError when it is there."""
    if not get_scope(by, MANAGE_ACCOUNTS).contains(region.pk):
        raise NotGrantableError(_("Wilayah itu di luar wilayah Anda. Pilih wilayah Anda sendiri atau di bawahnya."))
    code = slugify(name)[:80]
    if kind not in ADDED_KINDS or not code:
        raise InstitutionError(_("Instansi jenis itu berasal dari daftar dan tidak ditambahkan satu per satu."))
    made, is_new = Institution.objects.get_or_create(
        region=region, code=code,
        defaults={"name": name, "short_name": short_name, "kind": kind, "valid_from": timezone.localdate()},
    )  # fmt: skip
    if not is_new:
        raise TakenError(_("Instansi bernama itu sudah ada di wilayah tersebut. Pilih dari daftar."))
    record_event(
        by=by, action="accounts.institution.added", object_kind="institution", object_id=made.pk,
        after={"name": name, "kind": kind}, region_id=region.pk,
    )  # fmt: skip
    return made
