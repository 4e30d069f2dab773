"""The data sets of a desa's month. Each climbs in packages of its own; their states, moves and locks are alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataSet(models.TextChoices):
    """The code is stored in packages and asked for by the locks of the room that keeps the data."""

    GROWTH = "growth", _("Pengukuran anak")
    SERVICES = "services", _("Layanan")


GROWTH, SERVICES = DataSet.GROWTH, DataSet.SERVICES
HOLDS = {
    GROWTH: _("Penimbangan dan pengukuran anak"),
    SERVICES: _("Layanan yang diterima, pemeriksaan kesehatan, kehamilan, calon pengantin, dan keterangan keluarga"),
}
