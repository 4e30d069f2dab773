"""The institutions of one's regions, and those that are added to them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import AccountError, InstitutionKind, add_institution, list_institutions
from tumbuh.web.accounts.people.forms import InstitutionForm
from tumbuh.web.accounts.people.reach import find_reach, for_administrators, get_place_or_404

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def institutions(request: HttpRequest) -> HttpResponse:
    """Lists them; a POST adds one."""
    reach = find_reach(request)
    form = InstitutionForm(request.POST or None, scope=reach)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        region = get_place_or_404(request, wanted.pop("region"))
        try:
            made = add_institution(by=request.user, region=region, **wanted)
        except AccountError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("{name} ditambahkan.").format(name=made.name))
            return redirect("institutions")
    text = request.GET.get("cari", "").strip()
    found = list_institutions(reach).filter(name__icontains=text) if text else list_institutions(reach)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [(one, gettext(str(InstitutionKind(one.kind).label))) for one in page]
    shown = {"form": form, "page": page, "rows": rows, "text": text, "keep": f"{urlencode({'cari': text})}&"}
    return render(request, "accounts/people/institutions.html", shown, status=422 if form.errors else 200)
