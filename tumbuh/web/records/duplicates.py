"""Children who may stand in the register twice: the list, one pair side by side, and what is decided."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import MERGE_PEOPLE, READ_PEOPLE, Scope, get_scope
from tumbuh.audit.api import record_event
from tumbuh.indicators.api import refresh
from tumbuh.records.api import (
    PURPOSE_MINUTES,
    CandidateState,
    DuplicateCandidate,
    Person,
    PersonMerge,
    RecordsError,
    get_candidate,
    get_merge,
    keep_apart,
    list_candidates,
    list_measurements,
    list_merges,
    merge_people,
    unmerge_people,
)
from tumbuh.web.records.corrections import LOCKED
from tumbuh.web.records.pages import describe_child
from tumbuh.web.records.purposes import PurposeForm, find_stated, keep_purpose
from tumbuh.web.records.reasons import list_reasons, name_certainty

PER_PAGE = 50


def get_reading_scope(request: HttpRequest) -> Scope:
    """Where the user may read people; 404 for who may nowhere."""
    scope = get_scope(request.user, READ_PEOPLE)
    if not scope.spans:
        raise Http404
    return scope


@never_cache
@login_required
@require_safe
def pair_list(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a decision, the surest first."""
    found = list_candidates(get_reading_scope(request))
    record_event(by=request.user, action="records.duplicates.listed", object_kind="candidates", object_id="open")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [(pair, name_certainty(pair.probability), list_reasons(pair.levels)[0]) for pair in page]
    return render(request, "records/duplicates.html", {"page": page, "rows": rows})


@never_cache
@login_required
@require_safe
def merge_list(request: HttpRequest) -> HttpResponse:
    """Who was joined, and by whom; the newest can be taken back."""
    found = list_merges(get_reading_scope(request))
    scope = get_scope(request.user, MERGE_PEOPLE)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [(merge, may_decide(scope, merge.desa_id, merge.absorbed_desa_id)) for merge in page]
    return render(request, "records/merges.html", {"page": page, "rows": rows})


def may_decide(scope: Scope, one: int, other: int) -> bool:
    return scope.contains(one) and scope.contains(other)


@never_cache
@login_required
@require_safe
def pair(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """Both side by side. Reading them is an event of each; outside daily work, with a purpose."""
    found = find_pair(request, candidate_id)
    people = (found.one, found.other)
    purposes = [find_stated(request, person.desa_id, found.public_id) for person in people]
    if None in purposes:
        return ask(request, candidate_id, PurposeForm())
    for person, purpose in zip(people, purposes, strict=True):
        record_event(
            by=request.user, action="records.child.read", object_kind="person", object_id=person.public_id,
            reason=purpose, region_id=person.desa_id,
        )  # fmt: skip
    return render(request, "records/duplicate.html", show_pair(request, found))


@never_cache
@login_required
@require_POST
def state_pair_purpose(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """Takes the purpose and goes on to the pair."""
    find_pair(request, candidate_id)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return ask(request, candidate_id, form)
    keep_purpose(request, candidate_id, form)
    return redirect("duplicate", candidate_id)


def find_pair(request: HttpRequest, candidate_id: UUID) -> DuplicateCandidate:
    """The pair, when the user may read both; 404 otherwise."""
    try:
        return get_candidate(get_scope(request.user, READ_PEOPLE), candidate_id)
    except DuplicateCandidate.DoesNotExist as error:
        raise Http404 from error


def ask(request: HttpRequest, candidate_id: UUID, form: PurposeForm) -> HttpResponse:
    page = {"form": form, "candidate_id": candidate_id, "minutes": PURPOSE_MINUTES}
    return render(request, "records/purpose.html", page, status=400 if form.errors else 200)


def show_pair(request: HttpRequest, found: DuplicateCandidate) -> dict[str, Any]:
    """What the page of a pair shows: facts beside each other, reasons, and days on which both were measured."""
    today, scope = timezone.localdate(), get_scope(request.user, READ_PEOPLE)
    one, other = (dict(describe_child(person, today)) for person in (found.one, found.other))
    visits = [list_measurements(scope, person) for person in (found.one, found.other)]
    days = [{visit.measured_on for visit in series} for series in visits]
    speaks_for, against = list_reasons(found.levels)
    return {
        "pair": found,
        "facts": [(label, one.get(label, "–"), other.get(label, "–")) for label in {**one, **other}],
        "visits": [len(series) for series in visits],
        "both_days": sorted(days[0] & days[1]),
        "speaks_for": speaks_for,
        "against": against,
        "certainty": name_certainty(found.probability),
        "is_open": found.state == CandidateState.OPEN,
        "may_decide": may_decide(get_scope(request.user, MERGE_PEOPLE), found.one.desa_id, found.other.desa_id),
    }


@never_cache
@login_required
@require_POST
def join(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """The two become one; the form says which entry stays."""
    found = find_decidable(request, candidate_id)
    kept, absorbed = (found.one, found.other) if request.POST.get("tetap") != "dua" else (found.other, found.one)

    def work() -> None:
        joined = merge_people(by=request.user, kept=kept, absorbed=absorbed, reason=request.POST.get("alasan", ""))
        refresh(joined.desa_months)

    done = attempt(request, work, gettext("Kedua catatan digabung. Penggabungan dapat dibatalkan di daftar gabungan."))
    return redirect("merges") if done else redirect("duplicate", candidate_id)


@never_cache
@login_required
@require_POST
def apart(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """The two are different people."""
    found = find_decidable(request, candidate_id)
    done = attempt(
        request,
        lambda: keep_apart(by=request.user, candidate=found, reason=request.POST.get("alasan", "")),
        gettext("Dicatat sebagai dua anak. Pasangan ini tidak ditanyakan lagi selama datanya tidak berubah."),
    )
    return redirect("duplicates") if done else redirect("duplicate", candidate_id)


def find_decidable(request: HttpRequest, candidate_id: UUID) -> DuplicateCandidate:
    """The pair, when the user may decide on both; 404 otherwise."""
    found = find_pair(request, candidate_id)
    if not may_decide(get_scope(request.user, MERGE_PEOPLE), found.one.desa_id, found.other.desa_id):
        raise Http404
    return found


@never_cache
@login_required
@require_POST
def unmerge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Two entries again."""
    try:
        found = get_merge(get_scope(request.user, MERGE_PEOPLE), merge_id)
    except PersonMerge.DoesNotExist as error:
        raise Http404 from error

    def work() -> None:
        refresh(unmerge_people(by=request.user, merge=found, reason=request.POST.get("alasan", "")).desa_months)

    attempt(request, work, gettext("Penggabungan dibatalkan. Kedua catatan kembali seperti semula."))
    return redirect("merges")


def attempt(request: HttpRequest, work: Callable[[], None], said: str) -> bool:
    """Do it in one transaction and say so; what is refused is said instead."""
    try:
        with transaction.atomic():
            work()
    except RecordsError as error:
        messages.error(request, str(error))
        return False
    except Person.DoesNotExist:
        messages.error(request, gettext("Salah satu catatan sudah berubah. Muat ulang daftar ini."))
        return False
    except DatabaseError as error:  # the database's own guard, which sees further than our look
        if getattr(error.__cause__, "sqlstate", "") != LOCKED:
            raise
        messages.error(
            request,
            gettext(
                "Ada bulan kedua catatan ini yang sudah dikirim untuk diperiksa dan terkunci. "
                "Minta paket bulan itu kembali di halaman Verifikasi, lalu coba lagi."
            ),
        )
        return False
    messages.success(request, said)
    return True
