"""Who of the made-up children live together: brothers and sisters now and then, about one child in a hundred a twin.

Only neighbours in the order of the children (first and second, third and fourth …) of one desa become siblings.
"""

from dataclasses import dataclass

import numpy as np

from tumbuh.intake.demo.names import read_names

SIBLINGS = 0.15  # share of the pairs whose births lie far enough apart
TWINS = 0.01
APART_DAYS = 300
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Homes:
    """One entry a child: address, RT and RW, the same for children of one household."""

    addresses: list[str]
    rts: list[str]
    rws: list[str]


def pair_children(
    rng: np.random.Generator, desa: np.ndarray, born: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Position of the child whose mother and home each child shares (its own for most), births, and who is a twin."""
    first = np.arange(0, desa.size - 1, 2)
    chance = rng.random(first.size)
    together = desa[first] == desa[first + 1]
    apart = np.abs((born[first] - born[first + 1]).astype(int)) >= APART_DAYS
    twins = first[together & (chance < TWINS)]
    siblings = first[together & apart & (chance >= TWINS) & (chance < TWINS + SIBLINGS)]
    head = np.arange(desa.size)
    head[twins + 1], head[siblings + 1] = twins, siblings
    born = born.copy()
    born[twins + 1] = born[twins]
    is_twin = np.zeros(desa.size, bool)
    is_twin[twins], is_twin[twins + 1] = True, True
    return head, born, is_twin


def part_names(names: list[str], head: np.ndarray, is_twin: np.ndarray, is_girl: np.ndarray) -> list[str]:
    """The names, where the second twin has a first name of its own."""
    lists = read_names()
    for child in np.flatnonzero(is_twin & (head < np.arange(head.size))).tolist():
        first, second = names[child].split()
        taken = names[head[child]].split()[0]
        others = lists["girls" if is_girl[child] else "boys"]
        if first[:3] == taken[:3]:
            first = next(name for name in others[child % len(others) :] + others if name[:3] != taken[:3])
        names[child] = f"{first} {second}"
    return names


def draw_homes(rng: np.random.Generator, is_urban: np.ndarray, head: np.ndarray) -> Homes:
    """A street and a house for each household, in a dusun where it is no town."""
    size = head.size
    streets = rng.choice(read_names()["streets"], size).tolist()
    numbers, dusun = rng.integers(1, 120, size).tolist(), rng.integers(0, 4, size).tolist()
    rts, rws = rng.integers(1, 9, size).tolist(), rng.integers(1, 4, size).tolist()
    own = [
        f"Jl. {street} No. {number}" if urban else f"Dusun {ROMAN[part]}, Jl. {street} No. {number}"
        for street, number, part, urban in zip(streets, numbers, dusun, is_urban.tolist(), strict=True)
    ]
    heads = head.tolist()
    return Homes([own[h] for h in heads], [f"{rts[h]:03d}" for h in heads], [f"{rws[h]:03d}" for h in heads])
