"""Partners, one of them, and the networks to which they belong."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumbuh.accounts.api import MANAGE_PARTNERS
from tumbuh.partners.api import (
    Kind,
    Membership,
    NetworkCode,
    NotYoursError,
    PartnerError,
    Wish,
    add_member,
    count_entries,
    count_networks,
    end_membership,
    find_states,
    group_memberships,
    list_entries,
    list_memberships,
    list_partners,
)
from tumbuh.web.partners.gates import get_reach, list_tops
from tumbuh.web.partners.searching import MemberForm, PartnerSearch, name_kind
from tumbuh.web.partners.shelves import SHELVES
from tumbuh.web.partners.steps import refresh
from tumbuh.web.partners.words import describe_rows

PER_PAGE, MEMBERS_PER_PAGE = 50, 100
COUNTED = (Kind.AGREEMENT, Kind.CSR, Kind.RESEARCH)


@never_cache
@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    """Partners with what they do."""
    reach = get_reach(request)
    form = PartnerSearch(request.GET)
    page = Paginator(list_partners(reach, form.read_sought()), PER_PAGE).get_page(request.GET.get("halaman"))
    keep = urlencode({key: value for key, value in request.GET.items() if key in form.fields and value})
    numbers = [one.pk for one in page]
    counts = {kind: count_entries(kind, reach, numbers) for kind in COUNTED} if numbers else {}
    memberships = group_memberships(page)
    rows = [
        {
            "institution": one,
            "kind": name_kind(one.kind),
            "networks": [name_network(held) for held in memberships.get(one.pk, [])],
            "counts": [counts[kind].get(one.pk, 0) for kind in COUNTED],
        }
        for one in page
    ]
    shown = {
        "form": form,
        "page": page,
        "rows": rows,
        "keep": f"{keep}&" if keep else "",
        "shelves": list_shelves(reach),
    }
    return render(request, "partners/list.html", shown)


def list_shelves(reach: Any) -> list[tuple[str, str]]:
    """(address, name) of the lists that the viewer may open."""
    is_insider = bool(reach.reads.spans or reach.own)
    shelves = [
        (f"/mitra/{shelf.slug}", str(shelf.many)) for kind, shelf in SHELVES.items() if is_insider or kind in COUNTED
    ]
    return [("/mitra/jejaring", gettext("Jejaring")), *shelves]


def name_network(held: Membership) -> str:
    return str(NetworkCode(held.network.code).label)


@never_cache
@require_safe
def partner_page(request: HttpRequest, institution_id: int) -> HttpResponse:
    """One institution and everything it does, as far as the viewer may see."""
    reach = get_reach(request)
    institution = list_partners(reach).filter(pk=institution_id).first()
    if institution is None:
        raise Http404
    wish = Wish(institution=institution.pk)
    is_insider = reach.reads.contains(institution.region_id) or institution.pk in reach.own
    found = {kind: read_all(kind, reach, wish) for kind in SHELVES if is_insider or kind in COUNTED}
    states = find_states([one for entries in found.values() for one in entries])
    sections = [(SHELVES[kind], describe_rows(kind, entries, states)) for kind, entries in found.items()]
    memberships = [(one, name_network(one)) for one in list_memberships().filter(institution=institution)]
    shown = {
        "institution": institution, "kind": name_kind(institution.kind), "sections": sections,
        "memberships": memberships, "is_insider": is_insider,
    }  # fmt: skip
    return render(request, "partners/partner.html", shown)


def read_all(kind: Kind, reach: Any, wish: Wish) -> list[Any]:
    """The records of a kind; of what is linked to them only the parties of agreements, which the lines name."""
    found = list_entries(kind, reach, wish)
    return list(found if kind == Kind.AGREEMENT else found.prefetch_related(None))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def networks(request: HttpRequest) -> HttpResponse:
    """Every network with its members; a POST of an official adds one."""
    if request.method == "POST":
        return new_member(request)
    return show_networks(request)


def show_networks(request: HttpRequest, form: MemberForm | None = None) -> HttpResponse:
    tops = list_tops(request, MANAGE_PARTNERS)
    reach = get_reach(request)
    groups: dict[tuple[Any, str], list[Any]] = {}
    page = Paginator(list_memberships(), MEMBERS_PER_PAGE).get_page(request.GET.get("halaman"))
    for held in page:
        key = (held.network.region, name_network(held))
        groups.setdefault(key, []).append((held, reach.manages.contains(held.network.region_id)))
    if tops and form is None:
        form = MemberForm(None, tops=tops)
    shown = {"groups": [(*key, members) for key, members in groups.items()], "form": form}
    shown |= {"page": page, "number": count_networks(), "is_insider": bool(reach.reads.spans)}
    return render(request, "partners/networks.html", shown, status=422 if form and form.errors else 200)


@login_required
def new_member(request: HttpRequest) -> HttpResponse:
    tops = list_tops(request, MANAGE_PARTNERS)
    if not tops:
        raise Http404
    form = MemberForm(request.POST, tops=tops)
    if form.is_valid():
        try:
            made = add_member(by=request.user, **form.cleaned_data)
        except NotYoursError as error:
            raise Http404 from error
        except PartnerError as error:
            form.add_error(None, str(error))
        else:
            refresh(Kind.NETWORK, made.network)
            words = gettext("%(name)s menjadi anggota jejaring.")
            messages.success(request, words % {"name": made.institution.name})
            return redirect("partner-networks")
    return show_networks(request, form)


@never_cache
@login_required
@require_POST
def end_member(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The membership ended today."""
    if not list_tops(request, MANAGE_PARTNERS):
        raise Http404
    try:
        end_membership(by=request.user, membership_id=membership_id, until=timezone.localdate())
    except NotYoursError as error:
        raise Http404 from error
    except PartnerError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Keanggotaan berakhir hari ini."))
    return redirect("partner-networks")
