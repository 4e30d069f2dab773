"""Evidence at work: what waits for one's review, and one piece with what it serves, its way and its next steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import MANAGE_PROGRAMME
from tumbuh.activities.api import ActivityError, submit_activity, withdraw_activity
from tumbuh.programme.api import (
    EvidenceLink,
    ProgrammeError,
    Regulation,
    SubjectKind,
    confirm_evidence,
    drop_evidence,
    find_regulation,
    read_texts,
    refresh_evidence,
    review_evidence,
)
from tumbuh.verification.api import (
    PERMISSION,
    Review,
    ReviewMove,
    ReviewState,
    Tier,
    VerificationError,
    can_review,
    find_review,
    list_waiting_reviews,
    submit_item,
    withdraw_item,
)
from tumbuh.web.programme.suggestions import suggest_clauses
from tumbuh.web.programme.things import Thing, get_page, get_thing_or_404, list_titles
from tumbuh.web.site.viewer import may

SHOWN = 100
REVIEWERS = (ReviewMove.VERIFY, ReviewMove.RETURN, ReviewMove.UNAPPROVE)


@never_cache
@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer's review, the oldest first."""
    waiting = list_waiting_reviews(request.user).order_by("moved_at")
    shown = list(waiting[: SHOWN + 1])
    titles = list_titles((one.subject_kind, one.subject_id) for one in shown[:SHOWN])
    unknown = (_("Tanpa judul"), "")
    rows = [
        (one, get_page(one.subject_kind, one.subject_id), *titles.get(one.subject_id, unknown)) for one in shown[:SHOWN]
    ]
    page = {"rows": rows, "more": len(shown) > SHOWN, "number": waiting.count() if len(shown) > SHOWN else len(shown)}
    return render(request, "programme/queue.html", page)


@never_cache
@login_required
@require_safe
def piece(request: HttpRequest, source: str, subject_id: UUID) -> HttpResponse:
    """One piece of evidence; at most twelve queries."""
    thing = get_thing_or_404(request, source, subject_id)
    review, regulation = find_review(thing.source, subject_id), find_regulation()
    links = list(find_links(regulation, thing).select_related("by")) if regulation else []
    texts = read_texts(regulation) if regulation else {}
    served = {link.code for link in links}
    page = {
        "thing": thing,
        "region": thing.region,
        "review": review,
        "steps": list(review.steps.select_related("by")) if review else [],
        "moves": list_moves(request, thing, review),
        "links": [(link, texts.get(link.code, "")) for link in links],
        "may_link": may_link(request, thing, review),
        "suggestions": [one for one in suggest_clauses(thing, texts) if one.code not in served],
        "clauses": texts.items(),
        "regulation": regulation,
    }
    return render(request, "programme/piece.html", page)


def find_links(regulation: Regulation, thing: Thing) -> Any:
    return EvidenceLink.objects.filter(regulation=regulation, source=thing.source, subject_id=thing.subject_id)


def is_reviewer(request: HttpRequest, review: Review | None) -> bool:
    """Whether the reviewing tier's moves are the viewer's in the thing's region."""
    return review is not None and may(request, PERMISSION[Tier(review.tier)], review.region_id)


def list_moves(request: HttpRequest, thing: Thing, review: Review | None) -> list[ReviewMove]:
    """What the viewer may do with the thing as it stands."""
    state = ReviewState(review.state) if review else None
    makers = review.makers if review else []
    moves = [ReviewMove.SUBMIT, ReviewMove.WITHDRAW] if thing.is_mine and thing.is_ready else []
    moves += REVIEWERS if is_reviewer(request, review) else ()
    return [move for move in moves if can_review(state, move, by=request.user.pk, makers=makers)]


def may_link(request: HttpRequest, thing: Thing, review: Review | None) -> bool:
    """Before it is verified, those who manage it and its reviewers; afterwards reviewers and officials."""
    if is_reviewer(request, review) or may(request, MANAGE_PROGRAMME, thing.region.pk):
        return True
    return thing.is_mine and (review is None or review.state != ReviewState.VERIFIED)


@login_required
@require_POST
def step(request: HttpRequest, source: str, subject_id: UUID) -> HttpResponse:
    """Put forward, take back, or review; what speaks against it is said on the page."""
    thing = get_thing_or_404(request, source, subject_id)
    review = find_review(thing.source, subject_id)
    word = request.POST.get("langkah", "")
    if word not in list_moves(request, thing, review):
        messages.error(request, _("Langkah itu tidak dapat diambil sekarang. Muat ulang halaman ini."))
        return redirect("evidence_piece", source, subject_id)
    try:
        take_move(request, thing, ReviewMove(word))
        messages.success(request, _("Langkah “%(move)s” dicatat.") % {"move": ReviewMove(word).label})
    except (VerificationError, ActivityError) as error:
        messages.error(request, str(error))
    return redirect("evidence_piece", source, subject_id)


def take_move(request: HttpRequest, thing: Thing, move: ReviewMove) -> None:
    """The move by the room that it belongs to; what it meets is computed anew."""
    reason, version = request.POST.get("alasan", "")[:500], request.POST.get("versi", "")
    if move in REVIEWERS:
        review_evidence(
            by=request.user, source=thing.source, kind=thing.kind, subject_id=thing.subject_id, move=move,
            reason=reason, version=int(version) if version.isdecimal() else None,
        )  # fmt: skip
        return
    if thing.source == SubjectKind.ACTIVITY:
        act = submit_activity if move == ReviewMove.SUBMIT else withdraw_activity
        act(by=request.user, public_id=thing.subject_id)
    elif move == ReviewMove.SUBMIT:
        submit_item(
            by=request.user, kind=thing.source, subject_id=thing.subject_id, region=thing.region, makers=thing.makers
        )
    else:
        withdraw_item(by=request.user, kind=thing.source, subject_id=thing.subject_id, reason=reason)
    refresh_evidence(source=thing.source, kind=thing.kind, subject_id=thing.subject_id)


@login_required
@require_POST
def link(request: HttpRequest, source: str, subject_id: UUID) -> HttpResponse:
    """Confirm that the piece serves an output or duty, or take that back."""
    thing = get_thing_or_404(request, source, subject_id)
    regulation = find_regulation()
    if regulation is None or not may_link(request, thing, find_review(thing.source, subject_id)):
        raise Http404
    wish = {"by": request.user, "regulation": regulation, "code": request.POST.get("kode", "").strip(),
            "source": thing.source, "subject_id": subject_id}  # fmt: skip
    try:
        if request.POST.get("aksi") == "lepas":
            drop_evidence(**wish, reason=request.POST.get("alasan", "")[:500])
            messages.success(request, _("Keterkaitan dilepas dan capaian dihitung ulang."))
        else:
            confirm_evidence(**wish, region=thing.region, passage=request.POST.get("kutipan", "")[:2000])
            messages.success(request, _("Keterkaitan dicatat dan capaian dihitung ulang."))
    except ProgrammeError as error:
        messages.error(request, str(error))
    return redirect("evidence_piece", source, subject_id)
