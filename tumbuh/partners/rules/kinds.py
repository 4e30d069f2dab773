"""The codes of the room: what is recorded, and the kinds of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import InstitutionKind

ITEM = "PARTNER"  # as what the verification room knows the things of this one


class Kind(models.TextChoices):
    """What other rooms ask for by code. A contribution is no evidence of an output by itself."""

    NETWORK = "NETWORK", _("Jejaring aktif")
    AGREEMENT = "AGREEMENT", _("Perjanjian")
    CSR = "CSR", _("Program CSR")
    RESEARCH = "RESEARCH", _("Riset")
    CONTRIBUTION = "CONTRIBUTION", _("Kontribusi")
    REPORT = "REPORT", _("Laporan mitra")


EVIDENCE = (Kind.NETWORK, Kind.AGREEMENT, Kind.CSR, Kind.RESEARCH)


class NetworkCode(models.TextChoices):
    """The networks of the Scaling Up Nutrition movement."""

    GOVERNMENT = "GOVERNMENT", _("Pemerintah")
    BUSINESS = "BUSINESS", _("Dunia usaha")
    ACADEMIA = "ACADEMIA", _("Akademisi dan organisasi profesi")
    CIVIL_SOCIETY = "CIVIL_SOCIETY", _("Organisasi masyarakat madani")
    DEVELOPMENT = "DEVELOPMENT", _("Mitra pembangunan")
    MEDIA = "MEDIA", _("Media massa")


class AgreementForm(models.TextChoices):
    MOU = "MOU", _("Nota kesepahaman (MoU)")
    PKS = "PKS", _("Perjanjian kerja sama (PKS)")


class Field(models.TextChoices):
    """What a CSR programme serves."""

    NUTRITION = "NUTRITION", _("Gizi")
    HEALTH = "HEALTH", _("Kesehatan")
    SANITATION = "SANITATION", _("Sanitasi")
    WATER = "WATER", _("Air bersih")
    EDUCATION = "EDUCATION", _("Edukasi")
    FOOD = "FOOD", _("Pangan")


class CsrState(models.TextChoices):
    PLANNED = "PLANNED", _("Direncanakan")
    RUNNING = "RUNNING", _("Berjalan")
    DONE = "DONE", _("Selesai")


class ResearchForm(models.TextChoices):
    RESEARCH = "RESEARCH", _("Riset")
    STUDY = "STUDY", _("Kajian")
    JOINT = "JOINT", _("Riset kolaboratif")


class ContributionForm(models.TextChoices):
    MONEY = "MONEY", _("Uang")
    GOODS = "GOODS", _("Barang")
    SERVICES = "SERVICES", _("Jasa")
    LABOUR = "LABOUR", _("Tenaga")


# Institutions that are partners; parties of an agreement may be of any kind.
PARTNER_KINDS = (
    InstitutionKind.BUSINESS,
    InstitutionKind.UNIVERSITY,
    InstitutionKind.PARTNER,
    InstitutionKind.MEDIA,
)
# Whose programmes are those of the business world.
CSR_KINDS = (InstitutionKind.BUSINESS, InstitutionKind.MEDIA)
# What everybody may read once the level above has verified it.
PUBLIC_KINDS = frozenset({Kind.AGREEMENT, Kind.CSR, Kind.RESEARCH})
