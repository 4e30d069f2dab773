"""Folding of personal names, so that the same name written in two ways becomes the same key."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = re.compile(r"['’‘`´ʼʻ]")
NOT_A_LETTER = re.compile(r"[^a-z]+")


@lru_cache(maxsize=20_000)
def fold_name(text: str) -> str:
    """Lower-case letters a-z with single blanks: accents and signs go, an apostrophe joins ("Nu'man" → "numan").

    Digits are dropped. A name without any Latin letter gives "". Folding a folded name changes nothing.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return NOT_A_LETTER.sub(" ", APOSTROPHES.sub("", plain)).strip()
