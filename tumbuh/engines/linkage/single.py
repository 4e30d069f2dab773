"""One line against a few others in plain Python: at entry, where starting DuckDB would take longer than the question.

The same levels and chances as the batch. Only the frequency of the very name is not known here, so a common name
counts as much as a rare one: good enough to ask "is it this child?", never to decide.
"""

from collections.abc import Iterable
from math import log2

from tumbuh.engines.linkage.comparisons import COMPARISONS, UNKNOWN, Row
from tumbuh.engines.linkage.entries import Entry, prepare
from tumbuh.engines.linkage.model import KIN, STRANGER, Levels, Model, combine, read_model


def compare(one: Row, other: Row) -> Levels:
    """The level of each comparison of two prepared lines."""
    return {comparison.code: comparison.find_level(one, other) for comparison in COMPARISONS}


def weigh(levels: Levels, lines: int, model: Model) -> float:
    """The probability that lines with these levels, among so many, speak of one person."""
    prior = model.get_prior(lines)
    bits = log2(prior / (1 - prior))
    for comparison, level in levels.items():
        if level != UNKNOWN:
            chances = model.chances
            bits += log2(chances["same"][comparison][level] / chances[STRANGER][comparison][level])
    return combine(bits, [model.get_bits(kind, levels) for kind in KIN])


def find_alike(
    entry: Entry, others: Iterable[Entry], *, lines: int, least: float, model: Model | None = None
) -> list[tuple[float, Entry, Levels]]:
    """Those of the others that may be the same person, the likeliest first."""
    model = model or read_model()
    asked = prepare(entry)
    found = []
    for other in others:
        levels = compare(asked, prepare(other))
        probability = weigh(levels, lines, model)
        if probability >= least:
            found.append((probability, other, levels))
    return sorted(found, key=lambda item: (-item[0], item[1].key))
