"""Region codes: Kemendagri's dotted code, its number, and the range of numbers below a region.

Code structure `PP.KK.CC.DDDD` and the meaning of its parts: Kepmendagri 300.2.2-2138/2025.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models


class Level(models.IntegerChoices):
    PROVINSI = 1, "Provinsi"
    KABUPATEN = 2, "Kabupaten/Kota"
    KECAMATAN = 3, "Kecamatan"
    DESA = 4, "Desa/Kelurahan"


class Kind(models.TextChoices):
    PROVINSI = "PROVINSI", "Provinsi"
    KABUPATEN = "KABUPATEN", "Kabupaten"
    KOTA = "KOTA", "Kota"
    KECAMATAN = "KECAMATAN", "Kecamatan"
    DESA = "DESA", "Desa"
    KELURAHAN = "KELURAHAN", "Kelurahan"
    DESA_ADAT = "DESA_ADAT", "Desa adat"
    UPT = "UPT", "Unit permukiman transmigrasi"


CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
DIGITS = 10


class RegionCodeError(ValueError):
    """A region code that cannot be one."""


class Span(NamedTuple):
    """The numbers of a region and everything below it, both ends included."""

    low: int
    high: int


def check_code(code: str) -> str:
    """The code itself, or RegionCodeError with the reason."""
    if not CODE.fullmatch(code):
        raise RegionCodeError(
            f"Kode wilayah “{code}” tidak dikenali. Tulis kode Kemendagri dengan titik, misalnya 17.01.01.2001."
        )
    return code


def get_level(code: str) -> Level:
    """Level of a dotted code: 17 province, 17.01 kabupaten/kota, 17.01.01 kecamatan, 17.01.01.2001 desa."""
    return Level(check_code(code).count(".") + 1)


def get_number(code: str) -> int:
    """The code as a ten-digit number, zeros behind: 17.01 → 1701000000. It is the region's primary key."""
    return int(check_code(code).replace(".", "").ljust(DIGITS, "0"))


def get_span(code: str) -> Span:
    """The contiguous range of numbers of the region and all regions below it."""
    digits = check_code(code).replace(".", "")
    return Span(int(digits.ljust(DIGITS, "0")), int(digits.ljust(DIGITS, "9")))


def get_parent_code(code: str) -> str | None:
    """The code one level up, None for a province."""
    return check_code(code).rpartition(".")[0] or None


def get_code(number: int) -> str:
    """The dotted code of a region's number; the reverse of get_number."""
    digits = str(number).zfill(DIGITS)
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
    while len(parts) > 1 and not int(parts[-1]):
        parts.pop()
    return ".".join(parts)


def find_enclosing(numbers: Iterable[int]) -> int | None:
    """The number of the smallest region that holds all these regions; None for none, or for more than one province."""
    held = list(numbers)
    if not held:
        return None
    low, high = min(held), max(held)
    if low == high:
        return low
    steps = (10 ** (DIGITS - digits) for digits in (6, 4, 2))  # kecamatan, kabupaten/kota, province
    return next((low // step * step for step in steps if low // step == high // step), None)


FIRST_KOTA = 71
VILLAGE_KINDS = {"1": Kind.KELURAHAN, "2": Kind.DESA, "3": Kind.DESA_ADAT, "9": Kind.UPT}


def get_kind(code: str) -> Kind:
    """The kind that the code itself tells: 17.01 kabupaten, 17.71 kota, 17.01.01.1001 kelurahan, ….2001 desa.

    The digit 9 is this platform's own, for units without a Kemendagri code. Another digit raises RegionCodeError.
    """
    level = get_level(code)
    if level == Level.KABUPATEN:
        return Kind.KOTA if int(code[3:5]) >= FIRST_KOTA else Kind.KABUPATEN
    if level == Level.DESA:
        kind = VILLAGE_KINDS.get(code[9])
        if kind is None:
            raise RegionCodeError(
                f"Kode desa “{code}” tidak dikenali: angka pertama bagian terakhir harus 1 (kelurahan), 2 (desa), "
                "atau 3 (desa adat)."
            )
        return kind
    return Kind.PROVINSI if level == Level.PROVINSI else Kind.KECAMATAN
