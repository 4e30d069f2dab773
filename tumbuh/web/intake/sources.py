"""Which kinds of file can be sent: the list with templates, and choosing another kind for a file that was read."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import IMPORT, get_scope
from tumbuh.intake.api import EPPGBM, choose_source, find_source, list_sources, write_template
from tumbuh.web.intake.pages import name_source
from tumbuh.web.intake.steps import run
from tumbuh.web.intake.views import XLSX


def describe_sources() -> list[dict[str, Any]]:
    return [
        {"name": source.name, "title": name_source(source.name), "note": source.note, "is_read": source.is_layout_read,
         "columns": ", ".join(field.label for field in source.fields)}
        for source in list_sources()
    ]  # fmt: skip


@never_cache
@login_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Every list that can be sent, with its template."""
    if not get_scope(request.user, IMPORT).spans:
        raise Http404
    return render(request, "intake/sources.html", {"sources": describe_sources()})


@never_cache
@login_required
@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """The empty workbook of a list."""
    source = find_source(name)
    if source is None or not get_scope(request.user, IMPORT).spans:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "templat.xlsx"
        write_template(source, path)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="templat-{source.name.replace("_", "-")}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_POST
def choose(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Read the file as another kind."""
    name = request.POST.get("sumber", EPPGBM)
    return run(request, import_id, lambda: choose_source(by=request.user, import_id=import_id, source=name))
