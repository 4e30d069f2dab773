"""Personal names read for comparing: one standard word for its many writings, and how a word sounds."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from tumbuh.engines.linkage.names import fold_name

DATA = Path(__file__).parent / "data"
DOUBLED = re.compile(r"(.)\1+")
SHORT = 3  # letters of a word that keeps its last h


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: `text` in standard words, `sound` as heard (without blanks),
    `words` the sounds that tell people apart.

    All empty where no name is known.
    """

    text: str = ""
    sound: str = ""
    words: tuple[str, ...] = ()


UNKNOWN = Name()


@dataclass(frozen=True)
class Writings:
    """The lists of `data/names.yaml`."""

    words: dict[str, str]
    unknown: tuple[tuple[str, ...], ...]
    common: frozenset[str]
    titles: frozenset[str]
    old: tuple[tuple[str, str], ...]
    sounds: tuple[tuple[str, str], ...]


@cache
def read_writings() -> Writings:
    found: dict[str, Any] = yaml.safe_load((DATA / "names.yaml").read_text())
    words = {short: word for word, writings in found["words"].items() for short in writings.split()}
    return Writings(
        words=words,
        unknown=tuple(tuple(start) for start in found["unknown"]),
        common=frozenset(found["common"].split()),
        titles=frozenset(found["titles"].split()),
        old=tuple((one, other) for one, other in found["old"]),
        sounds=tuple((one, other) for one, other in found["sounds"]),
    )


@lru_cache(maxsize=50_000)
def read_name(text: str) -> Name:
    """The name for comparing; UNKNOWN for a blank and for a child without a name of its own ("By. Ny. Wati")."""
    writings = read_writings()
    words = fold_name(text).split()
    if not words or find_start(words) is not None:
        return UNKNOWN
    words = [word for word in words if word not in writings.titles] or words
    standard = [standardise(word) for word in words]
    sounds = [sound_of(word) for word in standard]
    telling = [sound for word, sound in zip(standard, sounds, strict=True) if is_telling(word)]
    return Name(" ".join(standard), "".join(sounds), tuple(sorted(set(telling or sounds))))


def find_start(words: list[str]) -> int | None:
    """How many words say that the child had no name yet; None where it has one."""
    return next((len(start) for start in read_writings().unknown if tuple(words[: len(start)]) == start), None)


def read_mother(name: str, mother: str) -> Name:
    """The mother's name, from the child's line where only that says it ("By. Ny. Wati")."""
    if mother.strip():
        return read_name(mother)
    words = fold_name(name).split()
    start = find_start(words)
    return UNKNOWN if start is None else read_name(" ".join(words[start:]))


def is_telling(word: str) -> bool:
    """Whether the word alone says something: no initial, none of the words that half the country bears."""
    return len(word) > 1 and word not in read_writings().common


@lru_cache(maxsize=50_000)
def standardise(word: str) -> str:
    """The word in today's spelling, short forms written out."""
    writings = read_writings()
    for old, new in writings.old:
        word = word.replace(old, new)
    return writings.words.get(word, word)


@lru_cache(maxsize=50_000)
def sound_of(word: str) -> str:
    """The word as it is heard: doubled letters, silent h and letters of one sound are one."""
    for written, heard in read_writings().sounds:
        word = word.replace(written, heard)
    word = DOUBLED.sub(r"\1", word)
    return word[:-1] if len(word) > SHORT and word.endswith("h") else word
