"""The first run, and the home of somebody at work."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumbuh.accounts.api import AlreadyStartedError, create_first_user, find_settling, has_users, settle_province_job
from tumbuh.web.accounts.forms import FirstRunForm
from tumbuh.web.accounts.work import read_work
from tumbuh.web.site.viewer import list_my_regions

FAILED = ("failed", "aborted")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Makes the first administrator and asks for the province; gone as soon as there is an account."""
    if has_users():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            start(request, form.cleaned_data)
        except AlreadyStartedError as error:
            raise Http404 from error
        messages.success(request, gettext("Akun admin dibuat. Daftar wilayah sedang dimuat."))
        return redirect("work")
    return render(request, "accounts/first_run.html", {"form": form})


def start(request: HttpRequest, wanted: dict[str, str]) -> None:
    """Account, job and session, all or nothing."""
    with transaction.atomic():
        user = create_first_user(
            username=wanted["username"], password=wanted["password"], full_name=wanted["full_name"]
        )
        settle_province_job.defer(user_id=user.pk, province=wanted["province"])
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])


@login_required
@require_POST
def load_again(request: HttpRequest) -> HttpResponse:
    """Asks once more for the province whose loading failed."""
    settling = find_settling(request.user)
    if settling is None or settling.status not in FAILED:
        raise Http404
    settle_province_job.defer(user_id=request.user.pk, province=settling.province)
    return redirect("work")


@never_cache
@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """My region's figures, my imports, what to do next."""
    regions = list_my_regions(request)
    asked = request.GET.get("wilayah", "")
    region = next((place for place in regions if place.code == asked), regions[0] if regions else None)
    if region is None:
        page = {"settling": find_settling(request.user)}
        name = "accounts/settling.html" if request.htmx else "accounts/no_region.html"
        return render(request, name, page)
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": "/kerja"})
    return render(request, "accounts/work.html", read_work(request, region))
