"""Columns protect as the tree does, figure by figure."""

import random
from functools import reduce

import numpy as np
import pytest

from tests.unit.engines.disclosure.test_attack import make_tree
from tumbuh.engines.disclosure.api import Figure, Label, Parameters, protect, protect_column, protect_tree

SIZES = [[0, 9, 12, 12, 20, 22, 33, 41], [0, 3, 25, 300], [5, 19, 20, 21], [40, 60, 80, 1000]]


def to_columns(figures, parents):
    """The tree with numbers for keys, as columns."""
    number = {key: place * 7 + 3 for place, key in enumerate(figures)}
    columns = np.array([[number[k], f.numerator, f.denominator] for k, f in figures.items()], dtype=np.int64).T
    return number, columns, {number[child]: number[parent] for child, parent in parents.items()}


@pytest.mark.parametrize("parameters", [Parameters(), Parameters(threshold=5, base=3, rate_minimum=10)])
def test_columns_equal_the_tree_in_random_provinces(parameters):
    labels = set()
    for seed in range(400):
        figures, parents = make_tree(random.Random(seed), sizes=SIZES[seed % len(SIZES)])
        number, columns, above = to_columns(figures, parents)
        expected = protect_tree(figures, parents, parameters)
        assert dict(protect_column(*columns, above, parameters)) == {number[k]: f for k, f in expected.items()}, seed
        labels |= {figure.label for figure in expected.values()}
    assert labels == set(Label), "every case was met"


def test_reads_like_a_mapping():
    tree = protect_column(*np.array([[10, 20], [5, 25], [30, 50]]), {10: 20})
    assert list(tree) == [10, 20] and len(tree) == 2
    nothing = protect(0, 0)
    assert tree.get(15, nothing) is tree.get(99, nothing) is nothing
    assert 10 in tree and 15 not in tree
    with pytest.raises(KeyError):
        tree[15]
    assert tree[20].value == 50
    empty = protect_column(*np.zeros((3, 0), dtype=np.int64), {})
    assert list(empty) == [] and 1 not in empty


def test_what_is_no_count_of_people_is_refused():
    for numerator, denominator in ((3, 2), (-1, 5)):
        with pytest.raises(ValueError):
            protect_column(*np.array([[1], [numerator], [denominator]]), {})


def test_sums_over_a_wide_tree():
    """A thousand desa under one kecamatan: totals are added, not overwritten."""
    figures = {(n,): Figure(n % 13, 40) for n in range(1000)}
    total = reduce(lambda a, b: Figure(a.numerator + b.numerator, a.denominator + b.denominator), figures.values())
    figures[()] = total
    parents = {key: () for key in figures if key}
    number, columns, above = to_columns(figures, parents)
    expected = protect_tree(figures, parents)
    assert dict(protect_column(*columns, above)) == {number[k]: f for k, f in expected.items()}
