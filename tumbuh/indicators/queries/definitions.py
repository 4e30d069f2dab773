"""The definitions in `definitions/indicators`, read and compiled once per process."""

from functools import cache
from pathlib import Path

from django.conf import settings

from tumbuh.engines.definitions.api import DefinitionError, read_yaml
from tumbuh.indicators.errors import IndicatorNotFound
from tumbuh.indicators.rules.definitions import Definition
from tumbuh.indicators.rules.parsing import parse_definition


def load_definitions(folder: Path) -> tuple[Definition, ...]:
    """All definitions of a folder in their order; raises DefinitionError naming file and key."""
    found = [parse_definition(read_yaml(path), path.name) for path in sorted(folder.glob("*.yaml"))]
    orders = [definition.order for definition in found]
    if len(set(orders)) != len(orders):
        raise DefinitionError(f"{folder.name}: two definitions have the same order")
    return tuple(sorted(found, key=lambda definition: definition.order))


@cache
def load_shipped() -> tuple[Definition, ...]:
    return load_definitions(settings.DEFINITIONS / "indicators")


def list_definitions() -> list[Definition]:
    """All indicators, the most important first."""
    return list(load_shipped())


def get_definition(code: str) -> Definition:
    """One indicator by its code; raises IndicatorNotFound."""
    for definition in load_shipped():
        if definition.code == code:
            return definition
    codes = ", ".join(definition.code for definition in load_shipped())
    raise IndicatorNotFound(f"Indikator “{code}” tidak ada. Yang ada: {codes}.")
