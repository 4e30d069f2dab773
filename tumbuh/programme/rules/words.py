"""The words of a regulation folder and of the database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Per(models.TextChoices):
    """The unit that a target's quantity is counted for. The labels are the words of the folder and the export."""

    PUSAT = "PUSAT", "pusat"
    PROVINSI = "PROVINSI", "provinsi"
    KABUPATEN = "KABUPATEN", "kabupaten/kota"
    KECAMATAN = "KECAMATAN", "kecamatan"
    DESA = "DESA", "desa/kelurahan"
    TIER = "TIER", "tingkat"


class Frequency(models.TextChoices):
    """How often a target is due. The labels are the words of the folder and the export."""

    ONCE = "ONCE", "sekali"
    YEARLY = "YEARLY", "tahunan"
    STANDING = "STANDING", "berkelanjutan"
    PHASED = "PHASED", "bertahap"


class Role(models.TextChoices):
    RESPONSIBLE = "RESPONSIBLE", _("Penanggung jawab")
    SUPPORTING = "SUPPORTING", _("Pendukung")


class ArticleKind(models.TextChoices):
    DEFINITION = "DEFINITION", _("Definisi")
    PURPOSE = "PURPOSE", _("Maksud")
    OBJECTIVE = "OBJECTIVE", _("Tujuan")
    TARGET = "TARGET", _("Target")
    PILLAR = "PILLAR", _("Pilar")
    OBLIGATION = "OBLIGATION", _("Kewajiban")
    CONTENT = "CONTENT", _("Isi rencana")
    INTERVENTION = "INTERVENTION", _("Intervensi")
    TARGET_GROUP = "TARGET_GROUP", _("Kelompok sasaran")
    SYSTEM = "SYSTEM", _("Sistem data")
    REPORT = "REPORT", _("Laporan")
    SUPERVISION = "SUPERVISION", _("Pembinaan dan pengawasan")
    FUNDING = "FUNDING", _("Pendanaan")
    FINAL = "FINAL", _("Ketentuan penutup")


class NoteKind(models.TextChoices):
    """What an interpretation note is about."""

    TEXT = "TEXT", _("Ejaan naskah")
    TABLE = "TABLE", _("Susunan tabel")
    TERM = "TERM", _("Istilah")
    TARGET = "TARGET", _("Target")
    OWNER = "OWNER", _("Pelaksana")


class InstitutionKind(models.TextChoices):
    LEADER = "LEADER", _("Pimpinan")
    AGENCY = "AGENCY", _("Perangkat daerah")
    TEAM = "TEAM", _("Tim")
    LEGISLATURE = "LEGISLATURE", _("Perwakilan rakyat")
    GOVERNMENT = "GOVERNMENT", _("Pemerintah")
    CENTRAL = "CENTRAL", _("Instansi pusat")
    COMMUNITY = "COMMUNITY", _("Masyarakat dan pelaksana lapangan")
    PARTNER = "PARTNER", _("Mitra")
    GENERAL = "GENERAL", _("Sebutan umum")
