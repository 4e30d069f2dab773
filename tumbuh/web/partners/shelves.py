"""The shelves of the room: the address, the words and the form of each kind of record."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tumbuh.partners.api import (
    Agreement,
    AgreementForm,
    Contribution,
    ContributionForm,
    CsrProgramme,
    Field,
    Kind,
    PartnerReport,
    Research,
    ResearchForm,
)
from tumbuh.web.partners import forms as entry_forms


@dataclass(frozen=True)
class Shelf:
    """`slug` stands in the address. `variants`: by which code the list is narrowed."""

    slug: str
    model: type[Model]
    many: Promise
    about: Promise
    new: Promise | str = ""
    form: type[forms.Form] | None = None
    variants: type[TextChoices] | None = None


SHELVES: dict[Kind, Shelf] = {
    Kind.AGREEMENT: Shelf(
        "perjanjian", Agreement, _("Perjanjian"),
        _("Nota kesepahaman dan perjanjian kerja sama yang mendukung penurunan stunting."),
        _("Catat perjanjian"), entry_forms.AgreementEntryForm, AgreementForm,
    ),
    Kind.CSR: Shelf(
        "program", CsrProgramme, _("Program CSR"),
        _("Program dunia usaha untuk gizi, kesehatan, sanitasi, air, edukasi, dan pangan."),
        _("Catat program"), entry_forms.CsrEntryForm, Field,
    ),
    Kind.RESEARCH: Shelf(
        "riset", Research, _("Riset"),
        _("Riset dan kajian perguruan tinggi dan organisasi profesi, dengan temuan dan rekomendasinya."),
        _("Catat riset"), entry_forms.ResearchEntryForm, ResearchForm,
    ),
    Kind.CONTRIBUTION: Shelf(
        "kontribusi", Contribution, _("Kontribusi"),
        _("Uang, barang, jasa, dan tenaga yang diberikan mitra."),
        _("Catat kontribusi"), entry_forms.ContributionEntryForm, ContributionForm,
    ),
    Kind.REPORT: Shelf(
        "laporan", PartnerReport, _("Laporan mitra"), _("Laporan baku tiap mitra, sekali tiap semester.")
    ),
}  # fmt: skip


def get_address(kind: Kind, public_id: UUID, rest: str = "") -> str:
    """Where the record is shown."""
    return f"/mitra/{SHELVES[kind].slug}/{public_id}{rest}"
