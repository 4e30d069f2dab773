"""Names for made-up people, drawn at random from common given names."""

from pathlib import Path

import numpy as np
import yaml

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions/demo"


def read_names() -> dict[str, list[str]]:
    """Lists of names: girls, boys, second (second parts), mothers."""
    text = (DEFINITIONS / "names.yaml").read_text()
    return {kind: words.split() for kind, words in yaml.safe_load(text).items()}


def draw_children_names(rng: np.random.Generator, is_girl: np.ndarray) -> list[str]:
    """A two-part name for each child, by sex."""
    names = read_names()
    first = np.where(is_girl, rng.choice(names["girls"], is_girl.size), rng.choice(names["boys"], is_girl.size))
    return [f"{a} {b}" for a, b in zip(first.tolist(), rng.choice(names["second"], is_girl.size).tolist(), strict=True)]


def draw_mothers_names(rng: np.random.Generator, size: int) -> list[str]:
    """A two-part name for each mother."""
    names = read_names()
    first, second = rng.choice(names["mothers"], size), rng.choice(names["second"], size)
    return [f"{a} {b}" for a, b in zip(first.tolist(), second.tolist(), strict=True)]
