"""The same protection for many trees of one shape, by whole columns, kept in a few bytes a figure.

Where no hidden count is pinned, which columns tell at once, each figure is as `protect` alone has it. The few other
trees go through `protect_tree`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.disclosure.cells import Figure, Label, Parameters, Protected, compute_value
from tumbuh.engines.disclosure.tables import DEFAULT, protect_tree

Counts = NDArray[np.int64]
LABELS = list(Label)
HIDDEN = -1


@dataclass(frozen=True, eq=False)
class Tree:
    """Protected figures by key, ascending, read like a mapping; `HIDDEN` where a count is not told."""

    keys_sorted: Counts
    numerators: NDArray[np.int32]
    denominators: NDArray[np.int32]
    labels: NDArray[np.int8]

    def __getitem__(self, key: int) -> Protected:
        if key not in self:
            raise KeyError(key)
        place = int(np.searchsorted(self.keys_sorted, key))
        numerator, denominator = int(self.numerators[place]), int(self.denominators[place])
        shown = None if numerator == HIDDEN else numerator
        among = None if denominator == HIDDEN else denominator
        return Protected(shown, among, compute_value(shown, among), LABELS[self.labels[place]])

    def get(self, key: int, default: Protected) -> Protected:
        if key not in self:
            return default
        return self[key]

    def __contains__(self, key: int) -> bool:
        place = int(np.searchsorted(self.keys_sorted, key))
        return place < len(self.keys_sorted) and int(self.keys_sorted[place]) == key

    def keys(self) -> list[int]:
        found: list[int] = self.keys_sorted.tolist()
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self.keys_sorted)


def protect_column(
    keys: Counts, numerators: Counts, denominators: Counts, parents: Mapping[int, int], parameters: Parameters = DEFAULT
) -> Tree:
    """One tree (see protect_tree), its keys ascending and without repeats."""
    tree = protect_each(keys, numerators, denominators, parameters)
    above = find_places(keys, parents)
    depths = measure_depths(above)
    for part, counts in (("denominator", denominators), ("numerator", numerators)):
        if is_any_pinned(counts, *read_column(tree, part, parameters), above, depths, parameters):
            return protect_slowly(keys, numerators, denominators, parents, parameters)
    return tree


def protect_each(keys: Counts, numerators: Counts, denominators: Counts, parameters: Parameters) -> Tree:
    """Each figure looked at alone, as `protect` does."""
    if ((numerators < 0) | (numerators > denominators)).any():
        raise ValueError("a numerator is not a count of people among its denominator")
    base, threshold = parameters.base, parameters.threshold
    shown, among = ((2 * counts + base) // (2 * base) * base for counts in (numerators, denominators))
    tests = [
        (denominators == 0, Label.NO_DATA),
        (denominators < max(threshold, parameters.rate_minimum), Label.SMALL_BASE),
        (numerators < threshold, Label.BELOW_THRESHOLD),
        (shown >= among, Label.GROUP),
    ]
    numbers = [LABELS.index(label) for _, label in tests]
    labels = np.select([test for test, _ in tests], numbers, LABELS.index(Label.SHOWN)).astype(np.int8)
    shown = np.where(labels == LABELS.index(Label.SHOWN), shown, HIDDEN)
    among = np.where(denominators >= threshold, among, HIDDEN)
    return Tree(keys, shown.astype(np.int32), among.astype(np.int32), labels)


def read_column(tree: Tree, part: str, parameters: Parameters) -> tuple[Counts, Counts]:
    """What a reader knows of each count from its own figure alone (see read_cell); nothing is withheld yet."""
    below, over = parameters.base // 2, (parameters.base - 1) // 2
    shown = (tree.numerators if part == "numerator" else tree.denominators).astype(np.int64)
    low = np.where(shown == HIDDEN, 0, np.maximum(parameters.threshold, shown - below))
    high = np.where(shown == HIDDEN, parameters.threshold - 1, shown + over)
    if part == "numerator":
        among = tree.denominators.astype(np.int64)
        is_group = tree.labels == LABELS.index(Label.GROUP)
        is_small = (tree.labels == LABELS.index(Label.SMALL_BASE)) & (among != HIDDEN)
        low = np.where(is_group, among - below, low)
        high = np.where(is_group | is_small, among + over, high)
    high = np.where(tree.labels == LABELS.index(Label.NO_DATA), 0, high)
    return low, high


def find_places(keys: Counts, parents: Mapping[int, int]) -> Counts:
    """For each key the place of its parent among the keys, −1 where that is not published."""
    places = {key: place for place, key in enumerate(keys.tolist())}
    return np.array([places.get(parents.get(key, -1), -1) for key in places], dtype=np.int64)


def measure_depths(above: Counts) -> Counts:
    """How far each place is from its root."""
    depths, at = np.zeros(len(above), dtype=np.int64), above.copy()
    while (at >= 0).any():
        depths += at >= 0
        at = np.where(at >= 0, above[at], -1)
    return depths


def is_any_pinned(
    counts: Counts, low: Counts, high: Counts, above: Counts, depths: Counts, parameters: Parameters
) -> bool:
    """Whether some count from 1 to below the threshold is known exactly, given all figures and sums."""
    rows = [np.flatnonzero(depths == depth) for depth in range(1, int(depths.max(initial=0)) + 1)]
    lows, highs = np.zeros_like(low), np.zeros_like(high)
    for row in reversed(rows):
        np.add.at(lows, above[row], low[row])
        np.add.at(highs, above[row], high[row])
        parent = np.unique(above[row])
        low[parent] = np.maximum(low[parent], lows[parent])
        high[parent] = np.minimum(high[parent], highs[parent])
    for row in rows:
        parent = above[row]
        least = low[parent] - (highs[parent] - high[row])
        most = high[parent] - (lows[parent] - low[row])
        low[row], high[row] = np.maximum(low[row], least), np.minimum(high[row], most)
    return bool(((low == high) & (counts > 0) & (counts < parameters.threshold)).any())


def protect_slowly(
    keys: Counts, numerators: Counts, denominators: Counts, parents: Mapping[int, int], parameters: Parameters
) -> Tree:
    """The same by protect_tree, which also withholds."""
    columns = zip(keys.tolist(), numerators.tolist(), denominators.tolist(), strict=True)
    figures = {key: Figure(numerator, denominator) for key, numerator, denominator in columns}
    protected = list(protect_tree(figures, parents, parameters).values())
    shown = [HIDDEN if figure.numerator is None else figure.numerator for figure in protected]
    among = [HIDDEN if figure.denominator is None else figure.denominator for figure in protected]
    labels = [LABELS.index(figure.label) for figure in protected]
    return Tree(keys, np.array(shown, np.int32), np.array(among, np.int32), np.array(labels, np.int8))
