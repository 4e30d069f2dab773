"""Activities planned and held, with everything that their kind asks for."""

from datetime import date, timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image

from tests.factories.accounts import make_user
from tumbuh.activities.api import (
    Attendee,
    Plan,
    Record,
    Sex,
    Task,
    get_kind,
    plan_activity,
    record_held,
)

DESA = "91.01.01.2001"
YESTERDAY = timedelta(days=-1)


def make_plan(kind: str = "REMBUK_STUNTING", *, after: timedelta = YESTERDAY, **changes) -> Plan:
    """A plan that begins so long after now, on the whole hour, and takes three."""
    starts_at = (timezone.now() + after).replace(minute=0, second=0, microsecond=0)
    values = {
        "kind": kind, "title": "Rembuk stunting 2026", "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3), "place": "Balai desa", "organiser": "Pemerintah desa",
        "agenda": get_kind(kind).agenda, **changes,
    }  # fmt: skip
    return Plan(**values)


def make_people(number: int = 6) -> tuple[Attendee, ...]:
    """Men and women in turn, beginning with a woman."""
    return tuple(Attendee(f"Peserta {count}", "PKK", Sex.MALE if count % 2 else Sex.FEMALE) for count in range(number))


def make_record(kind: str = "REMBUK_STUNTING", **changes) -> Record:
    """What the kind asks for, and one follow-up."""
    values = {
        "people": make_people(),
        "sections": {section.key: f"Isi {section.key}" for section in get_kind(kind).sections},
        "decisions": ("Dana desa untuk PMT disepakati",),
        "tasks": (Task("Menyusun RAB PMT", owner_name="Sekretaris desa", due_on=date(2030, 1, 31)),),
        **changes,
    }
    return Record(**values)


def make_held(user, region, kind: str = "REMBUK_STUNTING", **changes):
    """An activity of that kind, planned and held."""
    planned = plan_activity(by=user, region=region, plan=make_plan(kind, **changes))
    return record_held(by=user, public_id=planned.public_id, record=make_record(kind))


def make_staff(regions) -> dict[str, object]:
    """Those who hold, review and watch activities in kabupaten 91.01."""
    places = {
        "DESA_OPERATOR": DESA, "KECAMATAN_VERIFIER": "91.01.01", "KABUPATEN_VERIFIER": "91.01",
        "KABUPATEN_ANALYST": "91.01", "PROVINSI_ADMIN": "91", "PROVINSI_VERIFIER": "91", "ANALYST": "91",
    }  # fmt: skip
    return {role: make_user(role.lower(), role=role, region=regions[place]) for role, place in places.items()}


def make_photo(size: tuple[int, int] = (80, 60), *, place: bool = True) -> bytes:
    """A JPEG; with a place and a device written into it unless told otherwise."""
    image = Image.new("RGB", size, (20, 120, 80))
    exif = Image.Exif()
    if place:
        exif[0x010F] = "KAMERA-RAHASIA"
        exif.get_ifd(0x8825)[2] = (3.0, 47.0, 0.0)
    target = BytesIO()
    image.save(target, "JPEG", exif=exif)
    return target.getvalue()
