"""Lists of records, one record, a new one, a changed one."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.accounts.api import MANAGE_PARTNERS, WRITE_OWN_PARTNERSHIP
from tumbuh.partners.api import (
    ITEM,
    PUBLIC_KINDS,
    Kind,
    Network,
    NotYoursError,
    PartnerError,
    change_entry,
    find_kind,
    find_states,
    list_entries,
    list_expiring,
    may_write,
    record_entry,
)
from tumbuh.verification.api import find_review
from tumbuh.web.partners.gates import get_reach, list_tops, with_entry, with_own_entry
from tumbuh.web.partners.searching import EntrySearch
from tumbuh.web.partners.shelves import SHELVES, get_address
from tumbuh.web.partners.steps import describe_review, is_closed, list_steps
from tumbuh.web.partners.words import describe_rows, list_facts

PER_PAGE = 50


@never_cache
@require_safe
def entry_list(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The records of a kind that the viewer may see."""
    reach = get_reach(request)
    if kind not in PUBLIC_KINDS and not reach.reads.spans and not reach.own:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    form = EntrySearch(request.GET, kind=kind)
    page = Paginator(list_entries(kind, reach, form.read_wish()), PER_PAGE).get_page(request.GET.get("halaman"))
    keep = urlencode({key: value for key, value in request.GET.items() if key in form.fields and value})
    ending = list(list_expiring(reach, timezone.localdate())) if kind == Kind.AGREEMENT else []
    states = find_states([*page, *ending])
    shown = {
        "kind": kind, "shelf": SHELVES[kind], "form": form, "page": page, "keep": f"{keep}&" if keep else "",
        "rows": describe_rows(kind, page, states), "ending": describe_ending(kind, ending, states),
        "may_add": bool(list_writing(request, kind)),
    }  # fmt: skip
    return render(request, "partners/entries.html", shown)


def describe_ending(kind: Kind, ending: list[Any], states: dict[UUID, Any]) -> list[dict[str, Any]]:
    """Agreements that end soon, with their last day."""
    rows = describe_rows(kind, ending, states)
    return [{**row, "until": one.valid_until} for row, one in zip(rows, ending, strict=True)]


def list_writing(request: HttpRequest, kind: Kind) -> list[Any]:
    """The regions in which the viewer may record something of this kind."""
    tops = list_tops(request, MANAGE_PARTNERS)
    if not tops and kind == Kind.CONTRIBUTION and get_reach(request).own:
        return list_tops(request, WRITE_OWN_PARTNERSHIP)
    return tops


@require_safe
@with_entry
def entry_page(request: HttpRequest, kind: Kind, entry: Any) -> HttpResponse:
    """One record, with its review and what may be done now."""
    review = find_review(ITEM, entry.public_id)
    is_writer = may_write(get_reach(request), entry)
    shown = {
        "kind": kind, "shelf": SHELVES[kind], "entry": entry, "facts": list_facts(kind, entry),
        "state": describe_review(review), "address": get_address(kind, entry.public_id),
        "moves": list_moves(review) if entry.is_open_to else [],
        "steps": list_steps(request, kind, entry, review), "may_change": is_writer and not is_closed(review),
        "document": find_document(entry),
    }  # fmt: skip
    return render(request, "partners/entry.html", shown)


def find_document(entry: Any) -> Any:
    """The document that carries the record, where the viewer may open it or at least know of it."""
    document = getattr(entry, "document", None)
    return document if document and (entry.is_open_to or document.is_published) else None


def list_moves(review: Any) -> list[Any]:
    """The steps of the review, in order."""
    return list(review.steps.select_related("by").order_by("pk")) if review else []


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The form of a new record; a POST records it once, however often it is sent."""
    tops = list_writing(request, kind)
    if not tops:
        raise Http404
    form = make_form(request, kind, tops, initial={"public_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        made = try_saving(
            form,
            lambda: record_entry(
                by=request.user, region=found["region"], details=form.make_details(), public_id=found["public_id"]
            ),
        )
        if made:
            return redirect(get_address(kind, made.public_id))
    return show_form(request, kind, form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_entry
def changed_entry(request: HttpRequest, kind: Kind, entry: Any) -> HttpResponse:
    """The form of a record that is there."""
    tops = list_writing(request, kind)
    form = make_form(request, kind, tops, initial=read_initial(kind, entry), entry=entry)
    if request.method == "POST" and form.is_valid():
        made = try_saving(
            form, lambda: change_entry(by=request.user, public_id=entry.public_id, details=form.make_details())
        )
        if made:
            return redirect(get_address(kind, made.public_id))
    return show_form(request, kind, form, entry)


def make_form(request: HttpRequest, kind: Kind, tops: list[Any], **options: Any) -> Any:
    """The kind's form; a partner's own is about its own institutions."""
    made = SHELVES[kind].form
    assert made is not None
    if kind == Kind.CONTRIBUTION and not get_reach(request).manages.spans:
        options["own"] = tuple(get_reach(request).own)
    return made(request.POST or None, tops=tops, **options)


def try_saving(form: Any, save: Any) -> Any:
    """What was saved; None with the reason on the form."""
    try:
        return save()
    except NotYoursError as error:
        raise Http404 from error
    except PartnerError as error:
        form.add_error(None, str(error))
        return None


def show_form(request: HttpRequest, kind: Kind, form: Any, entry: Any = None) -> HttpResponse:
    shown = {"kind": kind, "shelf": SHELVES[kind], "form": form, "entry": entry}
    return render(request, "partners/entry_form.html", shown, status=422 if form.errors else 200)


def read_initial(kind: Kind, entry: Any) -> dict[str, Any]:
    """The record as the form has it."""
    form = SHELVES[kind].form
    assert form is not None
    names = [name for name in form.base_fields if name not in ("region", "public_id")]
    values = {name: getattr(entry, name) for name in names}
    return {name: [one.pk for one in value.all()] if hasattr(value, "all") else value for name, value in values.items()}


@never_cache
@require_safe
def find_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """On to the page of the record with this number, for whoever may see it; networks share one page."""
    if Network.objects.filter(public_id=entry_id).exists():
        return redirect("partner-networks")
    kind = find_kind(entry_id)
    if kind and list_entries(kind, get_reach(request)).filter(public_id=entry_id).exists():
        return redirect(get_address(kind, entry_id))
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404(gettext("Catatan itu tidak ada."))
