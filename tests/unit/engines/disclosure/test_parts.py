"""Parts by sex and age: the attacker of test_attack, now with every sum of the breakdown, learns no count of 1 to 9."""

import random
from dataclasses import replace

from tests.unit.engines.disclosure.test_attack import make_tree, read
from tumbuh.engines.disclosure.api import Figure, Label, protect, protect_parts, protect_tree

INFINITE, UNBOUNDED = 10**9, 10**6  # what has no bound stays so, instead of shrinking by a few at each turn
GROUPS = [(sex, age) for sex in "MF" for age in "abc"]
WAYS = [("M", "F"), ("a", "b", "c")]


def attack(cells, sums):
    """Bounds by propagating every sum until nothing changes; written on its own, with lists of equations."""
    bounds = dict(cells)
    equations = [[(total, -1), *((part, 1) for part in parts)] for total, parts in sums]
    while True:
        before = dict(bounds)
        for equation in equations:
            for key, sign in equation:
                rest = [(bounds[k], s) for k, s in equation if k != key]
                least = sum(b[0] if s > 0 else -b[1] for b, s in rest)
                most = sum(b[1] if s > 0 else -b[0] for b, s in rest)
                low, high = (-most, -least) if sign > 0 else (least, most)
                high = high if high < UNBOUNDED else INFINITE
                bounds[key] = (max(bounds[key][0], low), min(bounds[key][1], high))
                assert bounds[key][0] <= bounds[key][1], f"what is printed of {key} cannot be"
        if bounds == before:
            return bounds


def cut(rng, figures, parents):
    """Groups for the two upper levels that add up to the totals, both ways, and to the groups above."""
    sums = {}
    for child, parent in parents.items():
        sums.setdefault((parent, ""), []).append((child, ""))
    everything = {(key, ""): figure for key, figure in figures.items()}
    for kabupaten in [key for key in figures if len(key) == 1]:
        cells = {group: [0, 0] for group in GROUPS}
        figure = figures[kabupaten]
        weights = [rng.choice([0, 1, 1, 5]) for _ in GROUPS]
        picks = rng.choices(GROUPS, [w + 0.01 for w in weights], k=figure.denominator)
        for place, group in enumerate(picks):
            cells[group][1] += 1
            cells[group][0] += place < figure.numerator
        for part in "MFabc":
            chosen = [cell for group, cell in cells.items() if part in group]
            own = Figure(sum(c[0] for c in chosen), sum(c[1] for c in chosen))
            everything[kabupaten, part] = own
            above = everything.get(((), part), Figure(0, 0))
            everything[(), part] = Figure(above.numerator + own.numerator, above.denominator + own.denominator)
            sums.setdefault(((), part), []).append((kabupaten, part))
    for key in [key for key in figures if len(key) <= 1]:
        for way in WAYS:
            sums[key, way] = [(key, part) for part in way]
    named = [((total[0], "") if isinstance(total[1], tuple) else total, parts) for total, parts in sums.items()]
    return everything, named


def find_leaks(figures, sums, protected):
    leaks = []
    for part in ("numerator", "denominator"):
        bounds = attack({key: tuple(read(figure, part)) for key, figure in protected.items()}, sums)
        for key, (low, high) in bounds.items():
            true = getattr(figures[key], part)
            assert low <= true <= high, (part, key)
            if low == high and 1 <= true <= 9:
                leaks.append((part, key, true))
    return leaks


def make_case(seed):
    rng = random.Random(seed)
    figures, parents = make_tree(rng, sizes=[0, 9, 12, 12, 20, 22, 33, 41])
    everything, sums = cut(rng, figures, parents)
    published = {(key, ""): figure for key, figure in protect_tree(figures, parents).items()}
    return everything, sums, published


def test_no_count_below_ten_is_pinned_by_parts():
    attacker_wins = withheld = 0
    for seed in range(150):
        figures, sums, published = make_case(seed)
        parts = protect_parts(figures, published, sums)
        assert find_leaks(figures, sums, {**published, **parts}) == [], seed
        withheld += any(figure.label is Label.WITHHELD for figure in parts.values())
        alone = {k: protect(f.numerator, f.denominator) for k, f in figures.items() if k not in published}
        attacker_wins += bool(find_leaks(figures, sums, {**published, **alone}))
    assert attacker_wins and withheld, "the attack is real: parts protected one by one give counts away"


def test_much_that_is_withheld_is_soon_done():
    """Cells without any bound in sums that share them: the rounds end, and nothing small is told."""
    figures = {("p", ""): Figure(12, 24), **{("p", part): Figure(6, 12) for part in "MFab"}}
    hidden = replace(protect(0, 0), label=Label.WITHHELD)
    sums = [(("p", ""), [("p", "M"), ("p", "F")]), (("p", ""), [("p", "a"), ("p", "b")])]
    parts = protect_parts(figures, {("p", ""): hidden}, sums)
    assert all(figure.numerator is None for figure in parts.values())


def test_parts_of_a_large_region_stay_readable():
    figures = {("p", ""): Figure(400, 2000), ("p", "M"): Figure(230, 1010), ("p", "F"): Figure(170, 990)}
    published = {("p", ""): protect(400, 2000)}
    parts = protect_parts(figures, published, [(("p", ""), [("p", "M"), ("p", "F")])])
    assert {key[1]: (f.numerator, f.denominator) for key, f in parts.items()} == {"M": (230, 1010), "F": (170, 990)}
