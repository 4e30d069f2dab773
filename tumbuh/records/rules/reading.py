"""Reading a person's page: whose daily work it is, and what anybody else says they need it for."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Those who serve or check these very children. Everybody else who may read people says first what for.
ROUTINE_ROLES = frozenset({"KADER", "MIDWIFE", "DESA_OPERATOR", "KECAMATAN_VERIFIER"})
PURPOSE_MINUTES = 30


class Purpose(TextChoices):
    """What somebody reads a person's page for."""

    SERVICE = "SERVICE", _("Pelayanan atau pendampingan keluarga ini")
    CHECKING = "CHECKING", _("Memeriksa data sebelum disetujui")
    CORRECTION = "CORRECTION", _("Memperbaiki data yang salah")
    COMPLAINT = "COMPLAINT", _("Menindaklanjuti pengaduan")
    SUPERVISION = "SUPERVISION", _("Pembinaan atau pengawasan")
    OTHER = "OTHER", _("Keperluan lain")


def is_routine(roles: Iterable[str]) -> bool:
    """Whether one of the roles with which somebody reads the person makes it daily work."""
    return not ROUTINE_ROLES.isdisjoint(roles)
