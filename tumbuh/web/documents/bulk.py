"""Pages of many documents at once: the upload, its preview, saving and publishing."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.documents.api import (
    BatchState,
    DocumentBatch,
    DocumentError,
    Reach,
    TableError,
    cancel_batch,
    check_batch,
    find_batch,
    list_batches,
    list_kinds,
    list_publishable,
    name_kind,
    publish_batch,
    save_batch,
    write_template,
)
from tumbuh.web.documents.pages import get_request_reach

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LATEST = 10
LOOKS = {"NEW": ("up", "good"), "ALREADY_THERE": ("same", "plain"), "REFUSED": ("cross", "bad")}


def get_manager_reach(request: HttpRequest) -> Reach:
    """The reach of somebody who manages documents somewhere; 404 for others."""
    reach = get_request_reach(request)
    if not reach.manage.spans:
        raise Http404
    return reach


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_upload(request: HttpRequest) -> HttpResponse:
    """Send an archive and its table; nothing is saved yet."""
    get_manager_reach(request)
    error = ""
    if request.method == "POST":
        try:
            batch = take_upload(request)
            return redirect("document-batch", batch.public_id)
        except DocumentError as refusal:
            error = str(refusal)
    page = {
        "error": error,
        "kinds": list_kinds().values(),
        "batches": [describe_batch(batch) for batch in list_batches(request.user)[:LATEST]],
    }
    return render(request, "documents/bulk.html", page, status=422 if error else 200)


def take_upload(request: HttpRequest) -> DocumentBatch:
    """The looked-at upload of the form's two files."""
    archive, table = request.FILES.get("arsip"), request.FILES.get("tabel")
    if archive is None or table is None:
        raise TableError(gettext("Pilih arsip ZIP dan tabelnya, lalu tekan Periksa."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabel"
        write_upload(table, path)
        return check_batch(by=request.user, archive=archive.file, table=path, name=archive.name)


def write_upload(file: UploadedFile, path: Path) -> None:
    with path.open("wb") as target:
        for block in file.chunks():
            target.write(block)


@never_cache
@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The table to begin with: a line for each desa of one's own."""
    reach = get_manager_reach(request)
    kind, year = request.GET.get("jenis", ""), request.GET.get("tahun", "")
    known = kind if kind in list_kinds() else ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabel.xlsx"
        write_template(path, reach, kind=known, year=int(year) if year.isdecimal() and len(year) == 4 else None)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="tabel-dokumen.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def batch_page(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What would be saved, or what was; its maker's only."""
    batch = find_batch(request.user, upload_id)
    if batch is None:
        raise Http404
    if request.method == "POST":
        take_batch_step(request, batch)
        return redirect("document-batch", batch.public_id)
    page = describe_batch(batch) | {"publishable": len(list_publishable(batch)) if batch.state == "SAVED" else 0}
    return render(request, "documents/batch.html", page)


def take_batch_step(request: HttpRequest, batch: DocumentBatch) -> None:
    """Save, let go or publish, and say what became of it."""
    step = request.POST.get("langkah")
    try:
        if step == "simpan":
            found = save_batch(by=request.user, batch=batch)
            text = gettext("%(done)d dokumen disimpan, %(left)d sudah ada.")
        elif step == "batal":
            cancel_batch(by=request.user, batch=batch)
            messages.info(request, gettext("Kiriman dibatalkan; tidak ada yang disimpan."))
            return
        elif step == "terbit":
            found = publish_batch(by=request.user, batch=batch)
            text = gettext("%(done)d dokumen diterbitkan, %(left)d perlu dilihat satu per satu.")
        else:
            return
    except DocumentError as error:
        messages.error(request, str(error))
        return
    messages.success(request, text % {"done": found.done, "left": found.left})


def describe_batch(batch: DocumentBatch) -> dict[str, Any]:
    """The batch with its counts, its lines and its state in words."""
    counts = {outcome: sum(entry["outcome"] == outcome for entry in batch.rows) for outcome in LOOKS}
    words = {"NEW": gettext("baru"), "ALREADY_THERE": gettext("sudah ada"), "REFUSED": gettext("ditolak")}
    sentence = gettext("%(new)d dokumen baru, %(there)d sudah ada, %(refused)d ditolak.") % {
        "new": counts["NEW"], "there": counts["ALREADY_THERE"], "refused": counts["REFUSED"],
    }  # fmt: skip
    lines = [
        {**entry, "word": words[entry["outcome"]], "icon": LOOKS[entry["outcome"]][0],
         "look": LOOKS[entry["outcome"]][1],
         "kind": name_kind(entry["details"]["kind"]) if "details" in entry else ""}
        for entry in batch.rows
    ]  # fmt: skip
    return {"batch": batch, "state": BatchState(batch.state).label, "sentence": sentence, "lines": lines,
            "new": counts["NEW"], "refused": counts["REFUSED"]}  # fmt: skip
