"""The list of accounts, and who serves which region."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import count_served, list_accounts, list_serving_people
from tumbuh.web.accounts.people.forms import SearchForm
from tumbuh.web.accounts.people.reach import find_reach, for_administrators, get_place_or_404
from tumbuh.web.accounts.people.rows import describe_people

PER_PAGE = 50


@require_safe
@for_administrators
def people(request: HttpRequest) -> HttpResponse:
    """The accounts of one's regions, searched and narrowed."""
    reach = find_reach(request)
    form = SearchForm(request.GET, scope=reach)
    page = Paginator(list_accounts(reach, form.read_sought()), PER_PAGE).get_page(request.GET.get("halaman"))
    keep = urlencode({key: value for key, value in request.GET.items() if key in form.fields and value})
    shown = {"form": form, "page": page, "rows": describe_people(page), "keep": f"{keep}&" if keep else ""}
    return render(request, "accounts/people/list.html", shown)


@require_safe
@for_administrators
def served(request: HttpRequest) -> HttpResponse:
    """Every kecamatan with its desa that have an operator and that have none; one of them in full."""
    code = request.GET.get("kecamatan", "")
    if code:
        kecamatan = get_place_or_404(request, code)
        shown = {"kecamatan": kecamatan, "rows": list_serving_people(kecamatan)}
        return render(request, "accounts/people/served_desa.html", shown)
    counts = count_served(find_reach(request))
    totals = {"total": sum(one.total for one in counts), "missing": sum(one.missing for one in counts)}
    return render(request, "accounts/people/served.html", {"rows": counts, **totals})
