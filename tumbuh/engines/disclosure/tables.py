"""Figures that are published together: no hidden count may be found by subtracting the others.

Every published cell is an interval to a reader who knows the rules (85 is 83 to 87, hidden is 0 to 9), and each total
is the sum of its parts. On a tree of sums, one pass upwards and one downwards give the exact intervals that follow
from all published cells together. Where that pins a hidden count, the smallest published sibling (else the total) is
withheld as well, until none is pinned.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from tumbuh.engines.disclosure.cells import Figure, Label, Parameters, Protected, protect

Key = TypeVar("Key", bound=Hashable)
Interval = tuple[int, int]
DEFAULT = Parameters()
INFINITE = 10**9
TOTAL = -1


def protect_table(
    rows: Sequence[Figure], parent: Figure, parameters: Parameters = DEFAULT
) -> tuple[list[Protected], Protected]:
    """Siblings and the total they add up to, each as it may be published beside the others."""
    figures = {TOTAL: parent, **dict(enumerate(rows))}
    protected = protect_tree(figures, dict.fromkeys(range(len(rows)), TOTAL), parameters)
    return [protected[number] for number in range(len(rows))], protected[TOTAL]


def protect_tree(
    figures: Mapping[Key, Figure], parents: Mapping[Key, Key], parameters: Parameters = DEFAULT
) -> dict[Key, Protected]:
    """A whole tree of figures (each the sum of its children), each as it may be published beside all others.

    `parents` gives each node's parent; a parent that is not among `figures` is not published.
    """
    protected = {
        key: protect(
            figure.numerator,
            figure.denominator,
            threshold=parameters.threshold,
            base=parameters.base,
            rate_minimum=parameters.rate_minimum,
        )
        for key, figure in figures.items()
    }
    family = list_families(figures, parents)
    for part in ("denominator", "numerator"):
        for key in withhold({key: getattr(f, part) for key, f in figures.items()}, protected, family, part, parameters):
            protected[key] = hide(protected[key], part)
    return protected


def list_families(keys: Iterable[Key], parents: Mapping[Key, Key]) -> dict[Key, list[Key]]:
    """The children of each node that has any among the keys, in the order from the bottom of the tree upwards."""
    keys = list(keys)
    known = set(keys)
    children: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        parent = parents.get(key)
        if parent is not None and parent in known:
            children[parent].append(key)
    roots = [key for key in keys if parents.get(key) not in known]
    order = list(roots)
    for key in order:
        order.extend(children.get(key, ()))
    return {key: children[key] for key in reversed(order) if key in children}


def hide(figure: Protected, part: str) -> Protected:
    """The figure without one of its counts; without a denominator nothing is left of it."""
    if part == "numerator":
        return replace(figure, numerator=None, value=None, label=Label.WITHHELD)
    return Protected(None, None, None, Label.WITHHELD)


def withhold(
    counts: Mapping[Key, int],
    protected: Mapping[Key, Protected],
    family: Mapping[Key, list[Key]],
    part: str,
    parameters: Parameters,
) -> set[Key]:
    """The cells that must be withheld beside the hidden ones, so that no count below the threshold is pinned."""
    shown = {key: getattr(protected[key], part) for key in counts}
    bounds = {key: read_cell(figure, part, parameters) for key, figure in protected.items()}
    parent_of = {child: parent for parent, children in family.items() for child in children}
    withheld: set[Key] = set()
    while pinned := find_pinned(counts, propagate(bounds, family), parameters):
        progress = False
        for key in pinned:
            chosen = choose_cover(
                key, counts, {k for k in counts if shown[k] is not None} - withheld, family, parent_of
            )
            if chosen is not None:
                withheld.add(chosen)
                bounds[chosen] = read_cell(hide(protected[chosen], part), part, parameters)
                progress = True
        if not progress:
            break
    return withheld


def choose_cover(
    key: Key,
    counts: Mapping[Key, int],
    published: set[Key],
    family: Mapping[Key, list[Key]],
    parent_of: Mapping[Key, Key],
) -> Key | None:
    """What to withhold for a pinned cell: its smallest published sibling, else its parent, and so on upwards."""
    node: Key | None = key
    while node is not None:
        parent = parent_of.get(node)
        siblings = [sibling for sibling in family.get(parent, ()) if sibling in published] if parent is not None else []
        if others := [sibling for sibling in siblings if sibling != node]:
            return min(others, key=lambda sibling: counts[sibling])
        if parent in published:
            return parent
        node = parent
    below = [child for child in family.get(key, ()) if child in published]
    return min(below, key=lambda child: counts[child]) if below else None


def read_cell(figure: Protected, part: str, parameters: Parameters) -> Interval:
    """What a reader who knows the rules knows of a count from its own figure alone."""
    below, above = parameters.base // 2, (parameters.base - 1) // 2
    small, shown = (0, parameters.threshold - 1), getattr(figure, part)
    if figure.label is Label.NO_DATA:
        return 0, 0
    if shown is not None:
        return max(parameters.threshold, shown - below), shown + above
    if part == "denominator":
        return (parameters.threshold, INFINITE) if figure.label is Label.WITHHELD else small
    if figure.denominator is None:
        return (0, INFINITE) if figure.label is Label.WITHHELD else small
    among = figure.denominator + above
    lowest = {Label.WITHHELD: parameters.threshold, Label.GROUP: figure.denominator - below, Label.SMALL_BASE: 0}
    return (lowest[figure.label], among) if figure.label in lowest else small


def propagate(bounds: Mapping[Key, Interval], family: Mapping[Key, list[Key]]) -> dict[Key, Interval]:
    """The exact interval of each cell given all: upwards from the parts to the totals, then downwards."""
    known = dict(bounds)
    for parent, children in family.items():
        low, high = known[parent]
        known[parent] = (
            max(low, sum(known[child][0] for child in children)),
            min(high, sum(known[child][1] for child in children)),
        )
    for parent, children in reversed(list(family.items())):
        lows, highs = sum(known[child][0] for child in children), sum(known[child][1] for child in children)
        low, high = known[parent]
        for child in children:
            at_least, at_most = known[child]
            known[child] = (max(at_least, low - (highs - at_most)), min(at_most, high - (lows - at_least)))
    return known


def find_pinned(counts: Mapping[Key, int], known: Mapping[Key, Interval], parameters: Parameters) -> list[Key]:
    """Cells whose count is small, not zero, and known exactly."""
    return [key for key, count in counts.items() if 0 < count < parameters.threshold and known[key][0] == known[key][1]]
