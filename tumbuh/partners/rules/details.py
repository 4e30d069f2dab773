"""What is written of an agreement, a CSR programme, a research, a contribution, and what makes it whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _

from tumbuh.partners.errors import DetailsError
from tumbuh.partners.rules.kinds import AgreementForm, ContributionForm, CsrState, Field, ResearchForm

NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")


@dataclass(frozen=True)
class AgreementDetails:
    """`parties` are numbers of institutions."""

    form: AgreementForm
    number: str
    title: str
    signed_on: date
    valid_from: date
    parties: tuple[int, ...]
    purpose: str = ""
    valid_until: date | None = None
    document_id: int | None = None


@dataclass(frozen=True)
class CsrDetails:
    """`places` are the numbers of the regions in which it is carried out; empty: the region that records it."""

    partner_id: int
    title: str
    field: Field
    year: int
    state: CsrState = CsrState.PLANNED
    pledged_idr: int | None = None
    realised_idr: int | None = None
    reach: int | None = None
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class ResearchDetails:
    """`indicator` is a code of the definitions, `improved` says what it or a decision gained from the finding."""

    form: ResearchForm
    title: str
    lead_id: int
    year: int
    institutions: tuple[int, ...] = ()
    finished_on: date | None = None
    finding: str = ""
    recommendation: str = ""
    indicator: str = ""
    improved: str = ""
    document_id: int | None = None


@dataclass(frozen=True)
class ContributionDetails:
    institution_id: int
    form: ContributionForm
    given_on: date
    purpose: str
    description: str = ""
    amount_idr: int | None = None


Details = AgreementDetails | CsrDetails | ResearchDetails | ContributionDetails


def check_details(details: Details, *, today: date) -> None:
    """Raises DetailsError with one sentence for each thing that is missing or contradictory."""
    check_texts(getattr(details, one.name) for one in fields(details))
    wrong = list_wrong(details, today)
    if wrong:
        raise DetailsError(" ".join(wrong))


def check_texts(values: Iterable[object]) -> None:
    """Raises DetailsError when a text holds what looks like a NIK."""
    if any(isinstance(one, str) and NIK.search(one) for one in values):
        raise DetailsError(_("Teks memuat 16 angka seperti NIK. Hapus data orang; catatan mitra tidak memerlukannya."))


def list_wrong(details: Details, today: date) -> list[str]:
    """One sentence a fault; empty when it is whole."""
    match details:
        case AgreementDetails():
            return find_agreement_faults(details, today)
        case CsrDetails():
            return find_csr_faults(details)
        case ResearchDetails():
            return find_research_faults(details, today)
        case ContributionDetails():
            return find_contribution_faults(details, today)


def find_agreement_faults(details: AgreementDetails, today: date) -> list[str]:
    wrong = []
    if len(set(details.parties)) < 2:
        wrong.append(_("Perjanjian memerlukan sedikitnya dua pihak. Pilih semua pihak yang menandatangani."))
    if details.signed_on > today:
        wrong.append(_("Tanggal tanda tangan belum tiba. Catat perjanjian setelah ditandatangani."))
    if details.valid_until and details.valid_until < details.valid_from:
        wrong.append(_("Hari terakhir berlakunya sebelum hari pertama. Periksa kedua tanggal itu."))
    return wrong


def find_csr_faults(details: CsrDetails) -> list[str]:
    if details.state == CsrState.DONE and not details.reach:
        return [_("Program yang selesai menyebut berapa orang yang dijangkau. Isi jumlahnya.")]
    return []


def find_research_faults(details: ResearchDetails, today: date) -> list[str]:
    wrong = []
    if details.finished_on and not (details.finding.strip() and details.recommendation.strip()):
        wrong.append(_("Riset yang selesai memuat temuan dan rekomendasi. Isi keduanya, atau kosongkan hari selesai."))
    if details.finished_on and details.finished_on > today:
        wrong.append(_("Hari selesainya belum tiba. Kosongkan sampai riset itu selesai."))
    return wrong


def find_contribution_faults(details: ContributionDetails, today: date) -> list[str]:
    wrong = []
    if details.form == ContributionForm.MONEY and not details.amount_idr:
        wrong.append(_("Kontribusi uang memerlukan jumlah rupiahnya."))
    if details.form != ContributionForm.MONEY and not details.description.strip():
        wrong.append(_("Tulis barang, jasa, atau tenaga apa yang diberikan."))
    if details.given_on > today:
        wrong.append(_("Hari pemberiannya belum tiba. Catat setelah diberikan."))
    return wrong
