"""The door of the indicators room."""

from tumbuh.engines.definitions.api import DefinitionError, Text
from tumbuh.indicators.actions.check import check
from tumbuh.indicators.actions.refresh import rebuild, refresh
from tumbuh.indicators.errors import IndicatorError, IndicatorNotFound, RegionNotFound
from tumbuh.indicators.queries.check import Difference
from tumbuh.indicators.queries.definitions import get_definition, list_definitions
from tumbuh.indicators.queries.explain import Contribution, Excluded, Explanation, explain
from tumbuh.indicators.queries.kept import forget_kept
from tumbuh.indicators.queries.parts import list_public_parts
from tumbuh.indicators.queries.profile import list_breakdown, list_cells, list_profile
from tumbuh.indicators.queries.public import PublicValue, list_public_trend, list_public_values
from tumbuh.indicators.queries.reference import render_reference
from tumbuh.indicators.queries.trees import list_public_trees
from tumbuh.indicators.queries.values import find_value, latest_month, list_trend, list_values
from tumbuh.indicators.rules.definitions import Definition
from tumbuh.indicators.rules.values import AGE_GROUPS, Official, Status, Value, get_status

__all__ = [
    "AGE_GROUPS",
    "Contribution",
    "Definition",
    "DefinitionError",
    "Difference",
    "Excluded",
    "Explanation",
    "IndicatorError",
    "IndicatorNotFound",
    "Official",
    "PublicValue",
    "RegionNotFound",
    "Status",
    "Text",
    "Value",
    "check",
    "explain",
    "find_value",
    "forget_kept",
    "get_definition",
    "get_status",
    "latest_month",
    "list_breakdown",
    "list_cells",
    "list_definitions",
    "list_profile",
    "list_public_parts",
    "list_public_trees",
    "list_public_trend",
    "list_public_values",
    "list_trend",
    "list_values",
    "rebuild",
    "refresh",
    "render_reference",
]
