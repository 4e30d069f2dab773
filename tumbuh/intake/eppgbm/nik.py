"""NIK as found in a cell. Only text can hold its 16 digits: a number cell keeps 15.

Structure: six digits of the place of issue, day of birth (+40 for women), month, year (two digits), four of order.
Source: Permendagri on NIK (day + 40 for women); there is no check digit.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tumbuh.intake.eppgbm.texts import clean_text, is_nothing
from tumbuh.intake.eppgbm.types import NikStatus
from tumbuh.lib.spreadsheets.api import Cell

DIGIT = re.compile(r"\d")
SIGNS = re.compile(r"[\s.\-'’`\"]+")
POWER = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
FILLERS = ("1234567890123456", "0123456789012345", "1111222233334444")
FEMALE_DAY = 40


class ReadNik(NamedTuple):
    """The 16 digits or "", what became of the cell, and the code of a remark ("" none)."""

    digits: str
    status: NikStatus
    code: str = ""
    found: str = ""


MISSING = ReadNik("", NikStatus.MISSING, "NIK_MISSING")


def hide_digits(text: str) -> str:
    """The text with all digits after the fourth hidden: enough to see what is wrong, too little to be a number."""
    return text[:4] + DIGIT.sub("•", text[4:])


def read_nik(value: Cell) -> ReadNik:
    """The NIK of a cell."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return read_text(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return MISSING if value == 0 else ReadNik("", NikStatus.DAMAGED, "NIK_DAMAGED")
    return ReadNik("", NikStatus.INVALID, "NIK_INVALID", hide_digits(clean_text(value)))


@lru_cache(maxsize=20_000)  # a child's NIK stands on a line for every month
def read_text(value: str) -> ReadNik:
    """The NIK of a text cell."""
    text = digits = value
    if len(value) == 16 and value.isascii() and value.isdigit():
        pass
    elif is_nothing(text := clean_text(value)):
        return MISSING
    elif POWER.fullmatch(text):
        return ReadNik("", NikStatus.DAMAGED, "NIK_DAMAGED")
    else:
        digits = SIGNS.sub("", text)
        if not digits or not digits.strip("0"):
            return MISSING
        if len(digits) != 16 or not digits.isascii() or not digits.isdigit():
            return ReadNik("", NikStatus.INVALID, "NIK_INVALID", hide_digits(text))
    if not digits.strip("0"):
        return MISSING
    if digits in FILLERS or len(set(digits)) == 1:
        return ReadNik("", NikStatus.INVALID, "NIK_PLACEHOLDER", digits)
    return ReadNik(digits, NikStatus.OK)


@lru_cache(maxsize=8192)
def write_nik_date(sex: str, birth: date) -> str:
    """Digits 7 to 12 of the NIK of someone of that sex and birth date."""
    return f"{birth.day + (FEMALE_DAY if sex == 'F' else 0):02}{birth.month:02}{birth.year % 100:02}"


def compare_nik(digits: str, sex: str, birth: date | None) -> tuple[tuple[str, str, str], ...]:
    """Remarks (code, in the NIK, in the row) where the NIK contradicts sex or birth date."""
    if birth and sex and digits[6:12] == write_nik_date(sex, birth):
        return ()
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    nik_sex = "F" if day > FEMALE_DAY else "M"
    day -= FEMALE_DAY if nik_sex == "F" else 0
    remarks = []
    if birth and (day, month, year) != (birth.day, birth.month, birth.year % 100):
        remarks.append(("NIK_BIRTH_DIFFERS", f"{day:02}-{month:02}-{year:02}", birth.strftime("%d-%m-%Y")))
    if sex and sex != nik_sex:
        letters = {"M": "L", "F": "P"}
        remarks.append(("NIK_SEX_DIFFERS", letters[nik_sex], letters[sex]))
    return tuple(remarks)
