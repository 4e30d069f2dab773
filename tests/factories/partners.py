"""Partners, and what they do, by officials of the small province."""

from datetime import date
from typing import Any

from tests.factories.accounts import make_user
from tumbuh.accounts.api import Assignment, Institution, InstitutionKind, User
from tumbuh.partners.api import (
    AgreementDetails,
    AgreementForm,
    ContributionDetails,
    ContributionForm,
    CsrDetails,
    CsrState,
    Field,
    Kind,
    NetworkCode,
    ResearchDetails,
    ResearchForm,
    Semester,
    add_member,
    begin_report,
    record_entry,
    submit_report,
    write_report,
)
from tumbuh.partners.models import PartnerReport
from tumbuh.regions.api import Region

TEXTS = {"summary": "Kami membagikan telur.", "work": "Dapur sehat.", "results": "120 anak.", "plan": "Lanjut."}


def make_institution(region: Region, name: str, kind: str = InstitutionKind.BUSINESS) -> Institution:
    """An institution of the region."""
    code = name.lower().replace(" ", "-")
    return Institution.objects.create(code=code, name=name, kind=kind, region=region, valid_from=date(2020, 1, 1))


def make_partner(institution: Institution, username: str = "mitra", region: Region | None = None) -> User:
    """Somebody who holds the role of a partner for the institution."""
    user = make_user(username)
    place = region or institution.region
    held = {"role": "PARTNER", "region": place, "institution": institution, "valid_from": date(2025, 1, 1)}
    Assignment.objects.create(user=user, **held)
    return user


def make_agreement_details(*parties: Institution, **more: Any) -> AgreementDetails:
    wanted = {
        "form": AgreementForm.PKS, "number": "12/PKS/2026", "title": "Dapur sehat di sepuluh desa",
        "signed_on": date(2026, 2, 3), "valid_from": date(2026, 2, 3), "valid_until": date(2027, 2, 2),
        "parties": tuple(one.pk for one in parties),
    }  # fmt: skip
    return AgreementDetails(**{**wanted, **more})


def make_csr_details(partner: Institution, **more: Any) -> CsrDetails:
    wanted = {
        "partner_id": partner.pk, "title": "Telur untuk balita", "field": Field.NUTRITION, "year": 2026,
        "state": CsrState.RUNNING, "pledged_idr": 250_000_000,
    }  # fmt: skip
    return CsrDetails(**{**wanted, **more})


def make_research_details(lead: Institution, **more: Any) -> ResearchDetails:
    wanted = {
        "form": ResearchForm.JOINT, "title": "Pangan lokal dan pertumbuhan", "lead_id": lead.pk, "year": 2026,
        "finished_on": date(2026, 9, 1), "finding": "Ikan membantu.", "recommendation": "Tambah ikan di posyandu.",
        "indicator": "stunting",
    }  # fmt: skip
    return ResearchDetails(**{**wanted, **more})


def make_contribution_details(institution: Institution, **more: Any) -> ContributionDetails:
    wanted = {
        "institution_id": institution.pk, "form": ContributionForm.MONEY, "given_on": date(2026, 5, 4),
        "amount_idr": 40_000_000, "purpose": "Makanan tambahan",
    }  # fmt: skip
    return ContributionDetails(**{**wanted, **more})


def make_details(kind: Kind, first: Institution, second: Institution) -> Any:
    """Whole details of the kind; `first` is a business."""
    match kind:
        case Kind.AGREEMENT:
            return make_agreement_details(first, second)
        case Kind.CSR:
            return make_csr_details(first)
        case Kind.RESEARCH:
            return make_research_details(second)
    return make_contribution_details(first)


def join_network(by: User, institution: Institution, code: NetworkCode = NetworkCode.BUSINESS, **more: Any) -> Any:
    """The institution in the network of its region, since 2025."""
    wanted = {"since": date(2025, 1, 1), **more}
    return add_member(by=by, region=institution.region, code=code, institution=institution, **wanted)


def hand_in(by: User, institution: Institution, semester: Semester) -> PartnerReport:
    """A whole report, handed in."""
    report = begin_report(by=by, institution=institution, semester=semester)
    write_report(by=by, public_id=report.public_id, texts=TEXTS)
    return submit_report(by=by, public_id=report.public_id)


def make_partnerships(by: User, region: Region) -> dict[str, Any]:
    """By address: one record of each kind of that region, put forward by nobody, but a report that was handed in."""
    first = make_institution(region, "PT Sawit")
    second = make_institution(region, "Universitas Anu", InstitutionKind.UNIVERSITY)
    slugs = {
        "perjanjian": Kind.AGREEMENT, "program": Kind.CSR, "riset": Kind.RESEARCH, "kontribusi": Kind.CONTRIBUTION,
    }  # fmt: skip
    made: dict[str, Any] = {
        slug: record_entry(by=by, region=region, details=make_details(kind, first, second))
        for slug, kind in slugs.items()
    }
    member, report = join_network(by, first), hand_in(by, first, Semester(2026, 1))
    return {**made, "catatan": made["program"], "jejaring": member, "laporan": report}
