"""The pillar board, one output or duty, and printable sheets of what is owed. Statuses are public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import MANAGE_PROGRAMME
from tumbuh.programme.api import (
    Duty,
    Institution,
    Output,
    Owed,
    Regulation,
    Role,
    Status,
    count_board,
    count_by_child,
    list_codes_of,
    list_notes,
    list_outputs,
    list_owed,
    list_owed_with_parts,
    units_of,
)
from tumbuh.regions.api import Level, Region, get_number, list_around, list_children, list_lineage
from tumbuh.web.programme.evidence import describe_evidence
from tumbuh.web.programme.sheets import choose_regulation
from tumbuh.web.site.viewer import may

SIZES = {Level.PROVINSI: 10**6, Level.KABUPATEN: 10**4, Level.KECAMATAN: 1}  # numbers of a region one level down
LOOKS = {
    Status.FULFILLED: ("state-good", "check"),
    Status.RUNNING: ("state-info", "clock"),
    Status.OVERDUE: ("state-bad", "alert"),
    Status.NOT_DUE: ("state-plain", "calendar"),
    Status.NOT_APPLICABLE: ("state-plain", "same"),
}


@dataclass(frozen=True)
class Said:
    """A status in words, with its look, and how many have it."""

    label: str
    look: str
    icon: str
    number: int


@dataclass(frozen=True)
class Line:
    """A line of a board: what it is of, where it leads, and its cells."""

    title: str
    href: str
    cells: list[list[Said]]


def say(tally: Mapping[Status, int]) -> list[Said]:
    """The statuses that occur, the met ones first."""
    return [Said(str(status.label), *LOOKS[status], tally[status]) for status in Status if tally.get(status)]


def get_regulation_or_404(request: HttpRequest) -> Regulation:
    """The regulation asked for, else the one in force; 404 when none is loaded."""
    regulation, _all = choose_regulation(request.GET)
    if regulation is None:
        raise Http404
    return regulation


def get_lineage_or_404(regulation: Regulation, code: str | None) -> list[Region]:
    """The region of the regulation's province with this code (the province without one), and before it those above.

    404 where it is another's; one query.
    """
    wanted = code or regulation.province_code
    lineage = list_lineage(wanted) if wanted.startswith(regulation.province_code) else []
    if not lineage or lineage[-1].code != wanted:
        raise Http404
    return lineage


def get_around_or_404(regulation: Regulation, code: str | None) -> tuple[list[Region], list[Region]]:
    """As `get_lineage_or_404`, with the regions directly below; one query too."""
    wanted = code or regulation.province_code
    lineage, children = list_around(wanted) if wanted.startswith(regulation.province_code) else ([], [])
    if not lineage:
        raise Http404
    return lineage, children


def get_place_or_404(regulation: Regulation, code: str | None) -> Region:
    """Only the region itself."""
    return get_lineage_or_404(regulation, code)[-1]


@require_safe
def show_board(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """Five pillars and the articles by year, for a region and all below it, and its parts. At most twelve queries."""
    regulation = get_regulation_or_404(request)
    *above, region = get_lineage_or_404(regulation, code)
    today = timezone.localdate()
    board = count_board(regulation, region, today)
    years = list(regulation.term)
    titles = {pillar.number: pillar.title for pillar in regulation.pillars.all()}
    page = {
        "regulation": regulation,
        "region": region,
        "above": above,
        "years": years,
        "lines": [
            (number, titles.get(number), [say(board.cells.get((number, year), {})) for year in years])
            for number in (*titles, 0)
        ],
        "total": say(board.total),
        "met": board.total[Status.FULFILLED],
        "late": board.total[Status.OVERDUE],
        "number": sum(board.total.values()),
        "parts": list_parts(regulation, region),
        "year": today.year if today.year in years else years[0],
    }
    return render(request, "programme/board.html", page)


def list_parts(regulation: Regulation, region: Region) -> list[tuple[Region, list[Said]]]:
    """The regions directly below, each with what it and everything below it owes; none below a desa."""
    if region.level == Level.DESA:
        return []
    counted = count_by_child(regulation, region, timezone.localdate(), size=SIZES[Level(region.level)])
    return [(child, say(counted.get(child.pk, {}))) for child in list_children(region)]


@require_safe
def show_clause(request: HttpRequest, clause: str) -> HttpResponse:
    """One output or duty: its words, our reading, who owes it, and where it stands in a region and its parts.

    At most twelve queries for everybody who is not signed in.
    """
    regulation = get_regulation_or_404(request)
    (*above, region), children = get_around_or_404(regulation, request.GET.get("wilayah"))
    output, duty = find_clause_or_404(regulation, clause)
    owed, parts = list_owed_with_parts(
        regulation, region, timezone.localdate(), code=clause, text=output.text if output else "",
        size=SIZES.get(Level(region.level), 1),
    )  # fmt: skip
    page = {
        "regulation": regulation,
        "region": region,
        "above": above,
        "clause": clause,
        "output": output,
        "duty": duty,
        "notes": list_notes(regulation).get(clause if output else duty.article.code, []),
        "no_notes": {},
        "may_decide": may(request, MANAGE_PROGRAMME, get_number(regulation.province_code)),
        **describe_evidence(request, regulation, region, output, duty, known=[*above, region, *children]),
        "owed": sorted(describe_all(owed), key=lambda row: (row["owed"].year, row["owed"].part)),
        "parts": [(child, say(parts[child.pk])) for child in children if child.pk in parts],
    }
    return render(request, "programme/clause.html", page)


def find_clause_or_404(regulation: Regulation, code: str) -> tuple[Output | None, Duty | None]:
    """The output with its targets and owners, or the duty; 404 for neither."""
    output = list_outputs(regulation).filter(code=code).first()
    duty = None if output else regulation.duties.select_related("article").filter(code=code).first()
    if output is None and duty is None:
        raise Http404
    return output, duty


def describe_all(owed: Iterable[Owed]) -> list[dict[str, object]]:
    """Each with its statuses in words."""
    return [{"owed": one, "said": say(one.statuses)} for one in owed]


@require_safe
def show_region_sheet(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """What one region itself owes in a year, and what is late from before; made to be printed."""
    regulation = get_regulation_or_404(request)
    region = get_place_or_404(regulation, code)
    years = list_years_or_404(regulation, year)
    owed = list_owed(regulation, timezone.localdate(), regions=units_of(region), years=years)
    return show_sheet(request, regulation, owed, year, {"region": region, "title": region.full_name})


@require_safe
def show_institution_sheet(request: HttpRequest, institution: str, year: int) -> HttpResponse:
    """What an institution is responsible for in a year, in a region (`?wilayah=`) and below; made to be printed."""
    regulation = get_regulation_or_404(request)
    region = get_place_or_404(regulation, request.GET.get("wilayah"))
    named = Institution.objects.filter(regulation=regulation, code=institution).first()
    if named is None:
        raise Http404
    years, where = list_years_or_404(regulation, year), units_of(region, with_below=True, with_above=True)
    codes = list_codes_of(regulation, institution)
    owed = list_owed(regulation, timezone.localdate(), regions=where, codes=codes, years=years)
    context = {"region": region, "title": named.name, "institution": named,
               "supports": sorted(list_codes_of(regulation, institution, Role.SUPPORTING) - codes)}  # fmt: skip
    return show_sheet(request, regulation, owed, year, context)


def list_years_or_404(regulation: Regulation, year: int) -> list[int]:
    """The regulation's years up to that one: what was due before and is not done is still owed."""
    if year not in regulation.term:
        raise Http404
    return [one for one in regulation.term if one <= year]


def show_sheet(
    request: HttpRequest, regulation: Regulation, owed: list[Owed], year: int, context: dict[str, object]
) -> HttpResponse:
    """The sheet: the year's obligations, and those of earlier years that are late."""
    late = [one for one in owed if one.year < year and one.statuses[Status.OVERDUE]]
    due = [one for one in owed if one.year == year]
    page = {
        "regulation": regulation,
        "year": year,
        "years": list(regulation.term),
        "due": describe_all(due),
        "late": describe_all(late),
        "met": sum(one.status == Status.FULFILLED for one in due),
        "day": timezone.localdate(),
        **context,
    }
    return render(request, "programme/sheet.html", page)
