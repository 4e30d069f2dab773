"""The board of follow-ups: what is overdue first, and saying that one is done."""

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import MANAGE_ACTIVITIES, READ_ACTIVITIES, get_scope
from tumbuh.activities.api import (
    Asked,
    FollowUp,
    FollowUpError,
    FollowUpState,
    NotYoursError,
    change_follow_up,
    count_follow_ups,
    get_follow_up,
    is_overdue,
    list_follow_ups,
)
from tumbuh.regions.api import Region, find_region
from tumbuh.web.activities.gates import clean, list_places
from tumbuh.web.site.viewer import may

PER_PAGE = 40
STATES = [
    ("", gettext_lazy("Semua")), ("LATE", gettext_lazy("Terlambat")), ("OPEN", gettext_lazy("Belum selesai")),
    ("CLOSED", gettext_lazy("Sudah ditutup")),
]  # fmt: skip


class AskedForm(forms.Form):
    """Which follow-ups are looked for; all fields may stay empty."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=STATES)
    wilayah = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    pemilik = forms.CharField(label=gettext_lazy("Penanggung jawab"), required=False, max_length=100)

    def __init__(self, *args, places: list[Region], **options) -> None:
        super().__init__(*args, **options)
        named = [(place.code, place.full_name) for place in places]
        self.fields["wilayah"].choices = [("", gettext_lazy("Semua")), *named]

    def read(self) -> Asked:
        """What is asked for; what was not understood does not matter."""
        if not self.is_valid():
            return Asked()
        found = self.cleaned_data
        region = find_region(found["wilayah"]) if found["wilayah"] else None
        return Asked(state=found["status"], region=region, owner=found["pemilik"])


@never_cache
@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Forty follow-ups a page; at most twelve queries."""
    scope, today = get_scope(request.user, READ_ACTIVITIES), timezone.localdate()
    form = AskedForm(request.GET or None, places=list_places(request, READ_ACTIVITIES))
    found = list_follow_ups(scope, form.read(), today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    late, open_count = count_follow_ups(scope, today)
    keep = {key: value for key, value in request.GET.items() if key in form.fields and value}
    rows = [(one, is_overdue(one.state, one.due_on, today), is_mine(request, one)) for one in page]
    values = {
        "form": form, "page": page, "rows": rows, "late": late, "open": open_count, "is_lost": not scope.spans,
        "keep": urlencode(keep) + "&",
    }  # fmt: skip
    return render(request, "activities/follow_ups.html", values)


def is_mine(request: HttpRequest, one: FollowUp) -> bool:
    """Whether the viewer may change it: by the activity's region or by the owner's."""
    regions = (one.activity.region_id, one.owner_region_id)
    return any(may(request, MANAGE_ACTIVITIES, region) for region in regions if region)


@login_required
@require_POST
def change(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    """Its new state with words on it; back to where the form stood."""
    try:
        get_follow_up(get_scope(request.user, MANAGE_ACTIVITIES), follow_up_id)
        state, outcome = request.POST.get("status", ""), clean(request.POST).get("hasil", "")[:2000]
        changed = change_follow_up(by=request.user, public_id=follow_up_id, state=state, outcome=outcome)
        messages.success(
            request, _("Tindak lanjut dicatat: %(state)s.") % {"state": FollowUpState(changed.state).label}
        )
    except (FollowUp.DoesNotExist, NotYoursError) as error:
        raise Http404 from error
    except FollowUpError as error:
        messages.error(request, str(error))
    back = request.POST.get("kembali", "")
    is_safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back) if is_safe else redirect("follow-ups")
