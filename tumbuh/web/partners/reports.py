"""The board of reports, one report as it prints, and writing it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.partners.api import (
    ITEM,
    Kind,
    NotYoursError,
    PartnerError,
    PartnerReport,
    Reach,
    Semester,
    begin_report,
    list_due_rules,
    list_sections,
    may_write,
    read_board,
    read_figures,
    submit_entry,
    write_report,
)
from tumbuh.verification.api import find_review
from tumbuh.web.partners.entries import list_moves
from tumbuh.web.partners.gates import for_insiders, get_reach, with_entry, with_own_entry
from tumbuh.web.partners.searching import BeginForm, list_semesters, read_semester
from tumbuh.web.partners.shelves import SHELVES, get_address
from tumbuh.web.partners.steps import describe_review, is_closed, list_steps, refresh
from tumbuh.web.partners.words import describe_state, list_figures

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def report_board(request: HttpRequest) -> HttpResponse:
    """Who owes a report of a semester and what became of it; a POST begins one."""
    reach = get_reach(request)
    semester = read_semester(request.POST.get("semester", "") or request.GET.get("semester", ""))
    may_begin = bool(reach.manages.spans or reach.own)
    form = BeginForm(request.POST or None, reach=reach) if may_begin else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (report := try_beginning(request, form, semester)):
            return redirect(get_address(Kind.REPORT, report.public_id, "/ubah"))
    board = read_board(reach, semester, today=timezone.localdate())
    page = Paginator(board.rows, PER_PAGE).get_page(request.GET.get("halaman"))
    shown = {
        "board": board, "semesters": list_semesters(), "rows": [describe_expected(reach, row) for row in page],
        "page": page, "keep": f"semester={semester.year}-{semester.half}&",
        "form": form, "rule": max(list_due_rules(), key=lambda rule: rule.valid_from), "shelf": SHELVES[Kind.REPORT],
    }  # fmt: skip
    return render(request, "partners/reports.html", shown, status=422 if form and form.errors else 200)


def try_beginning(request: HttpRequest, form: BeginForm, semester: Semester) -> PartnerReport | None:
    """The report; None with the reason on the form."""
    try:
        return begin_report(by=request.user, institution=form.cleaned_data["institution"], semester=semester)
    except NotYoursError as error:
        raise Http404 from error
    except PartnerError as error:
        form.add_error(None, str(error))
        return None


def describe_expected(reach: Reach, row: Any) -> dict[str, Any]:
    """A line of the board; an unfinished report has no link for those who may not read it."""
    report = row.report
    is_shown = report and (report.submitted_at or may_write(reach, report))
    href = get_address(Kind.REPORT, report.public_id) if is_shown else ""
    return {"row": row, "href": href, "state": describe_state(row.state), "receipt": report.receipt if report else ""}


@require_safe
@with_entry
def report_page(request: HttpRequest, kind: Kind, report: PartnerReport) -> HttpResponse:
    """One report, laid out for paper too."""
    review = find_review(ITEM, report.public_id)
    semester = Semester(report.year, report.half)
    is_frozen = report.submitted_at is not None and is_closed(review)
    figures = report.figures if is_frozen else read_figures(report.institution, semester)
    shown = {
        "report": report, "semester": semester, "figures": list_figures(figures), "is_frozen": is_frozen,
        "sections": [(one, report.sections.get(one.key, "")) for one in list_sections()],
        "state": describe_review(review), "moves": list_moves(review),
        "steps": list_steps(request, kind, report, review), "address": get_address(kind, report.public_id),
        "may_change": may_write(get_reach(request), report) and not is_closed(review), "shelf": SHELVES[kind],
    }  # fmt: skip
    return render(request, "partners/report.html", shown)


def make_text_form(request: HttpRequest, report: PartnerReport) -> forms.Form:
    """One text for each section; the required ones are asked for when the report is handed in."""
    form = forms.Form(request.POST or None, initial=report.sections)
    for one in list_sections():
        form.fields[one.key] = forms.CharField(
            label=f"{one.label} *" if one.is_required else one.label, help_text=one.hint, required=False,
            max_length=10_000, widget=forms.Textarea({"rows": 5}),
        )  # fmt: skip
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_entry
def report_form(request: HttpRequest, kind: Kind, report: PartnerReport) -> HttpResponse:
    """Writing the report; one button keeps the draft, the other hands it in."""
    form = make_text_form(request, report)
    address = get_address(kind, report.public_id)
    if request.method == "POST" and form.is_valid():
        try:
            write_report(by=request.user, public_id=report.public_id, texts=form.cleaned_data)
            if request.POST.get("langkah") == "kirim":
                submit_entry(by=request.user, kind=kind, public_id=report.public_id)
                refresh(kind, report)
            return redirect(address)
        except PartnerError as error:
            form.add_error(None, str(error))
    semester = Semester(report.year, report.half)
    figures = list_figures(read_figures(report.institution, semester))
    shown = {"form": form, "report": report, "semester": semester, "address": address, "figures": figures}
    return render(request, "partners/report_form.html", shown, status=422 if form.errors else 200)
