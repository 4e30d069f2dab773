"""Colours of a map: steps in words, a sequential scale for magnitudes, a diverging one around a target.

The colours are told apart with any kind of colour blindness and, in the sequential scale, in black and white too.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.formats import number_format
from django.utils.translation import gettext

Number = Decimal | float | int
SEQUENTIAL = {
    5: ("#e9eef0", "#b3d0d6", "#74a9bd", "#3a7699", "#1b4470"),
    6: ("#eaf0f1", "#bfd9dc", "#8cbccb", "#5998b5", "#2f6c95", "#183f6b"),
    7: ("#ebf1f2", "#c8dfe1", "#9dc8d2", "#70abc2", "#4889ad", "#28648f", "#163b67"),
}
DIVERGING = ("#1d5b86", "#5d9bbd", "#b4d3df", "#f4f1e8", "#f0cba3", "#d88c4c", "#9c4414")


@dataclass(frozen=True)
class Scale:
    """Steps between `breaks` (ascending); step i holds values from breaks[i-1] up to, not including, breaks[i]."""

    name: str
    breaks: tuple[Number, ...]
    colours: tuple[str, ...]
    unit: str = "%"
    target: Number | None = None

    def find_step(self, value: Number) -> int:
        return bisect_right(self.breaks, value)

    def get_class(self, step: int) -> str:
        """The class that gives a step its colour in the style sheet."""
        return f"map-{self.name}-{step}"

    def list_steps(self) -> list[str]:
        """Each step in words, lowest first."""
        low, high = self.write(self.breaks[0]), self.write(self.breaks[-1])
        middle = [f"{self.write(a, bare=True)}–{self.write(b)}" for a, b in pairwise(self.breaks)]
        return [
            gettext("di bawah %(value)s") % {"value": low},
            *middle,
            gettext("%(value)s ke atas") % {"value": high},
        ]

    def write(self, value: Number, *, bare: bool = False) -> str:
        """A number as people write it, with the unit unless `bare`."""
        places = 0 if value == int(value) else 1
        text = number_format(value, decimal_pos=places)
        return text if bare or not self.unit else f"{text} {self.unit}"


def make_sequential(breaks: Sequence[Number], *, unit: str = "%") -> Scale:
    """A scale of magnitudes with 4 to 6 ascending breaks, so 5 to 7 steps; ValueError otherwise."""
    steps = len(breaks) + 1
    if steps not in SEQUENTIAL or list(breaks) != sorted(set(breaks)):
        raise ValueError("a sequential scale needs 4 to 6 ascending breaks")
    return Scale(f"seq{steps}", tuple(breaks), SEQUENTIAL[steps], unit)


def make_even(values: Sequence[Number], *, unit: str = "%") -> Scale:
    """A sequential scale of five steps of one round width that covers the values; also without any values."""
    low, high = (min(values), max(values)) if values else (0, 0)
    span = max(float(high) - float(low), 1e-9)
    widths = (width * 10**power for power in range(-1, 8) for width in (1, 2, 5))
    width = next((w for w in widths if w * 5 >= span + w and w >= 0.5), 10**8)
    first = int(float(low) // width) + 1
    return make_sequential([round(Decimal(str(width)) * (first + step), 1) for step in range(4)], unit=unit)


def make_diverging(target: Number, *, step: Number = 2, unit: str = "%") -> Scale:
    """Seven steps centred on a target: the middle one is within half a step of it, blue is below, brown above."""
    middle, width = Decimal(str(target)), Decimal(str(step))
    breaks = tuple(middle + width * (Decimal(offset) / 2) for offset in (-5, -3, -1, 1, 3, 5))
    return Scale("div", breaks, DIVERGING, unit, target)
