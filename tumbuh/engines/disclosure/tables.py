"""Figures that are published together: no hidden count may be found by subtracting the others."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from tumbuh.engines.disclosure.cells import Figure, Parameters, Protected

Key = TypeVar("Key", bound=Hashable)
DEFAULT = Parameters()


def protect_table(
    rows: Sequence[Figure], parent: Figure, parameters: Parameters = DEFAULT
) -> tuple[list[Protected], Protected]:
    """Siblings and the total they add up to, each as it may be published beside the others."""
    raise NotImplementedError


def protect_tree(
    figures: Mapping[Key, Figure], parents: Mapping[Key, Key], parameters: Parameters = DEFAULT
) -> dict[Key, Protected]:
    """A whole tree of figures (each the sum of its children), each as it may be published beside all others.

    `parents` gives each node's parent; a parent that is not among `figures` is not published.
    """
    raise NotImplementedError
