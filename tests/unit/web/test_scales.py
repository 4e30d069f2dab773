"""Scales of maps: steps, words, and colours that everybody can tell apart."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.web.regions.scales import DIVERGING, SEQUENTIAL, make_diverging, make_even, make_sequential

# Viénot, Brettel and Mollon 1999: what people without red, and without green, receptors see, in linear RGB.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deutan": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


def linear(colour):
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def seen(colour, kind):
    """CIE Lab as somebody with that colour vision sees it."""
    rgb = linear(colour)
    r, g, b = (max(0, sum(weight * part for weight, part in zip(row, rgb, strict=True))) for row in BLINDNESS[kind])
    x, y, z = (
        0.4124 * r + 0.3576 * g + 0.1805 * b,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        0.0193 * r + 0.1192 * g + 0.9505 * b,
    )

    def f(t):
        return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116

    fx, fy, fz = f(x / 0.9505), f(y), f(z / 1.089)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(a, b, kind):
    return sum((p - q) ** 2 for p, q in zip(seen(a, kind), seen(b, kind), strict=True)) ** 0.5


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("colours", [*SEQUENTIAL.values(), DIVERGING], ids=len)
def test_any_two_steps_look_different(colours, kind):
    pairs = [(a, b) for index, a in enumerate(colours) for b in colours[index + 1 :]]
    assert min(distance(a, b, kind) for a, b in pairs) > 9


@pytest.mark.parametrize("colours", SEQUENTIAL.values(), ids=len)
def test_more_is_darker(colours):
    lightness = [seen(colour, "none")[0] for colour in colours]
    assert all(a - b > 10 for a, b in itertools.pairwise(lightness))


def test_the_middle_of_the_diverging_scale_is_the_lightest():
    lightness = [seen(colour, "none")[0] for colour in DIVERGING]
    assert lightness[:4] == sorted(lightness[:4]) and lightness[3:] == sorted(lightness[3:], reverse=True)


@pytest.mark.parametrize(("value", "step"), [(0, 0), (11.9, 0), (12, 1), (Decimal("14.9"), 1), (21, 4), (99, 4)])
def test_steps_of_a_sequential_scale(value, step):
    assert make_sequential([12, 15, 18, 21]).find_step(value) == step


@pytest.mark.parametrize(
    ("value", "step"), [("11.0", 0), ("14.0", 2), ("16.0", 3), ("16.9", 3), ("17.8", 3), ("18.0", 4), ("25.0", 6)]
)
def test_steps_around_a_target(value, step):
    assert make_diverging(Decimal("16.9")).find_step(Decimal(value)) == step


@pytest.mark.parametrize("breaks", [[1, 2, 3], [1, 2, 3, 3], [4, 3, 2, 1], []])
def test_a_scale_needs_ascending_breaks(breaks):
    with pytest.raises(ValueError, match="ascending"):
        make_sequential(breaks)


@given(st.lists(st.decimals(0, 100, places=1), max_size=30))
def test_an_even_scale_covers_what_it_is_made_for(values):
    scale = make_even(values)
    widths = {b - a for a, b in zip(scale.breaks, scale.breaks[1:], strict=False)}
    assert len(widths) == 1
    width = widths.pop()
    assert all(scale.breaks[0] - width <= value < scale.breaks[-1] + width for value in values)
