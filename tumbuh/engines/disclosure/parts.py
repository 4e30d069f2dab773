"""Figures cut in parts (by sex, by age) beside totals that are already published.

A part belongs to several sums at once: boys and girls make the region, the boys of all regions the boys above. Each
sum is propagated again and again until no reader's interval narrows. While a small count is pinned, anywhere, the
smallest published part near it is withheld; the totals never change, and without any part they are safe.
"""

from collections.abc import Mapping, Sequence

from tumbuh.engines.disclosure.cells import Figure, Parameters, Protected, protect
from tumbuh.engines.disclosure.tables import DEFAULT, INFINITE, Interval, Key, find_pinned, hide, read_cell

Sum = tuple[Key, Sequence[Key]]


def protect_parts(
    figures: Mapping[Key, Figure],
    published: Mapping[Key, Protected],
    sums: Sequence[Sum[Key]],
    parameters: Parameters = DEFAULT,
) -> dict[Key, Protected]:
    """The figures that are not yet `published`, each as it may be published beside these and each other.

    `sums` names each total with all its parts; keys that are not among `figures` count nobody.
    """
    rules = {"threshold": parameters.threshold, "base": parameters.base, "rate_minimum": parameters.rate_minimum}
    new = {
        key: protect(figure.numerator, figure.denominator, **rules)
        for key, figure in figures.items()
        if key not in published
    }
    known_sums = [(total, [part for part in parts if part in figures]) for total, parts in sums if total in figures]
    for part in ("denominator", "numerator"):
        counts = {key: getattr(figure, part) for key, figure in figures.items()}
        while pinned := find_pinned_parts(counts, {**published, **new}, known_sums, part, parameters):
            open_parts = [key for key, figure in new.items() if getattr(figure, part) is not None]
            if not open_parts:
                break
            near = {key for total, parts in known_sums for key in (total, *parts) if {total, *parts} & set(pinned)}
            chosen = min(open_parts, key=lambda key: (key not in near, counts[key]))
            new[chosen] = hide(new[chosen], part)
    return new


def find_pinned_parts(
    counts: Mapping[Key, int],
    shown: Mapping[Key, Protected],
    sums: Sequence[Sum[Key]],
    part: str,
    parameters: Parameters,
) -> list[Key]:
    """Small counts that follow exactly from everything shown."""
    known = {key: read_cell(shown[key], part, parameters) for key in counts}
    while narrow(known, sums):
        pass
    return find_pinned(counts, known, parameters)


def narrow(known: dict[Key, Interval], sums: Sequence[Sum[Key]]) -> bool:
    """Each sum read once in both directions; whether anything became narrower.

    What is without a bound (INFINITE) stays so until all others of a sum have one: else it would shrink step by step.
    """
    changed = False
    for total, parts in sums:
        lows, highs = sum(known[part][0] for part in parts), sum(known[part][1] for part in parts)
        low, high = known[total]
        new = max(low, lows), min(high, highs) if highs < INFINITE else high
        changed |= new != (low, high)
        low, high = known[total] = new
        for part in parts:
            least, most = known[part]
            new = max(least, low - (highs - most)), min(most, high - (lows - least)) if high < INFINITE else most
            if new != (least, most):
                known[part], changed = new, True
    return changed
