"""Invitations on paper: one slip for each account, and the same as a workbook."""

from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from tumbuh.accounts.api import Invitation, Slip, list_open_invitations, print_slips
from tumbuh.notifications.api import find_mailed
from tumbuh.web.accounts.people.reach import for_administrators, name_role
from tumbuh.web.accounts.people.workbooks import XLSX, write_slips

PER_PAGE = 100
MASK = 3  # which of the eight masks hardly matters for reading; to try them all costs four times as much


def list_wanted(request: HttpRequest) -> tuple[QuerySet[Invitation], str]:
    """The open invitations that the administrator made, of one account or one workbook or those to print when asked
    for, and what of the address says so."""
    found = list_open_invitations(request.user)
    if "cetak" in request.GET:
        narrowed, keep = narrow(request, found)
        return narrowed.exclude(pk__in=find_mailed(narrowed.values_list("pk", flat=True))), f"{keep}cetak&"
    return narrow(request, found)


def narrow(request: HttpRequest, found: QuerySet[Invitation]) -> tuple[QuerySet[Invitation], str]:
    """Those of one account or one workbook, and what of the address says so."""
    account, batch = request.GET.get("akun", ""), request.GET.get("buku", "")
    if account.isdecimal() and len(account) < 19:
        return found.filter(user_id=int(account)), f"akun={account}&"
    try:
        return found.filter(batch_id=UUID(batch)), f"buku={batch}&"
    except ValueError:
        return found, ""


@require_safe
@for_administrators
def slips(request: HttpRequest) -> HttpResponse:
    """Slips to print and cut, a hundred at a time; each says whether its invitation went by e-mail."""
    found, keep = list_wanted(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    made = print_slips(by=request.user, invitations=page)
    mailed = find_mailed(found.values_list("pk", flat=True))
    context = {
        "page": page, "keep": keep, "only_print": "cetak" in request.GET, "all": keep.removesuffix("cetak&"),
        "slips": [describe_slip(request, slip, is_mailed=slip.key in mailed) for slip in made],
        "mailed": len(mailed), "to_print": page.paginator.count - len(mailed),
    }  # fmt: skip
    answer = render(request, "accounts/people/slips.html", context)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@for_administrators
def download(request: HttpRequest) -> HttpResponse:
    """The same invitations as a workbook, all of them."""
    found, _keep = list_wanted(request)
    made = print_slips(by=request.user, invitations=found)
    mailed = find_mailed(slip.key for slip in made)
    content = write_slips((slip, write_link(request, slip.token), slip.key in mailed) for slip in made)
    name = f"undangan-{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def write_link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation", args=[token]))


def describe_slip(request: HttpRequest, slip: Slip, *, is_mailed: bool) -> dict[str, object]:
    """The slip with its link, its role in words, and the link as a picture."""
    link = write_link(request, slip.token)
    modules = draw_modules(link)
    picture = {"path": write_path(modules), "size": len(modules)}
    return {"slip": slip, "link": link, "role": name_role(slip.role), "is_mailed": is_mailed, **picture}


def draw_modules(text: str) -> Sequence[Sequence[bool]]:
    """The QR code's squares, with the quiet border of four."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=MASK)
    code.add_data(text)
    code.make()
    return code.get_matrix()


def write_path(modules: Sequence[Sequence[bool]]) -> str:
    """One SVG path: a bar for each run of dark squares in a row."""
    bars = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                bars.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return "".join(bars)
