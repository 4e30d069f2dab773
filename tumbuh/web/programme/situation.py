"""The analysis of a region's situation: gaps in their order, barriers, conclusion, workbook."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.accounts.api import MANAGE_PLANS, NOTE_BARRIERS, READ_FIGURES, Scope, list_institutions
from tumbuh.programme.api import (
    ANALYSED,
    Barrier,
    ProgrammeError,
    conclude_analysis,
    get_kinds,
    note_barrier,
    reopen_analysis,
    withdraw_barrier,
)
from tumbuh.regions.api import Span, list_lineage
from tumbuh.web.programme.situation_books import XLSX, write_book
from tumbuh.web.programme.situation_forms import BarrierForm, ReasonForm, describe_barrier
from tumbuh.web.programme.situation_pages import Asked, describe, name_key, read_asked
from tumbuh.web.site.viewer import may

Forms = dict[str, forms.Form]


def get_asked_or_404(request: HttpRequest, code: str) -> Asked:
    """What was asked for, for those who read the region's figures."""
    lineage = list_lineage(code)
    if not lineage or lineage[-1].level not in ANALYSED or not may(request, READ_FIGURES, lineage[-1].pk):
        raise Http404
    is_form = bool(request.GET.get("catat") or request.GET.get("hambatan"))
    asked = read_asked(lineage, request.GET.get("tahun", ""), wants_figures=not is_form)
    if asked is None:
        raise Http404
    return asked


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_situation(request: HttpRequest, code: str) -> HttpResponse:
    """One year of a kabupaten/kota or kecamatan; those who may note barriers, conclude and reopen. 12 queries."""
    asked = get_asked_or_404(request, code)
    may_note = may(request, NOTE_BARRIERS, asked.region.pk)
    found = make_forms(request, asked) if may_note else {}
    if request.method == "POST":
        if not may_note:
            raise Http404
        if take(request, asked, found):
            return redirect(f"{reverse('situation', args=[code])}?tahun={asked.year}#hambatan")
    page = describe(asked) | {
        "forms": found, "may_note": may_note and asked.concluded is None,
        "may_plan": may(request, MANAGE_PLANS, asked.region.pk),
        "noted_key": name_key(request.GET.get("catat", "")), "edited": find_barrier(request, asked),
    }  # fmt: skip
    is_wrong = any(form.errors for form in found.values())
    return render(request, "programme/situation.html", page, status=422 if is_wrong else 200)


@never_cache
@login_required
@require_safe
def download_situation(request: HttpRequest, code: str) -> HttpResponse:
    """The workbook: of what was concluded, else of how it stands now."""
    asked = get_asked_or_404(request, code)
    if asked.picture is None:
        raise Http404
    name = f"analisis-situasi-{asked.region.code}-{asked.year}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write_book(describe(asked)), content_type=XLSX, headers=headers)


def find_barrier(request: HttpRequest, asked: Asked) -> Barrier | None:
    """The standing barrier that `?hambatan=` names."""
    key = request.GET.get("hambatan", "")
    return next((one for one in asked.barriers if str(one.pk) == key and one.ended_at is None), None)


def make_forms(request: HttpRequest, asked: Asked) -> Forms:
    """The forms that fit where the analysis stands; the one that was sent holds what was sent."""
    sent = request.POST.get("aksi") if request.method == "POST" else None

    def is_sent(name: str) -> Any:
        return request.POST if sent == name else None

    if asked.concluded is not None:
        return {"buka": ReasonForm(is_sent("buka"), auto_id="buka_%s")}
    found: Forms = {"simpulkan": forms.Form(is_sent("simpulkan"))}
    edited, key = find_barrier(request, asked), request.GET.get("catat", "")
    if edited is not None:
        key = f"{edited.target_group}/{edited.service}"
        found["tarik"] = ReasonForm(is_sent("tarik"), auto_id="tarik_%s")
    if name_key(key):
        span = Span(asked.region.pk, asked.region.pk)
        found["catat"] = BarrierForm(
            is_sent("catat"), kinds=get_kinds(asked.year).kinds, institutions=list(list_institutions(Scope((span,)))),
            key=key, auto_id="catat_%s", initial=describe_barrier(edited) if edited else {},
        )  # fmt: skip
    return found


def take(request: HttpRequest, asked: Asked, found: Forms) -> bool:
    """Whether what was sent was done; else its form says why not, or the page where it has none any more."""
    name = request.POST.get("aksi", "")
    form = found.get(name)
    if form is None:
        messages.error(request, _("Analisis ini sudah berubah sejak halaman dibuka. Periksa, lalu coba lagi."))
        return True
    if not form.is_valid():
        return False
    edited = find_barrier(request, asked)
    doing: dict[str, Callable[[], Any]] = {
        "catat": lambda: note_barrier(
            by=request.user, region=asked.region, year=asked.year, details=form.read(), barrier=edited
        ),
        "tarik": lambda: withdraw_barrier(by=request.user, barrier=edited, reason=form.cleaned_data["alasan"]),
        "simpulkan": lambda: conclude_analysis(by=request.user, region=asked.region, year=asked.year),
        "buka": lambda: reopen_analysis(
            by=request.user, analysis=asked.concluded, reason=form.cleaned_data["alasan"]
        ),
    }  # fmt: skip
    try:
        doing[name]()
    except ProgrammeError as error:
        if not form.fields:
            messages.error(request, str(error))
            return True
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Analisis situasi disimpan."))
    return True
