"""A region's action plan: what it rests on, its actions, where they stand, what enacted it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import MANAGE_PLANS, READ_DOCUMENTS, READ_FIGURES, Scope, list_institutions
from tumbuh.documents.api import DocumentFact
from tumbuh.programme.api import (
    ENACTING,
    PLAN_DOCUMENT,
    PLANNING_DOCUMENTS,
    ActionPlan,
    PlanAction,
    PlanKind,
    PlanState,
    ProgrammeError,
    SituationAnalysis,
    SubjectKind,
    attach_analysis,
    enact_plan,
    list_analyses,
    list_missing_kinds,
    list_own_documents,
    list_plan_actions,
    list_plans,
    tie_document,
    write_plan,
    write_plan_action,
)
from tumbuh.regions.api import Level, Region, Span
from tumbuh.verification.api import ReviewState, list_states
from tumbuh.web.programme.evidence import name_kind
from tumbuh.web.programme.forms import (
    AnalysisForm,
    DocumentForm,
    PlanActionForm,
    PlanForm,
    describe_action,
    describe_plan,
    get_document,
)
from tumbuh.web.programme.situation_pages import write_summary
from tumbuh.web.programme.teams import get_lineage_or_404
from tumbuh.web.site.viewer import may

Forms = dict[str, forms.Form]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan (`?mulai=`, else the newest); drafts for those who read what is not published. At most 12 queries."""
    *above, region = get_lineage_or_404(code)
    if region.level == Level.DESA:
        raise Http404
    may_plan = may(request, MANAGE_PLANS, region.pk)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    plans = list_shown(request, region)
    plan = choose_plan(plans, request.GET.get("mulai", ""))
    actions = list_plan_actions(plan) if plan else []
    papers = list_own_documents(region, {PLAN_DOCUMENT, *ENACTING, *PLANNING_DOCUMENTS}) if plan else []
    found = make_forms(request, region, plan, actions, papers) if may_plan else {}
    if request.method == "POST":
        if not may_plan:
            raise Http404
        if take(request, region, plan, actions, found):
            return redirect(f"{reverse('programme_plan', args=[code])}?mulai={find_year(request, plan)}")
    page = {
        "region": region, "above": above, "plan": plan, "plans": plans, "forms": found, "may_plan": may_plan,
        "reads_figures": may(request, READ_FIGURES, region.pk),
        "chosen": request.GET.get("aksi", ""), **describe(request, region, plan, actions, papers),
    }  # fmt: skip
    is_wrong = any(form.errors for form in found.values())
    return render(request, "programme/plan.html", page, status=422 if is_wrong else 200)


def find_year(request: HttpRequest, plan: ActionPlan | None) -> str:
    """The first year of the plan that was written to."""
    return request.POST["mulai"] if request.POST.get("aksi") == "rencana" or plan is None else str(plan.first_year)


def list_shown(request: HttpRequest, region: Region) -> list[ActionPlan]:
    """The plans that the viewer may read."""
    plans = list_plans(region)
    return (
        plans if may(request, READ_DOCUMENTS, region.pk) else [one for one in plans if one.state == PlanState.ENACTED]
    )


def choose_plan(plans: list[ActionPlan], year: str) -> ActionPlan | None:
    """The one that begins in that year, else the newest."""
    return next((one for one in plans if str(one.first_year) == year), plans[0] if plans else None)


@dataclass(frozen=True)
class Paper:
    """A document of the plan: what it does for it, and whether it is verified; without link where it is not public."""

    role: str
    title: str
    kind_name: str
    href: str
    is_verified: bool
    is_waiting: bool


def describe(
    request: HttpRequest,
    region: Region,
    plan: ActionPlan | None,
    actions: list[PlanAction],
    papers: list[DocumentFact],
) -> dict[str, Any]:
    """The actions by kind, what is missing, and the documents with whether they are verified; one query."""
    if plan is None:
        return {"groups": [], "missing": [], "papers": []}
    return {
        "groups": [(kind, [one for one in actions if one.kind == kind]) for kind in PlanKind],
        "missing": list_missing_kinds({one.kind for one in actions}),
        "papers": list_papers(request, region, plan, [one for one in papers if one.kind == PLAN_DOCUMENT]),
    }


def list_papers(request: HttpRequest, region: Region, plan: ActionPlan, own: list[DocumentFact]) -> list[Paper]:
    """The plan's own text, what enacted it, and where its actions stand."""
    found: list[tuple[str, Any]] = [(_("Naskah rencana"), one) for one in own]
    found += [(_("Penetapan"), plan.enactment)] if plan.enactment else []
    found += [(_("Memuat aksi"), one) for one in plan.documents.all()]
    states = list_states(SubjectKind.DOCUMENT, [one.public_id for _role, one in found])
    reads_all = may(request, READ_DOCUMENTS, region.pk)
    papers = []
    for role, one in found:
        state = states.get(one.public_id)
        href = reverse("evidence_piece", args=["document", one.public_id]) if request.user.is_authenticated else ""
        title = one.title if reads_all or one.is_published else ""
        papers.append(
            Paper(role, title, name_kind(SubjectKind.DOCUMENT, one.kind), href if title else "",
                  state == ReviewState.VERIFIED, state == ReviewState.SUBMITTED)
        )  # fmt: skip
    return papers


def make_forms(
    request: HttpRequest,
    region: Region,
    plan: ActionPlan | None,
    actions: list[PlanAction],
    papers: list[DocumentFact],
) -> Forms:
    """The forms of those who plan here; the one that was sent holds what was sent."""
    data, sent = (request.POST, request.POST.get("aksi")) if request.method == "POST" else (None, None)

    def is_sent(name: str) -> Any:
        return data if sent == name else None

    is_choosing = plan is not None and (request.GET.get("dasar") == "ya" or sent == "dasar")
    analyses = list_analyses(region) if plan is None or is_choosing else []
    start = describe_plan(plan) if plan else start_plan(region, analyses)
    found: Forms = {"rencana": PlanForm(is_sent("rencana"), initial=start, auto_id="rencana_%s")}
    if plan is None:
        return found
    named = list(list_institutions(Scope((Span(region.pk, region.pk),))))
    action = find_action(actions, request.GET.get("aksi", ""))
    if is_choosing:
        found["dasar"] = AnalysisForm(is_sent("dasar"), analyses=analyses, auto_id="dasar_%s")
        return found
    found["isi"] = PlanActionForm(
        is_sent("isi"), institutions=named, auto_id="isi_%s",
        initial=describe_action(action) if action else {"tahun": plan.first_year},
    )  # fmt: skip
    for name, kinds in (("kaitkan", PLANNING_DOCUMENTS), ("tetapkan", ENACTING)):
        choices = [one for one in papers if one.kind in kinds]
        found[name] = DocumentForm(is_sent(name), documents=choices, auto_id=f"{name}_%s")
    return found


def start_plan(region: Region, analyses: list[SituationAnalysis]) -> dict[str, Any]:
    """What a new plan begins with: the newest concluded analysis in words."""
    newest = max((one for one in analyses if one.reopened_at is None), key=lambda one: one.year, default=None)
    words = write_summary(region, newest) if newest else ""
    return {"mulai": timezone.localdate().year, "situasi": words}


def find_action(actions: list[PlanAction], key: str) -> PlanAction | None:
    return next((one for one in actions if str(one.pk) == key), None)


def take(
    request: HttpRequest, region: Region, plan: ActionPlan | None, actions: list[PlanAction], found: Forms
) -> bool:
    """Whether what was sent was done; else its form says why not."""
    form = found.get(request.POST.get("aksi", ""))
    if form is None or not form.is_valid():
        return False
    values = form.cleaned_data
    doing: dict[str, Callable[[], Any]] = {
        "rencana": lambda: write_plan(
            by=request.user, region=region, first_year=values["mulai"], last_year=values["selesai"],
            situation=values["situasi"],
        ),
        "isi": lambda: write_plan_action(
            by=request.user, plan=plan, details=form.read(), action=find_action(actions, request.GET.get("aksi", ""))
        ),
        "kaitkan": lambda: tie_document(by=request.user, plan=plan, document=get_document(values["dokumen"])),
        "dasar": lambda: attach_analysis(by=request.user, plan=plan, analysis=form.read()),
        "tetapkan": lambda: enact_plan(by=request.user, plan=plan, document=get_document(values["dokumen"])),
    }  # fmt: skip
    try:
        doing[request.POST["aksi"]]()
    except ProgrammeError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Rencana aksi disimpan."))
    return True
