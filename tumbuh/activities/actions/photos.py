"""Photos of an activity: drawn anew when they come, taken out again with a reason."""

from hashlib import sha256
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User, acting_for_scope
from tumbuh.activities.actions.gates import lock_activity
from tumbuh.activities.actions.reviews import check_open
from tumbuh.activities.errors import PhotoError
from tumbuh.activities.models import Photo
from tumbuh.audit.api import record_event
from tumbuh.lib.photos import NoPictureError, redraw_photo

MOST_BYTES = 12_000_000
MOST_PHOTOS = 20


@transaction.atomic
def add_photo(*, by: User, public_id: UUID, data: bytes, caption: str) -> Photo:
    """The photo as it is kept; the same file once more gives the one that is there. Raises PhotoError."""
    activity, scope = lock_activity(by, public_id)
    check_open(activity)
    if not caption.strip():
        raise PhotoError(_("Keterangan foto belum ditulis. Tulis apa yang terlihat, tanpa nama orang."))
    digest = sha256(data).hexdigest()
    with acting_for_scope(scope):
        if found := activity.photos.filter(sha256=digest).first():
            return found
        if activity.photos.count() >= MOST_PHOTOS:
            raise PhotoError(_("Kegiatan ini sudah punya 20 foto. Hapus satu dahulu bila foto ini lebih penting."))
        picture = draw(data)
        photo = Photo(
            activity=activity, caption=caption.strip()[:200], width=picture.width, height=picture.height,
            sha256=digest, added_by=by,
        )  # fmt: skip
        photo.image.save(f"{uuid4()}.jpg", ContentFile(picture.data), save=True)
    record_event(
        by=by, action="activities.photo_added", object_kind="activity", object_id=public_id,
        after={"photo": str(photo.public_id)}, region_id=activity.region_id,
    )  # fmt: skip
    return photo


def draw(data: bytes):
    """The picture drawn anew; raises PhotoError when the file is too large or no photo."""
    if len(data) > MOST_BYTES:
        raise PhotoError(_("Foto lebih dari 12 MB. Perkecil ukurannya, lalu unggah lagi."))
    try:
        return redraw_photo(data)
    except NoPictureError as error:
        raise PhotoError(_("Berkas ini bukan foto yang dapat dibaca. Unggah foto JPEG, PNG, atau WebP.")) from error


@transaction.atomic
def remove_photo(*, by: User, public_id: UUID, photo_id: UUID, reason: str) -> None:
    """The photo and its file are gone; when it was gone already, nothing happens."""
    activity, scope = lock_activity(by, public_id)
    check_open(activity)
    if not reason.strip():
        raise PhotoError(_("Alasan belum ditulis. Tulis mengapa foto ini dihapus."))
    with acting_for_scope(scope):
        photo = activity.photos.filter(public_id=photo_id).first()
        if photo is None:
            return
        storage, name = photo.image.storage, photo.image.name
        photo.delete()
    record_event(
        by=by, action="activities.photo_removed", object_kind="activity", object_id=public_id,
        before={"photo": str(photo_id)}, reason=reason.strip(), region_id=activity.region_id,
    )  # fmt: skip
    transaction.on_commit(lambda: storage.delete(name))
