"""Cells as text, and the many ways to write nothing."""

import re
from functools import lru_cache

from tumbuh.lib.spreadsheets.api import Cell

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
NOTHING = frozenset({
    "", "-", "--", "---", ".", "..", "_", "n/a", "#n/a", "na", "nan", "null", "none", "nil", "kosong", "tidak ada",
    "tdk ada", "belum ada", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "?",
})  # fmt: skip


def clean_text(value: Cell) -> str:
    """The cell as one line of text: blanks (also unbreakable and invisible ones) tidied; whole floats without ".0"."""
    if isinstance(value, str):
        text = value if value.isascii() else INVISIBLE.sub("", value)
        return " ".join(text.split())
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def is_nothing(text: str) -> bool:
    """Whether a cleaned text only says that there is nothing."""
    return text.lower() in NOTHING


def optional_text(value: Cell) -> str:
    """The cleaned text, "" when it only says that there is nothing."""
    text = clean_text(value)
    return "" if len(text) < 10 and is_nothing(text) else text


SEXES = {
    "M": ("l", "lk", "laki", "lakilaki", "laki laki", "pria", "m", "male", "1", "cowok", "boy"),
    "F": ("p", "pr", "perempuan", "wanita", "w", "f", "female", "2", "cewek", "girl"),
}
MODES = {
    "L": (
        "terlentang",
        "telentang",
        "terlentan",
        "telantang",
        "terletang",
        "berbaring",
        "baring",
        "tidur",
        "l",
        "pb",
        "rebah",
        "t",
    ),
    "H": ("berdiri", "bediri", "berdri", "diri", "tegak", "h", "tb", "b"),
}
GAINS = {
    "N": ("n", "naik", "ya naik"),
    "T": ("t", "tidak naik", "tdk naik", "turun", "tetap"),
    "O": ("o", "tidak ditimbang bulan lalu", "bulan lalu tidak ditimbang"),
    "B": ("b", "baru", "baru pertama kali ditimbang", "pertama"),
}
NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def reverse(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Spelling -> code."""
    return {spelling: code for code, spellings in table.items() for spelling in spellings}


SEX_CODES, MODE_CODES, GAIN_CODES = reverse(SEXES), reverse(MODES), reverse(GAINS)


@lru_cache(maxsize=1024)
def fold_word(text: str) -> str:
    """Lower case, signs as single blanks."""
    return NOT_A_WORD.sub(" ", text.lower()).strip()


def find_sex(text: str) -> str:
    """ "M", "F" or ""."""
    return SEX_CODES.get(fold_word(text), "")


def find_mode(text: str) -> str:
    """ "L" lying, "H" standing or ""."""
    return MODE_CODES.get(fold_word(text), "")


def find_gain(text: str) -> str:
    """N, T, O, B or ""."""
    return GAIN_CODES.get(fold_word(text), "")
