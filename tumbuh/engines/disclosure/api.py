"""The door of the disclosure engine."""

from tumbuh.engines.disclosure.cells import Figure, Label, Parameters, Protected, protect
from tumbuh.engines.disclosure.forest import Tree, protect_column
from tumbuh.engines.disclosure.parts import protect_parts
from tumbuh.engines.disclosure.tables import protect_table, protect_tree

__all__ = [
    "Figure",
    "Label",
    "Parameters",
    "Protected",
    "Tree",
    "protect",
    "protect_column",
    "protect_parts",
    "protect_table",
    "protect_tree",
]
