"""Names of places compared as people write them."""

import re
import unicodedata

NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def fold_name(name: str) -> str:
    """The name in small letters without accents, signs and doubled spaces: “ Ra'as  II.” → “ra as ii”."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return NOT_LETTERS.sub(" ", plain.lower()).strip()
