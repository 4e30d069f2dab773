"""One's own notices, and what one wants to hear of."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumbuh.notifications.api import (
    Notice,
    describe,
    find_languages,
    find_notice,
    find_notices,
    list_choices,
    mark_read,
    set_preferences,
)
from tumbuh.web.notifications.forms import PreferencesForm

PER_PAGE = 20


@never_cache
@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first, twenty to a page."""
    page = Paginator(find_notices(request.user), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "notifications/list.html", {"page": page, "lines": [describe(one) for one in page]})


@login_required
@require_POST
def open_notice(request: HttpRequest, notice_id: Any) -> HttpResponse:
    """On to where something can be done about it; the notice is read."""
    try:
        notice = find_notice(request.user, notice_id)
    except Notice.DoesNotExist as error:
        raise Http404 from error
    mark_read(by=request.user, notices=[notice])
    return redirect(describe(notice).link)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Every notice is read."""
    mark_read(by=request.user)
    messages.success(request, gettext("Semua pemberitahuan ditandai sudah dibaca."))
    return redirect("notices")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What one hears of, how, and in which language."""
    language = find_languages([request.user.pk])[request.user.pk]
    form = PreferencesForm(list_choices(request.user), language, request.POST or None)
    if request.method == "POST" and form.is_valid():
        spoken = form.cleaned_data.get("bahasa", language)
        set_preferences(by=request.user, channels=form.read_channels(), language=spoken)
        messages.success(request, gettext("Pilihan pemberitahuan disimpan."))
        return redirect("notice_preferences")
    return render(request, "notifications/preferences.html", {"form": form})
