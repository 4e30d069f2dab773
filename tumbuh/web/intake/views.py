"""Pages of what comes in: list, upload, one import in whatever state, review, workbook to correct."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.accounts.api import IMPORT, get_scope
from tumbuh.intake.api import (
    GUESS,
    MAX_BYTES,
    Import,
    IntakeError,
    create_import,
    decide_rows,
    defer_read,
    get_import,
    list_imports,
    list_waiting,
    write_correction,
)
from tumbuh.web.intake.pages import describe_import, describe_rows, list_source_choices, read_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50


def find_or_404(request: HttpRequest, import_id: UUID) -> Import:
    """The import; what is not there and what is not yours look the same."""
    try:
        return get_import(request.user, import_id)
    except Import.DoesNotExist as error:
        raise Http404 from error


@never_cache
@login_required
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """All imports that the user may see, the newest first."""
    page = Paginator(list_imports(request.user), PER_PAGE).get_page(request.GET.get("halaman"))
    may_import = bool(get_scope(request.user, IMPORT).spans)
    rows = [describe_import(job) for job in page]
    return render(request, "intake/list.html", {"page": page, "rows": rows, "may_import": may_import})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in; the reading is a job."""
    if not get_scope(request.user, IMPORT).spans:
        raise Http404
    error = ""
    if request.method == "POST":
        file = request.FILES.get("berkas")
        if file is None:
            error = gettext("Belum ada berkas yang dipilih. Pilih berkasnya lalu tekan Unggah.")
        else:
            try:
                with transaction.atomic():  # the import and its job together
                    source = request.POST.get("sumber", GUESS)
                    job = create_import(by=request.user, blocks=file.chunks(), file_name=file.name, source=source)
                    defer_read(job.pk)
            except IntakeError as refusal:
                error = str(refusal)
            else:
                return redirect("import", job.pk)
    page = {"error": error, "limit_mb": MAX_BYTES // 1_000_000, "sources": list_source_choices(), "guess": GUESS}
    return render(request, "intake/upload.html", page, status=422 if error else 200)


@never_cache
@login_required
@require_safe
def import_page(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """One import; only its changing part when htmx asks."""
    job = find_or_404(request, import_id)
    template = "intake/state.html" if request.htmx else "intake/import.html"
    return render(request, template, read_page(request.user, job))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Rows that wait for a decision."""
    job = find_or_404(request, import_id)
    if request.method == "POST":
        chosen = {int(key[1:]): value for key, value in request.POST.items() if key[:1] == "r" and key[1:].isdigit()}
        try:
            count = decide_rows(by=request.user, import_id=job.pk, decisions=chosen)
            messages.success(request, gettext("%(count)d keputusan dicatat.") % {"count": count})
        except IntakeError as error:
            messages.error(request, str(error))
        return redirect(request.get_full_path())
    page = Paginator(list_waiting(job), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "intake/review.html", {"job": job, "page": page, "rows": describe_rows(request.user, page)})


@never_cache
@login_required
@require_safe
def correction(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The workbook of refused and waiting rows."""
    job = find_or_404(request, import_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "koreksi.xlsx"
        if not write_correction(job, path):
            raise Http404
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="koreksi.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
