"""Reports of partners: what of their figures is taken over, who owes one, who is late."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from tumbuh.accounts.api import Institution
from tumbuh.partners.models import Agreement, Contribution, CsrProgramme, Membership, PartnerReport, Research
from tumbuh.partners.queries.definitions import list_due_rules
from tumbuh.partners.queries.reach import Reach
from tumbuh.partners.rules import ITEM, CsrState, NetworkCode, Semester, find_due
from tumbuh.verification.api import ReviewState, list_states

VALID = Q(voided_at__isnull=True)


def read_figures(institution: Institution, semester: Semester) -> dict[str, Any]:
    """What the records say of the institution's semester, as a report takes it over; four queries.

    A sum of nothing known is None.
    """
    first, last = semester.first_day, semester.last_day
    agreements = Agreement.objects.filter(VALID, parties=institution, valid_from__lte=last).aggregate(
        agreements=Count("pk", filter=Q(valid_until__isnull=True) | Q(valid_until__gte=first)),
        signed=Count("pk", filter=Q(signed_on__gte=first, signed_on__lte=last)),
    )
    csr = CsrProgramme.objects.filter(VALID, partner=institution, year=semester.year).exclude(state=CsrState.PLANNED)
    programmes = csr.aggregate(
        programmes=Count("pk"), pledged_idr=Sum("pledged_idr"), realised_idr=Sum("realised_idr"), reach=Sum("reach")
    )
    done = Research.objects.filter(VALID, finished_on__gte=first, finished_on__lte=last)
    research = done.filter(Q(lead=institution) | Q(institutions=institution)).distinct().count()
    given = Contribution.objects.filter(VALID, institution=institution, given_on__gte=first, given_on__lte=last)
    contributions = given.aggregate(contributions=Count("pk"), contributed_idr=Sum("amount_idr"))
    return {**agreements, **programmes, "research": research, **contributions}


class Expected(NamedTuple):
    """A partner that owes a report of a semester. `state`: its review, None while it was not handed in."""

    institution: Institution
    report: PartnerReport | None
    state: ReviewState | None
    due_on: date
    is_in: bool
    is_late: bool


@dataclass(frozen=True)
class Board:
    """Who owes a report of the semester, and what became of it."""

    semester: Semester
    due_on: date
    rows: list[Expected]

    @property
    def late(self) -> list[Expected]:
        return [row for row in self.rows if row.is_late]

    @property
    def handed_in(self) -> int:
        return sum(row.is_in for row in self.rows)


def read_board(reach: Reach, semester: Semester, *, today: date) -> Board:
    """Members of networks other than the government's owe a report of each semester in which they were one, and so
    does whoever began one. Those of the viewer's regions and the viewer's own institutions, the late ones first; three
    queries."""
    owed = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gte=semester.first_day), since__lte=semester.last_day
    ).exclude(network__code=NetworkCode.GOVERNMENT)
    begun = PartnerReport.objects.filter(VALID, year=semester.year, half=semester.half)
    mine = reach.reads.q("region_id") | Q(pk__in=list(reach.own))
    who = Q(pk__in=owed.order_by().values("institution_id")) | Q(pk__in=begun.order_by().values("institution_id"))
    institutions = list(Institution.objects.filter(mine, who).select_related("region").order_by("name"))
    reports = {one.institution_id: one for one in begun.filter(institution__in=institutions)}
    states = list_states(ITEM, [one.public_id for one in reports.values()])
    due = find_due(list_due_rules(), semester)
    rows = [make_row(one, reports.get(one.pk), states, due, today) for one in institutions]
    return Board(semester, due, sorted(rows, key=lambda row: not row.is_late))


def make_row(
    institution: Institution, report: PartnerReport | None, states: dict[UUID, ReviewState], due: date, today: date
) -> Expected:
    state = states.get(report.public_id) if report else None
    is_in = state in {ReviewState.SUBMITTED, ReviewState.VERIFIED}
    return Expected(institution, report, state, due, is_in, not is_in and today > due)


def list_active_members() -> QuerySet[Membership]:
    """Each membership with each report handed in of a semester in which it held; `of` is the report's number."""
    told = {"of": "public_id", "in_year": "year", "in_half": "half", "at": "submitted_at", "void": "voided_at"}
    paired = Membership.objects.annotate(
        **{name: F(f"institution__partner_reports__{path}") for name, path in told.items()}
    )
    began = Q(since__year__lt=F("in_year")) | Q(since__year=F("in_year"), in_half=2)
    began |= Q(since__year=F("in_year"), in_half=1, since__month__lte=6)
    lasts = Q(until__isnull=True) | Q(until__year__gt=F("in_year")) | Q(until__year=F("in_year"), in_half=1)
    lasts |= Q(until__year=F("in_year"), in_half=2, until__month__gte=7)
    return paired.filter(began, lasts, at__isnull=False, void__isnull=True)
