"""What makes an agreement, a programme, a research, a contribution whole; when a report is due. Today: 24 Nov 2026."""

from datetime import date

import pytest

from tumbuh.partners.errors import DetailsError, ReportError
from tumbuh.partners.rules import (
    AgreementDetails,
    AgreementForm,
    ContributionDetails,
    ContributionForm,
    CsrDetails,
    CsrState,
    DueRule,
    Field,
    ResearchDetails,
    ResearchForm,
    Section,
    Semester,
    check_details,
    check_sections,
    check_semester,
    find_due,
    get_semester,
    make_receipt,
)

TODAY = date(2026, 11, 24)


def agreement(**more):
    start = date(2026, 2, 1)
    wanted = {"form": AgreementForm.MOU, "number": "1", "title": "Dapur sehat", "signed_on": start, "valid_from": start}
    return AgreementDetails(**{**wanted, "parties": (1, 2), **more})


def csr(**more):
    return CsrDetails(**{"partner_id": 1, "title": "Telur", "field": Field.NUTRITION, "year": 2026, **more})


def research(**more):
    return ResearchDetails(**{"form": ResearchForm.STUDY, "title": "Ikan", "lead_id": 1, "year": 2026, **more})


def gift(**more):
    wanted = {"institution_id": 1, "form": ContributionForm.GOODS, "given_on": TODAY, "purpose": "Posyandu"}
    return ContributionDetails(**{**wanted, "description": "20 timbangan", **more})


WHOLE = [
    agreement(),
    agreement(valid_until=date(2026, 2, 1)),
    csr(),
    csr(state=CsrState.DONE, reach=120),
    research(),
    research(finished_on=TODAY, finding="Ikan membantu.", recommendation="Tambah ikan."),
    gift(),
    gift(form=ContributionForm.MONEY, amount_idr=1, description=""),
]
FAULTY = [
    (agreement(parties=(1,)), "dua pihak"),
    (agreement(parties=(1, 1)), "dua pihak"),
    (agreement(signed_on=date(2026, 11, 25)), "belum tiba"),
    (agreement(valid_until=date(2026, 1, 31)), "sebelum hari pertama"),
    (agreement(purpose="anak 1771010101010001"), "NIK"),
    (csr(state=CsrState.DONE), "dijangkau"),
    (csr(state=CsrState.DONE, reach=0), "dijangkau"),
    (research(finished_on=TODAY, finding="Ikan membantu."), "rekomendasi"),
    (research(finished_on=TODAY, finding=" ", recommendation="Tambah ikan."), "temuan"),
    (research(finished_on=date(2026, 11, 25), finding="a", recommendation="b"), "belum tiba"),
    (gift(form=ContributionForm.MONEY), "rupiah"),
    (gift(form=ContributionForm.MONEY, amount_idr=0), "rupiah"),
    (gift(form=ContributionForm.LABOUR, description=" "), "tenaga"),
    (gift(given_on=date(2026, 11, 25)), "belum tiba"),
]


@pytest.mark.parametrize("details", WHOLE)
def test_whole(details):
    check_details(details, today=TODAY)


@pytest.mark.parametrize(("details", "words"), FAULTY)
def test_faulty(details, words):
    with pytest.raises(DetailsError, match=words):
        check_details(details, today=TODAY)


SEMESTERS = [
    (date(2026, 1, 1), Semester(2026, 1)), (date(2026, 6, 30), Semester(2026, 1)),
    (date(2026, 7, 1), Semester(2026, 2)), (date(2026, 12, 31), Semester(2026, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("day", "semester"), SEMESTERS)
def test_semester_of_a_day(day, semester):
    assert get_semester(day) == semester
    assert semester.first_day <= day <= semester.last_day
    assert semester.before.last_day < semester.first_day


RULES = [
    DueRule(31, date(2025, 1, 1), "usulan", is_certain=False),
    DueRule(15, date(2026, 7, 1), "penetapan", is_certain=True),
]
DUE = [
    (Semester(2025, 2), date(2026, 1, 31)),
    (Semester(2026, 1), date(2026, 7, 31)),  # the newer rule does not reach back
    (Semester(2026, 2), date(2027, 1, 15)),
    (Semester(2024, 1), date(2024, 7, 15)),  # before all rules the newest holds
]


@pytest.mark.parametrize(("semester", "day"), DUE)
def test_due(semester, day):
    assert find_due(RULES, semester) == day


def test_no_report_of_what_has_not_begun():
    check_semester(Semester(2026, 2), today=TODAY)
    for semester in (Semester(2027, 1), Semester(2026, 3), Semester(2026, 0)):
        with pytest.raises(ReportError):
            check_semester(semester, today=TODAY)


def test_required_sections():
    sections = [Section("a", "Ringkasan", "Summary", is_required=True), Section("b", "Kendala", "Obstacles")]
    check_sections(sections, {"a": "ada"})
    with pytest.raises(ReportError, match="Ringkasan"):
        check_sections(sections, {"a": " ", "b": "ada"})


def test_receipt():
    assert make_receipt(Semester(2026, 1), 12) == "LM-2026-1-00012"
