"""The door of the disclosure engine."""

from tumbuh.engines.disclosure.cells import Figure, Label, Parameters, Protected, protect
from tumbuh.engines.disclosure.tables import protect_table, protect_tree

__all__ = ["Figure", "Label", "Parameters", "Protected", "protect", "protect_table", "protect_tree"]
