"""Protects small counts before figures leave the platform. Plain Python; the door is `api`."""

from tumbuh.engines.disclosure.api import Figure, Label, Parameters, Protected, protect, protect_table, protect_tree

__all__ = ["Figure", "Label", "Parameters", "Protected", "protect", "protect_table", "protect_tree"]
