"""Minutes in official layout: a page to print and a Word document of the same content."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from tumbuh.activities.api import (
    Activity,
    Details,
    FollowUp,
    Mode,
    Part,
    Sex,
    Turnout,
    get_kind,
    read_attendance,
    read_details,
)
from tumbuh.web.activities.gates import get_activity_or_404, get_own_scope

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Sheet:
    """What page and document say, in their order."""

    heading: list[str]
    facts: list[tuple[str, str]]
    agenda: list[str]
    sections: list[tuple[str, str]]
    decisions: list[str]
    tasks: list[tuple[str, str, str, str]]
    people: list[tuple[str, str, str, str]]
    signatures: list[tuple[str, str]]


def make_sheet(activity: Activity, details: Details) -> Sheet:
    """The sheet of an activity; names of people as they stand in its list."""
    kind, sections = get_kind(activity.kind), details.sections
    return Sheet(
        heading=[find_organiser(activity), activity.region.full_name],
        facts=list_facts(activity, turnout=read_attendance(details, is_held=True).turnout),
        agenda=list(activity.agenda),
        sections=[(each.label, sections[each.key]) for each in kind.sections if sections.get(each.key)],
        decisions=[each.text for each in details.decisions],
        tasks=[
            (each.text, name_owner(each), date_format(each.due_on, "j F Y"), each.get_state_display())
            for each in details.follow_ups
        ],
        people=[
            (one.name, one.institution, str(Sex(one.sex).label), str(Part(one.part).label))
            for one in details.people if one.is_present
        ],
        signatures=[
            (_("Pimpinan"), find_name(details, Part.CHAIR)),
            (_("Notulis"), find_name(details, Part.NOTE_TAKER)),
        ],
    )  # fmt: skip


def find_organiser(activity: Activity) -> str:
    """Who holds it: an institution of the list, or the words that were written."""
    return activity.institution.name if activity.institution else activity.organiser


def find_name(details: Details, part: Part) -> str:
    """The first one present with that part; empty, to be written by hand."""
    return next((one.name for one in details.people if one.part == part and one.is_present), "")


def name_owner(task: FollowUp) -> str:
    """Everybody who owns it, in words."""
    named = [
        task.owner_institution.name if task.owner_institution else "",
        task.owner_name,
        task.owner_region.full_name if task.owner_region else "",
    ]
    return ", ".join(filter(None, named))


def list_facts(
    activity: Activity, *, turnout: Turnout | None = None, is_invitation: bool = False
) -> list[tuple[str, str]]:
    """What, when and where; how many came, unless it is an invitation, and of how many invited where any were."""
    start, end = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    days = date_format(start, "l, j F Y")
    if end.date() != start.date():
        days = f"{days} – {date_format(end, 'l, j F Y')}"
    numbers = {"all": activity.attended, "women": activity.attended_women}
    facts = [
        (_("Kegiatan"), activity.title), (_("Jenis"), get_kind(activity.kind).label), (_("Hari, tanggal"), days),
        (_("Waktu"), f"{start:%H.%M}–{end:%H.%M} WIB"),
        (_("Tempat"), ", ".join(filter(None, [activity.place, str(Mode(activity.mode).label)]))),
    ]  # fmt: skip
    if not is_invitation:
        facts.append((_("Hadir"), _("%(all)d orang, %(women)d perempuan") % numbers))
    if turnout and turnout.invited:
        facts.append((_("Undangan"), say_turnout(turnout)))
    return [(label, text) for label, text in facts if text]


def say_turnout(turnout: Turnout) -> str:
    """Invited and present in one sentence."""
    words = _("%(came)d dari %(invited)d undangan hadir, %(uninvited)d orang hadir tanpa undangan")
    return words % {"came": turnout.came, "invited": turnout.invited, "uninvited": turnout.uninvited}


def read_sheet(request: HttpRequest, activity_id: UUID) -> tuple[Activity, Sheet]:
    activity = get_activity_or_404(request, activity_id)
    return activity, make_sheet(activity, read_details(get_own_scope(activity), activity))


@never_cache
@login_required
@require_safe
def minutes(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The page to print."""
    activity, sheet = read_sheet(request, activity_id)
    return render(request, "activities/minutes.html", {"activity": activity, "sheet": sheet})


@never_cache
@login_required
@require_safe
def minutes_docx(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The Word document."""
    _activity, sheet = read_sheet(request, activity_id)
    response = HttpResponse(write_docx(sheet), content_type=DOCX)
    response["Content-Disposition"] = 'attachment; filename="notulen.docx"'
    return response


def write_docx(sheet: Sheet) -> bytes:
    """The sheet on A4 in the manner of official letters."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    for line in [*filter(None, sheet.heading), _("NOTULEN")]:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line.upper()).bold = True
    write_table(document, [], sheet.facts)
    write_list(document, _("Agenda"), sheet.agenda)
    for label, text in sheet.sections:
        add_heading(document, label)
        for part in text.splitlines():
            document.add_paragraph(part)
    write_list(document, _("Keputusan"), sheet.decisions)
    if sheet.tasks:
        add_heading(document, _("Tindak lanjut"))
        write_table(document, [_("Tindak lanjut"), _("Penanggung jawab"), _("Tenggat"), _("Status")], sheet.tasks)
    if sheet.people:
        add_heading(document, _("Daftar hadir"))
        write_table(document, [_("Nama"), _("Lembaga"), _("Jenis kelamin"), _("Peran")], sheet.people)
    document.add_paragraph()
    names = [f"\n\n\n{name or '( ........................ )'}" for _label, name in sheet.signatures]
    write_table(document, [label for label, _name in sheet.signatures], [tuple(names)], style=None)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def add_heading(document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.add_run(text).bold = True


def write_list(document, label: str, lines: list[str]) -> None:
    """A numbered list under its heading; nothing where it is empty."""
    if lines:
        add_heading(document, label)
        for number, line in enumerate(lines, 1):
            document.add_paragraph(f"{number}. {line}")


def write_table(document, head: list[str], rows: list[tuple[str, ...]], style: str | None = "Table Grid") -> None:
    table = document.add_table(rows=0, cols=len(head) or len(rows[0]), style=style)
    for values in ([tuple(head)] if head else []) + list(rows):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = str(value)
