"""An attacker who knows all rules and sees all published figures learns no count of 1 to 9."""

import random

from tumbuh.engines.disclosure.api import Figure, Label, protect, protect_table, protect_tree

INFINITE = 10**9


def read(figure, part):
    """What the published figure alone says of its numerator or denominator."""
    among = figure.denominator
    if figure.label is Label.NO_DATA:
        return [0, 0]
    if getattr(figure, part) is not None:
        return [max(10, getattr(figure, part) - 2), getattr(figure, part) + 2]
    if part == "denominator":
        return [10, INFINITE] if figure.label is Label.WITHHELD else [0, 9]
    if figure.label is Label.WITHHELD:
        return [0, INFINITE] if among is None else [10, among + 2]
    if figure.label is Label.GROUP:
        return [among - 2, among + 2]
    if figure.label is Label.SMALL_BASE and among is not None:
        return [0, among + 2]
    return [0, 9]


def attack(cells, parents):
    """Exact bounds by propagating every sum until nothing changes: {key: (low, high)}."""
    bounds = {key: list(cell) for key, cell in cells.items()}
    families = {}
    for child, parent in parents.items():
        if parent in cells:
            families.setdefault(parent, []).append(child)
    changed = True
    while changed:
        changed = False
        for parent, children in families.items():
            low, high = sum(bounds[c][0] for c in children), sum(bounds[c][1] for c in children)
            for key, at_least, at_most in [
                (parent, low, high),
                *(
                    (c, bounds[parent][0] - (high - bounds[c][1]), bounds[parent][1] - (low - bounds[c][0]))
                    for c in children
                ),
            ]:
                new = [max(bounds[key][0], at_least), min(bounds[key][1], at_most)]
                if new != bounds[key]:
                    bounds[key], changed = new, True
    return bounds


def make_tree(rng, sizes):
    """A province of random size: true figures that add up, and who is whose parent."""
    figures, parents = {}, {}
    for kabupaten in range(rng.randint(1, 3)):
        for kecamatan in range(rng.randint(1, 3)):
            for desa in range(rng.randint(1, 4)):
                denominator = rng.choice(sizes)
                numerator = rng.choice([0, 1, 9, 10, 12, denominator, rng.randint(0, denominator)])
                path = [(), (kabupaten,), (kabupaten, kecamatan), (kabupaten, kecamatan, desa)]
                for above, key in zip([None, *path], path, strict=False):
                    old = figures.get(key, Figure(0, 0))
                    figures[key] = Figure(old.numerator + min(numerator, denominator), old.denominator + denominator)
                    if above is not None:
                        parents[key] = above
    return figures, parents


def find_leaks(figures, parents, protected):
    leaks = []
    for part in ("numerator", "denominator"):
        cells = {key: read(figure, part) for key, figure in protected.items()}
        bounds = attack(cells, parents)
        for key, (low, high) in bounds.items():
            true = getattr(figures[key], part)
            assert low <= true <= high
            if low == high and 1 <= true <= 9:
                leaks.append((part, key, true))
    return leaks


def test_no_count_below_ten_is_pinned_in_random_provinces():
    for seed in range(500):
        figures, parents = make_tree(random.Random(seed), sizes=[0, 9, 12, 12, 20, 22, 33, 41])
        assert find_leaks(figures, parents, protect_tree(figures, parents)) == [], seed


def test_the_attacker_can_win_against_cells_protected_one_by_one():
    """The attack is real: here rounding alone gives the hidden 9 away, and the table does not."""
    rows, parent = [Figure(12, 40), Figure(12, 40), Figure(9, 40)], Figure(33, 120)
    figures = {"all": parent, **dict(enumerate(rows))}
    parents = dict.fromkeys(range(3), "all")
    alone = {key: protect(figure.numerator, figure.denominator) for key, figure in figures.items()}
    assert find_leaks(figures, parents, alone) == [("numerator", 2, 9)]
    children, total = protect_table(rows, parent)
    assert find_leaks(figures, parents, {"all": total, **dict(enumerate(children))}) == []
    assert [child.label for child in children] == [Label.WITHHELD, Label.SHOWN, Label.BELOW_THRESHOLD]
    assert total.numerator == 35


def test_two_small_siblings_are_not_given_away_by_their_total():
    children, total = protect_table([Figure(9, 40), Figure(9, 40)], Figure(18, 80))
    assert total.label is Label.WITHHELD
    assert {child.numerator for child in children} == {None}


def test_a_usual_province_stays_readable():
    """Nine in ten kecamatan and every kabupaten keep their figure."""
    rng = random.Random(7)
    figures, parents = {}, {}
    for number in range(1500):
        size = rng.randint(20, 70)
        few = sum(rng.random() < 0.2 for _ in range(size))
        path = [(), (number // 150,), (number // 150, number // 12), (number // 150, number // 12, number)]
        for above, key in zip([None, *path], path, strict=False):
            old = figures.get(key, Figure(0, 0))
            figures[key] = Figure(old.numerator + few, old.denominator + size)
            if above is not None:
                parents[key] = above
    protected = protect_tree(figures, parents)
    assert find_leaks(figures, parents, protected) == []
    shown = {level: [f.value is not None for k, f in protected.items() if len(k) == level] for level in range(3)}
    assert all(shown[0]) and all(shown[1])
    assert sum(shown[2]) / len(shown[2]) >= 0.9
