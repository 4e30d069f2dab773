"""Codes and pure decisions about people and measurements."""

from django.db import models


class Sex(models.TextChoices):
    MALE = "M", "Laki-laki"
    FEMALE = "F", "Perempuan"


class Mode(models.TextChoices):
    """How length or height was taken."""

    LYING = "L", "Terlentang"
    STANDING = "H", "Berdiri"
    UNKNOWN = "", "Tidak dicatat"


class NikStatus(models.TextChoices):
    VALID = "VALID", "NIK lengkap"
    MISSING = "MISSING", "Belum ada NIK"
    DAMAGED = "DAMAGED", "NIK rusak di berkas asal"


class WeightGain(models.TextChoices):
    """Weight-gain status of the month (N/T/O/B of the growth card)."""

    GAINED = "N", "Naik"
    NOT_GAINED = "T", "Tidak naik"
    NOT_WEIGHED_BEFORE = "O", "Bulan lalu tidak ditimbang"
    FIRST = "B", "Baru pertama ditimbang"


class Outcome(models.TextChoices):
    """How a pregnancy ended."""

    LIVE = "LIVE", "Lahir hidup"
    STILL = "STILL", "Lahir mati"
    LOSS = "LOSS", "Keguguran"


class Leaving(models.TextChoices):
    """Why somebody is no longer in the register of a desa."""

    MOVED = "MOVED", "Pindah"
    DIED = "DIED", "Meninggal"
