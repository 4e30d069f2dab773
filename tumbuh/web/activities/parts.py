"""What is added on an activity's own page: photos, the reach of a campaign, surveys."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import MANAGE_ACTIVITIES
from tumbuh.activities.api import (
    ActivityError,
    Photo,
    add_photo,
    get_instrument,
    get_photo,
    list_channels,
    record_reach,
    record_survey,
    remove_photo,
)
from tumbuh.web.activities.gates import clean, get_activity_or_404, get_own_scope

MOST_BYTES = 12_000_000


def write(request: HttpRequest, activity_id: UUID, act: Callable[[], None], done: str) -> HttpResponse:
    """One action of an activity's page: done, or why not, and back to the page."""
    get_activity_or_404(request, activity_id, MANAGE_ACTIVITIES)
    try:
        act()
        messages.success(request, done)
    except ActivityError as error:
        messages.error(request, str(error))
    except ValueError:
        messages.error(request, _("Angka atau tanggal tidak dapat dibaca. Tulis angka tanpa titik, misalnya 1200."))
    return redirect("activity", activity_id)


def read_upload(file: UploadedFile | None) -> bytes:
    """The bytes of the file, no more than are looked at; empty without one."""
    return file.read(MOST_BYTES + 1) if file else b""


@login_required
@require_POST
def photo_add(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    def act() -> None:
        data, caption = read_upload(request.FILES.get("foto")), clean(request.POST).get("keterangan", "")
        add_photo(by=request.user, public_id=activity_id, data=data, caption=caption)

    return write(request, activity_id, act, _("Foto disimpan."))


@login_required
@require_POST
def photo_remove(request: HttpRequest, activity_id: UUID, photo_id: UUID) -> HttpResponse:
    def act() -> None:
        reason = clean(request.POST).get("alasan", "")
        remove_photo(by=request.user, public_id=activity_id, photo_id=photo_id, reason=reason)

    return write(request, activity_id, act, _("Foto dihapus."))


@login_required
@require_POST
def reach(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """How many people each channel reached."""

    def act() -> None:
        people = {code: int(request.POST.get(f"saluran_{code}") or 0) for code in list_channels()}
        record_reach(by=request.user, public_id=activity_id, people=people)

    return write(request, activity_id, act, _("Jangkauan disimpan."))


@login_required
@require_POST
def survey(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The counts of one wave of a survey."""

    def act() -> None:
        key = request.POST.get("instrumen", "")
        counts = {each.key: int(request.POST.get(f"jawaban_{each.key}", "")) for each in get_instrument(key).questions}
        record_survey(
            by=request.user, public_id=activity_id, instrument=key, wave=request.POST.get("waktu", ""),
            held_on=date.fromisoformat(request.POST.get("tanggal", "")),
            respondents=int(request.POST.get("responden", "")), counts=counts,
        )  # fmt: skip

    return write(request, activity_id, act, _("Survei disimpan."))


@never_cache
@login_required
@require_safe
def photo(request: HttpRequest, activity_id: UUID, photo_id: UUID) -> HttpResponse:
    """The picture itself, to those who may read the activity."""
    held = get_activity_or_404(request, activity_id)
    try:
        found = get_photo(get_own_scope(held), activity_id, photo_id)
    except Photo.DoesNotExist as error:
        raise Http404 from error
    try:
        with found.image.open("rb") as file:
            response = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
