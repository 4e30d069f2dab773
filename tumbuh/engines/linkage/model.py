"""The trained model as data: how often each level of agreement is met, by what the two lines are to each other.

Four suppositions about a pair: the same person, twins, siblings, strangers. Splink weighs the first against the last;
brothers and sisters share mother, home and often half a name, and twins the birth date too, so they are weighed too.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path

from tumbuh.engines.linkage.comparisons import UNKNOWN

PATH = Path(__file__).parent / "data" / "model.json"
SAME, TWIN, SIBLING, STRANGER = "same", "twin", "sibling", "stranger"
KIN = (TWIN, SIBLING)
PROVINCE = 100_000  # the chances of strangers are those of a province: fewer lines are weighed as if out of so many
Levels = dict[str, str]  # level by comparison


@dataclass(frozen=True)
class Model:
    """`chances[supposition][comparison][level]`; `rates[supposition]`: such pairs for each line. The rest describes."""

    chances: dict[str, dict[str, dict[str, float]]]
    rates: dict[str, float]
    training: dict[str, str | int]

    def get_prior(self, lines: int) -> float:
        """The chance that two lines drawn from so many speak of one person."""
        return self.rates[SAME] * 2 / max(lines, PROVINCE)

    def get_bits(self, supposition: str, levels: Levels) -> float:
        """log2 of how much likelier these levels are for the supposition than for the same person, by its rate."""
        bits = log2(self.rates[supposition] / self.rates[SAME])
        for comparison, level in levels.items():
            if level != UNKNOWN:
                bits += log2(self.chances[supposition][comparison][level] / self.chances[SAME][comparison][level])
        return bits


def combine(same_against_strangers: float, kin: list[float]) -> float:
    """The probability of the same person from bits: against strangers, and of each kind of kin against the same."""
    odds_against: float = sum(2.0 ** min(bits, 500.0) for bits in (-same_against_strangers, *kin))
    return 1 / (1 + odds_against)


@cache
def read_model(path: Path = PATH) -> Model:
    found = json.loads(path.read_text())
    return Model(found["chances"], found["rates"], found["training"])


def write_model(model: Model, path: Path = PATH) -> None:
    content = {"training": model.training, "rates": model.rates, "chances": model.chances}
    path.write_text(json.dumps(content, indent=1, sort_keys=False) + "\n")
