"""Many accounts from one workbook: template, upload, preview, confirmation."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.accounts.api import (
    BATCH_BYTES,
    AccountBatch,
    AccountError,
    get_batch,
    list_template_institutions,
    list_template_lines,
    stage_accounts,
)
from tumbuh.notifications.api import find_mailed
from tumbuh.regions.api import Level, get_code
from tumbuh.web.accounts.people.reach import for_administrators, name_role
from tumbuh.web.accounts.people.workbooks import XLSX, write_template
from tumbuh.web.notifications.invitations import confirm_and_mail

SHOWN = 200
VERIFIER = "KECAMATAN_VERIFIER"


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a workbook in and checks it; nothing is made yet."""
    error = ""
    if request.method == "POST":
        try:
            return redirect("people_batch", take_in(request).pk)
        except AccountError as refusal:
            error = str(refusal)
    page = {
        "error": error, "limit_mb": BATCH_BYTES // 1_000_000, "missing": len(list_template_lines(request.user)),
        "unverified": len(list_template_lines(request.user, VERIFIER, Level.KECAMATAN)),
    }  # fmt: skip
    return render(request, "accounts/people/bulk.html", page, status=422 if error else 200)


def take_in(request: HttpRequest) -> AccountBatch:
    """The checked workbook of the request; AccountError when there is none or it is no good."""
    file = request.FILES.get("berkas")
    if file is None:
        raise AccountError(gettext("Belum ada berkas yang dipilih. Pilih buku kerja yang sudah diisi."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "akun"
        with path.open("wb") as copy:
            for block in file.chunks():
                copy.write(block)
        return stage_accounts(by=request.user, path=path, file_name=file.name or "")


@require_safe
@for_administrators
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in: a line for each desa without an operator and each kecamatan without a verifier."""
    kecamatan = list_template_lines(request.user, VERIFIER, Level.KECAMATAN)
    suited = list_template_institutions(request.user, VERIFIER, kecamatan)
    content = write_template(list_template_lines(request.user), kecamatan, suited)
    name = f"akun-{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """What will become of each line; a POST makes the accounts, and once made says how many."""
    try:
        found = get_batch(request.user, batch_id)
    except AccountBatch.DoesNotExist as error:
        raise Http404 from error
    refusal = ""
    if request.method == "POST":
        try:
            confirm_and_mail(by=request.user, key=found.pk)
            return redirect("people_batch", found.pk)
        except AccountError as error:
            refusal = str(error)
    page = {
        "batch": found,
        "counts": found.counts,
        "error": refusal,
        "shown": SHOWN,
        **count_ways(found),
        **sort_lines(found),
    }
    return render(request, "accounts/people/batch.html", page, status=422 if refusal else 200)


def count_ways(found: AccountBatch) -> dict[str, int]:
    """How many of its invitations went by e-mail, and how many must be printed."""
    made = list(found.invitations.values_list("pk", flat=True))
    mailed = len(find_mailed(made)) if made else 0
    return {"mailed": mailed, "to_print": len(made) - mailed}


def sort_lines(found: AccountBatch) -> dict[str, list[dict[str, object]]]:
    """Lines by outcome, the first of each, with role and region in words."""
    lines = [{**line, "place": get_code(line["region_id"]), "role": name_role(line["role"])} for line in found.lines]
    by_outcome = {name: [line for line in lines if line["outcome"] == name] for name in ("NEW", "THERE", "REFUSED")}
    return {
        "new": by_outcome["NEW"][:SHOWN],
        "there": by_outcome["THERE"][:SHOWN],
        "refused": by_outcome["REFUSED"][:SHOWN],
    }
