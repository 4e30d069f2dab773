"""What an official decides: how a doubt is read, and that an obligation does not apply to a unit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tumbuh.accounts.api import MANAGE_PROGRAMME
from tumbuh.programme.api import (
    Interpretation,
    Obligation,
    ProgrammeError,
    choose_reading,
    find_regulation,
    waive_obligation,
)
from tumbuh.regions.api import get_number
from tumbuh.web.site.viewer import may


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, note: str) -> HttpResponse:
    """A doubt, the readings that there are, who chose which and why; and choosing another."""
    found = get_note_or_404(request, note)
    if request.method == "POST":
        try:
            result = choose_reading(
                by=request.user, interpretation=found, alternative=request.POST.get("bacaan", ""),
                reason=request.POST.get("alasan", ""),
            )  # fmt: skip
            words = _("Bacaan disimpan: %(added)d kewajiban baru, %(changed)d berubah, %(retired)d tidak berlaku lagi.")
            messages.success(request, words % result.count())
        except ProgrammeError as error:
            messages.error(request, str(error))
        return redirect("programme_reading", note)
    choices = list(found.choices.select_related("by"))
    chosen = choices[0].alternative if choices else ""
    page = {"note": found, "choices": choices, "chosen": chosen,
            "subjects": found.subjects.select_related("output", "article")}  # fmt: skip
    return render(request, "programme/reading.html", page)


def get_note_or_404(request: HttpRequest, code: str) -> Interpretation:
    """The note of the regulation in force, for those who decide in its province."""
    regulation = find_regulation()
    found = regulation and Interpretation.objects.filter(regulation=regulation, code=code).first()
    if not found or not may(request, MANAGE_PROGRAMME, get_number(regulation.province_code)):
        raise Http404
    return found


@login_required
@require_POST
def waive(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """The obligation does not apply to its unit, with the reason; without one it applies again."""
    found = Obligation.objects.select_related("region").filter(pk=obligation_id, retired_at__isnull=True).first()
    if found is None or not may(request, MANAGE_PROGRAMME, found.region_id):
        raise Http404
    try:
        waive_obligation(by=request.user, obligation=found, reason=request.POST.get("alasan", ""))
        messages.success(request, _("Keputusan disimpan."))
    except ProgrammeError as error:
        messages.error(request, str(error))
    response = redirect("programme_clause", found.code)
    response["Location"] += f"?wilayah={found.region.code}"
    return response
