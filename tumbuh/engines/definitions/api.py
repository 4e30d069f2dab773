"""The door of the definitions engine."""

from tumbuh.engines.definitions.conditions import (
    Columns,
    Condition,
    check_condition,
    holds,
    list_tests,
    read_test,
)
from tumbuh.engines.definitions.content import (
    Source,
    Text,
    check_choice,
    check_keys,
    parse_source,
    parse_text,
    read_yaml,
)
from tumbuh.engines.definitions.errors import DefinitionError
from tumbuh.engines.definitions.writing import write_condition

__all__ = [
    "Columns",
    "Condition",
    "DefinitionError",
    "Source",
    "Text",
    "check_choice",
    "check_condition",
    "check_keys",
    "holds",
    "list_tests",
    "parse_source",
    "parse_text",
    "read_test",
    "read_yaml",
    "write_condition",
]
