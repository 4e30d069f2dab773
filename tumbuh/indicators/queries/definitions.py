"""The definitions in `definitions/indicators`, read once per process."""

from tumbuh.indicators.rules.definitions import Definition


def list_definitions() -> list[Definition]:
    """All indicators in the order of their files' names."""
    raise NotImplementedError


def get_definition(code: str) -> Definition:
    """One indicator by its code; raises IndicatorNotFound."""
    raise NotImplementedError
