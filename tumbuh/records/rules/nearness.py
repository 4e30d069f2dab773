"""When two folded names look like one name written twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from tumbuh.engines.linkage.api import edit_distance

COMPARE_ALL = 60  # larger groups (everybody born on 1 January) are compared with their neighbours only


class Entry(NamedTuple):
    """A child to compare: `key` tells entries apart, `group` holds desa, birth date and sex."""

    key: int
    group: tuple[object, ...]
    name: str
    nik: bytes | None
    is_stored: bool
    lines: int


def find_near(entries: Iterable[Entry]) -> dict[int, Entry]:
    """New entries that look like another one, each with that other one.

    A stored child always stands; of two new ones the one with more lines stands, then the one with a NIK, then the
    first by name. Two different NIK are two children, however alike the names.
    """
    groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.group].append(entry)
    near: dict[int, Entry] = {}
    for group in groups.values():
        for first, second in list_pairs(group):
            stands, waits = sorted((first, second), key=rank)
            if waits.is_stored or waits.key in near or (first.nik and second.nik):
                continue
            if stands.key not in near and is_near(first.name, second.name):
                near[waits.key] = stands
    return near


def rank(entry: Entry) -> tuple[object, ...]:
    return (not entry.is_stored, -entry.lines, entry.nik is None, entry.name, entry.key)


def list_pairs(group: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs worth comparing, the strongest entries first."""
    if len(group) <= COMPARE_ALL:
        ordered = sorted(group, key=rank)
        for position, first in enumerate(ordered):
            for second in ordered[position + 1 :]:
                yield first, second
        return
    for key in (lambda entry: entry.name, lambda entry: entry.name[::-1]):
        ordered = sorted(group, key=key)
        yield from pairwise(ordered)


def is_near(first: str, second: str) -> bool:
    """Whether two different folded names may be one: the same words in another order, words left out, or few letters
    changed (one up to seven letters, two from eight on, none below four)."""
    if first == second:
        return False
    words, others = set(first.split()), set(second.split())
    if min(len(first), len(second)) >= 4 and (words <= others or others <= words):
        return True
    short = min(len(first), len(second))
    allowed = 0 if short < 4 else 1 if short < 8 else 2
    return edit_distance(first, second, allowed) <= allowed
