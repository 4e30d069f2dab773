"""The constants of WHO's growth standard as WHO's own program applies them: ages, ranges, flags, codes.

Source of every rule: WHO Child Growth Standards (2006), computed as in WHO's program "anthro" 1.1.0.
"""

from enum import IntEnum, IntFlag, StrEnum

MISSING = -32768
"""The int16 that stands for "WHO gives no z-score here"."""

INDICATORS = ("haz", "waz", "whz", "baz", "headz", "muacz")
"""Length/height-for-age, weight-for-age, weight-for-length/height, BMI-, head- and arm-circumference-for-age."""

DAYS_PER_MONTH = 30.4375
HEIGHT_FROM_DAY = 731  # 24 months: below it length (lying), from it height (standing)
LAST_DAY = 1826  # the last whole day below 60 months
MUAC_FROM_DAY = 91
STANDING_FROM_MONTH = 9  # a child recorded as standing before this age is taken as a slip of the pen
LYING_MINUS_STANDING_CM = 0.7
LENGTH_TABLE_BELOW_CM = 87.0  # which table, when neither age nor mode is known
LENGTH_RANGE_CM = (45.0, 110.0)
HEIGHT_RANGE_CM = (65.0, 120.0)

FLAG_LIMITS = {
    "haz": (-600, 600),
    "waz": (-600, 500),
    "whz": (-500, 500),
    "baz": (-500, 500),
    "headz": (-500, 500),
    "muacz": (-500, 500),
}
"""Hundredths of z; a z *beyond* these is implausible and left out of prevalence."""


class AgeRule(StrEnum):
    """How age picks the row of a table. The two give different z-scores and are never mixed in one result."""

    DAYS = "days"
    """WHO's rule: the age in days, halves rounded up."""
    COMPLETED_MONTHS = "completed-months"
    """Completed months m = floor(days / 30.4375), looked up at day round(m * 30.4375), halves up (24 months: 731)."""


class SexCode(IntEnum):
    MALE = 1
    FEMALE = 2


class ModeCode(IntEnum):
    """How length or height was taken."""

    UNKNOWN = 0
    LYING = 1
    STANDING = 2


class RowError(IntFlag):
    """What is wrong with a row, as bits: 0 is a sound row. The z-scores that need the bad value are missing."""

    SEX = 1
    AGE = 2
    MODE = 4
    WEIGHT = 8
    LENHEI = 16
    HEAD = 32
    MUAC = 64


ROW_ERROR_TEXTS = {
    RowError.SEX: "the sex is missing or not 1 (male) or 2 (female)",
    RowError.AGE: "the age is negative or not a number of days",
    RowError.MODE: "the way of measuring is not lying, standing or empty",
    RowError.WEIGHT: "the weight is zero, negative or not a number",
    RowError.LENHEI: "the length or height is zero, negative or not a number",
    RowError.HEAD: "the head circumference is zero, negative or not a number",
    RowError.MUAC: "the arm circumference is zero, negative or not a number",
}


def list_row_errors(code: int) -> list[str]:
    """The plain sentences for one row's error code; empty for 0."""
    return [text for bit, text in ROW_ERROR_TEXTS.items() if code & bit]
