"""Indonesian words brought to a stem, the same crude way for both sides of a comparison."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

WORD = re.compile(r"[a-z][a-z0-9]*")
STOP = frozenset(
    """ada adalah agar akan antar atas atau bagi bahwa baik berikut bersama berbagai dalam dan dapat dari dengan di guna
    hal hingga ini itu juga kami karena ke kepada kita lebih maka masing melalui memuat mengenai menjadi para pada perlu
    pula saja sampai sangat sebagai sebagaimana secara sehingga seluruh semua sesuai setiap serta suatu sudah tahun
    tanggal tentang telah terhadap terkait tersebut tiap tidak untuk upaya yaitu yakni yang oleh nomor""".split()
)
SHORTEST = 4
SUFFIXES = ("kannya", "annya", "nya", "kan", "lah", "kah", "an", "i")
PREFIXES = (
    ("meny", "s"), ("peny", "s"), ("meng", ""), ("peng", ""), ("memper", ""), ("mem", ""), ("pem", ""), ("men", ""),
    ("pen", ""), ("ber", ""), ("ter", ""), ("per", ""), ("di", ""), ("ke", ""), ("se", ""), ("me", ""), ("pe", ""),
)  # fmt: skip
# The sound that swallowed a letter gives it back before a vowel: memantau is pantau, menata is tata.
SWALLOWED = {"mem": "p", "pem": "p", "men": "t", "pen": "t"}
VOWELS = "aeiou"


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without one ending and one beginning, as long as four letters remain."""
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            word = word[: -len(suffix)]
            break
    for prefix, instead in PREFIXES:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) >= SHORTEST - 1:
            if rest[0] in VOWELS:
                instead = instead or SWALLOWED.get(prefix, "")
            if len(instead + rest) >= SHORTEST:
                return instead + rest
    return word


def iterate_stems(text: str) -> Iterator[str]:
    """The stems of the words that carry meaning, in their order."""
    for word in WORD.findall(text.lower()):
        if word not in STOP and len(word) > 1:
            yield stem(word)


def list_features(text: str) -> list[str]:
    """Stems, and pairs of neighbouring ones."""
    stems = list(iterate_stems(text))
    return stems + [f"{first} {second}" for first, second in pairwise(stems)]
