"""Writing the standard report and handing it in."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import Institution, User
from tumbuh.audit.api import record_event
from tumbuh.partners.actions.gates import add_writer, check_open, lock_entry, may_report_for, refuse
from tumbuh.partners.models import PartnerReport
from tumbuh.partners.queries.definitions import list_sections
from tumbuh.partners.queries.reach import find_reach
from tumbuh.partners.queries.reports import read_figures
from tumbuh.partners.rules import ITEM, Kind, Semester, check_sections, check_semester, check_texts, make_receipt
from tumbuh.verification.api import is_locked, submit_item


@transaction.atomic
def begin_report(*, by: User, institution: Institution, semester: Semester) -> PartnerReport:
    """The institution's report of the semester, made when there is none."""
    if not may_report_for(find_reach(by), institution):
        raise refuse()
    check_semester(semester, today=timezone.localdate())
    start = {"region_id": institution.region_id, "recorded_by": by, "writers": [by.pk]}
    report, is_new = PartnerReport.objects.get_or_create(
        institution=institution, year=semester.year, half=semester.half, voided_at=None, defaults=start
    )
    if is_new:
        record_event(
            by=by, action="partners.report_begun", object_kind="report", object_id=report.public_id,
            after={"institution": institution.pk, "year": semester.year, "half": semester.half},
            region_id=report.region_id,
        )  # fmt: skip
    return report


@transaction.atomic
def write_report(*, by: User, public_id: UUID, texts: Mapping[str, str]) -> PartnerReport:
    """The report with these texts by section; the same texts change nothing."""
    report = lock_entry(by, Kind.REPORT, public_id)
    check_open(report)
    wanted = {one.key: texts.get(one.key, "").strip() for one in list_sections()}
    check_texts(wanted.values())
    if wanted == report.sections:
        return report
    report.sections, report.writers = wanted, add_writer(report.writers, by)
    report.save()
    record_event(
        by=by, action="partners.report_written", object_kind="report", object_id=public_id,
        after={key: len(text) for key, text in wanted.items()}, region_id=report.region_id,
    )  # fmt: skip
    return report


@transaction.atomic
def submit_report(*, by: User, public_id: UUID) -> PartnerReport:
    """The report handed in: figures frozen, a receipt at the first time, and put forward to the level above.

    Handed in already, it stays as it is. Raises ReportError while a required section is empty.
    """
    report = lock_entry(by, Kind.REPORT, public_id)
    if is_locked(ITEM, public_id):
        return report
    check_sections(list_sections(), report.sections)
    semester = Semester(report.year, report.half)
    report.figures = read_figures(report.institution, semester)
    report.submitted_at = report.submitted_at or timezone.now()
    report.receipt = report.receipt or make_receipt(semester, report.pk)
    report.save()
    makers = [report.recorded_by_id, *report.writers]
    submit_item(by=by, kind=ITEM, subject_id=public_id, region=report.region, makers=makers)
    return report
