"""Writing down what happened, photos, reach and surveys."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumbuh.accounts.api import MANAGE_ACTIVITIES
from tumbuh.activities.api import (
    Activity,
    ActivityError,
    Attendee,
    Details,
    Kind,
    MissingPartsError,
    Observation,
    ParticipantLinesError,
    Photo,
    Record,
    Task,
    add_photo,
    get_instrument,
    get_kind,
    get_photo,
    list_channels,
    parse_participants,
    read_details,
    record_held,
    record_reach,
    record_survey,
    remove_photo,
    write_participants,
)
from tumbuh.regions.api import Region, list_ancestors, list_children
from tumbuh.web.activities.calendar import read_day
from tumbuh.web.activities.gates import get_activity_or_404, get_own_scope

ROWS = 3  # empty lines for follow-ups and findings
MOST_BYTES = 12_000_000


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The form of the record; what is wrong is said above it, and nothing that was written is lost."""
    held = get_activity_or_404(request, activity_id, MANAGE_ACTIVITIES)
    kind, owners, wrong = get_kind(held.kind), list_owners(held.region), []
    details = read_details(get_own_scope(held), held)
    if request.method == "POST":
        try:
            record_held(by=request.user, public_id=activity_id, record=read_record(request.POST, kind, owners))
            messages.success(request, _("Pelaksanaan dicatat."))
            return redirect("activity", activity_id)
        except MissingPartsError as error:
            wrong = error.parts
        except ActivityError as error:
            wrong = [str(error)]
    page = {
        "activity": held, "kind": kind, "owners": owners, "wrong": wrong, "details": details, "region": held.region,
        **(echo(request.POST, kind) if request.method == "POST" else describe(details, kind)),
    }  # fmt: skip
    return render(request, "activities/record.html", page, status=422 if wrong else 200)


def list_owners(region: Region) -> list[Region]:
    """Whose a follow-up can be: the region, those directly below and those above."""
    return [region, *list_children(region), *list_ancestors(region)]


def read_record(values: Mapping[str, str], kind: Kind, owners: list[Region]) -> Record:
    """What the form says; raises ParticipantLinesError with a sentence for each line that cannot be read."""
    people, wrong = parse_participants(values.get("peserta", ""))
    if wrong:
        raise ParticipantLinesError(wrong)
    by_code = {owner.code: owner.pk for owner in owners}
    tasks = tuple(task for _text, task in read_rows(values, by_code, "tugas"))
    findings = tuple(Observation(text, task) for text, task in read_rows(values, by_code, "temuan"))
    return Record(
        people=tuple(people),
        sections={each.key: values.get(f"bagian_{each.key}", "") for each in kind.sections},
        decisions=tuple(line.strip() for line in values.get("keputusan", "").splitlines() if line.strip()),
        tasks=tasks,
        findings=findings if kind.has_findings else (),
    )


def read_rows(values: Mapping[str, str], owners: Mapping[str, int], name: str) -> Iterator[tuple[str, Task]]:
    """(finding, task) of each line that says anything; a finding without a recommendation is its own task."""
    for number in range(ROWS):
        row = {part: values.get(f"{name}{number}_{part}", "").strip() for part in ("temuan", "apa", "siapa", "wilayah")}
        due_on = read_day(values.get(f"{name}{number}_tenggat", ""))
        text = row["apa"] or row["temuan"]
        if text:
            owner = {"owner_name": row["siapa"][:200], "owner_region_id": owners.get(row["wilayah"])}
            yield row["temuan"] or text, Task(text[:500], due_on=due_on, **owner)


def describe(details: Details, kind: Kind) -> dict[str, Any]:
    """The record as it stands, for the form."""
    people = [Attendee(one.name, one.institution, one.sex, one.part, one.is_present) for one in details.people]
    return {
        "people": write_participants(people),
        "sections": [(each, details.sections.get(each.key, "")) for each in kind.sections],
        "decisions": "\n".join(each.text for each in details.decisions),
        "rows": list_empty("tugas"),
        "finding_rows": list_empty("temuan"),
    }


def list_empty(name: str) -> list[dict[str, str]]:
    return [{"name": f"{name}{number}"} for number in range(ROWS)]


def echo(values: Mapping[str, str], kind: Kind) -> dict[str, Any]:
    """What was sent, for the form again."""

    def list_rows(name: str) -> list[dict[str, str]]:
        parts = ("temuan", "apa", "siapa", "wilayah", "tenggat")
        return [
            {"name": f"{name}{number}", **{part: values.get(f"{name}{number}_{part}", "") for part in parts}}
            for number in range(ROWS)
        ]

    return {
        "people": values.get("peserta", ""),
        "sections": [(each, values.get(f"bagian_{each.key}", "")) for each in kind.sections],
        "decisions": values.get("keputusan", ""),
        "rows": list_rows("tugas"),
        "finding_rows": list_rows("temuan"),
    }


def write(request: HttpRequest, activity_id: UUID, act: Any, done: str) -> HttpResponse:
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
        data, caption = read_upload(request.FILES.get("foto")), request.POST.get("keterangan", "")
        add_photo(by=request.user, public_id=activity_id, data=data, caption=caption)

    return write(request, activity_id, act, _("Foto disimpan."))


@login_required
@require_POST
def photo_remove(request: HttpRequest, activity_id: UUID, photo_id: UUID) -> HttpResponse:
    def act() -> None:
        reason = request.POST.get("alasan", "")
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
    held: Activity = get_activity_or_404(request, activity_id)
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
