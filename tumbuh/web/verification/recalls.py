"""Asking a tier above to give a package back, and its answer."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tumbuh.regions.api import Region
from tumbuh.verification.api import (
    RECALLED,
    Answer,
    DataSet,
    Recall,
    Row,
    Tier,
    VerificationError,
    ask_back,
    decline_recall,
    find_holder,
    list_recalls,
)
from tumbuh.web.verification.addresses import find_address
from tumbuh.web.verification.gates import get_desa_or_404, list_tiers


def describe_recalls(row: Row, tiers: list[Tier]) -> dict[str, object]:
    """For the review page: requests so far, each with the tier as which the viewer may answer it, and who may ask."""
    recalls = list_recalls(row.package) if row.package else []
    asked = {recall.tier for recall in recalls if recall.answer == Answer.OPEN}
    return {
        "recalls": [(recall, RECALLED[Tier(recall.tier)], find_answerer(row, recall, tiers)) for recall in recalls],
        "may_ask": [tier for tier in tiers if find_holder(row.state, tier) and tier not in asked],
    }


def find_answerer(row: Row, recall: Recall, tiers: list[Tier]) -> Tier | None:
    """The viewer's tier that holds the package of an open request."""
    holder = find_holder(row.state, Tier(recall.tier))
    return holder if recall.answer == Answer.OPEN and holder in tiers else None


@login_required
@require_POST
def ask(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """Asks for the package back as one of the viewer's tiers."""
    desa = get_desa_or_404(request, code)
    tiers = list_tiers(request, desa)
    if not tiers:
        raise Http404
    asked = request.POST.get("tingkat", "")
    tier = next((tier for tier in tiers if str(int(tier)) == asked), tiers[0])
    try:
        reason = request.POST.get("alasan", "")
        ask_back(by=request.user, region=desa, month=month, tier=tier, reason=reason, data_set=data_set)
        messages.success(request, _("Permintaan dicatat. Tingkat di atas melihatnya di paket ini."))
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect(find_address("package", data_set, code, month))


@login_required
@require_POST
def decline(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """Declines an open request about this package, with a reason."""
    desa = get_desa_or_404(request, code)
    recall = find_recall(desa, month, data_set, request.POST.get("permintaan", ""))
    try:
        if recall is None:
            messages.error(request, _("Permintaan itu tidak ada pada paket ini. Muat ulang halaman ini."))
        else:
            decline_recall(by=request.user, recall=recall, reason=request.POST.get("alasan", ""))
            messages.success(request, _("Permintaan ditolak dengan alasannya."))
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect(find_address("package", data_set, code, month))


def find_recall(desa: Region, month: date, data_set: str, public_id: str) -> Recall | None:
    """The request about the desa's package of the month, or None."""
    about = Recall.objects.filter(package__region=desa, package__month=month, package__data_set=data_set)
    try:
        return about.filter(public_id=public_id).select_related("package__region").first()
    except ValidationError:
        return None
