"""The door of the indicators room."""

from tumbuh.engines.definitions.api import DefinitionError, Text
from tumbuh.indicators.actions.check import check, check_measuring
from tumbuh.indicators.actions.copied import Engine
from tumbuh.indicators.actions.keeping import rebuild, refresh
from tumbuh.indicators.actions.measuring import MeasuringDifference
from tumbuh.indicators.actions.refresh import rebuild_cells
from tumbuh.indicators.actions.reported import record_reported
from tumbuh.indicators.actions.scorecards import check_scorecards, rebuild_scorecards, refresh_scorecards
from tumbuh.indicators.actions.surveys import record_survey
from tumbuh.indicators.errors import IndicatorError, IndicatorNotFound, RegionNotFound, SurveyError
from tumbuh.indicators.queries.check import Difference
from tumbuh.indicators.queries.complete import (
    Complete,
    Coverage,
    ServiceCount,
    average_share,
    list_complete_below,
    list_complete_trend,
    list_counts,
    list_coverage,
)
from tumbuh.indicators.queries.coverage import ServiceValue, find_rule, list_service_values
from tumbuh.indicators.queries.definitions import get_definition, list_definitions
from tumbuh.indicators.queries.explain import Contribution, Excluded, Explanation, explain
from tumbuh.indicators.queries.kept import forget_kept
from tumbuh.indicators.queries.lives import list_lives
from tumbuh.indicators.queries.measuring import Graded, Measuring, read_measuring
from tumbuh.indicators.queries.pace import Change, Pace, Year, make_change, read_pace, read_service_effects
from tumbuh.indicators.queries.parts import list_public_parts
from tumbuh.indicators.queries.profile import list_breakdown, list_cells, list_profile
from tumbuh.indicators.queries.public import PublicValue, list_public_trend, list_public_values
from tumbuh.indicators.queries.reference import render_reference
from tumbuh.indicators.queries.reported import ReportedSide, Residents, count_reported, find_residents, read_reported
from tumbuh.indicators.queries.scorecard_reference import render_scorecard, render_sets
from tumbuh.indicators.queries.scorecards import (
    Named,
    Scorecard,
    count_named,
    list_kept,
    list_named,
    list_quarters,
    read_scorecard,
)
from tumbuh.indicators.queries.sets import SetValue, get_set, list_service_months, list_sets, read_set
from tumbuh.indicators.queries.surveys import list_surveys
from tumbuh.indicators.queries.trees import list_public_trees
from tumbuh.indicators.queries.two_numbers import Side, TwoNumbers, read_two_numbers
from tumbuh.indicators.queries.values import find_value, latest_month, list_trend, list_values
from tumbuh.indicators.rules.definitions import Definition
from tumbuh.indicators.rules.reported import AKSI_BANGDA, DUKCAPIL, Beside, Reported
from tumbuh.indicators.rules.sets import IndicatorSet, SetItem, SetTarget
from tumbuh.indicators.rules.surveys import SurveyDetails, SurveyEntry
from tumbuh.indicators.rules.values import AGE_GROUPS, Official, Status, Value, get_status

__all__ = [
    "AGE_GROUPS",
    "AKSI_BANGDA",
    "DUKCAPIL",
    "Beside",
    "Change",
    "Complete",
    "Contribution",
    "Coverage",
    "Definition",
    "DefinitionError",
    "Difference",
    "Engine",
    "Excluded",
    "Explanation",
    "Graded",
    "IndicatorError",
    "IndicatorNotFound",
    "IndicatorSet",
    "Measuring",
    "MeasuringDifference",
    "Named",
    "Official",
    "Pace",
    "PublicValue",
    "RegionNotFound",
    "Reported",
    "ReportedSide",
    "Residents",
    "Scorecard",
    "ServiceCount",
    "ServiceValue",
    "SetItem",
    "SetTarget",
    "SetValue",
    "Side",
    "Status",
    "SurveyDetails",
    "SurveyEntry",
    "SurveyError",
    "Text",
    "TwoNumbers",
    "Value",
    "Year",
    "average_share",
    "check",
    "check_measuring",
    "check_scorecards",
    "count_named",
    "count_reported",
    "explain",
    "find_residents",
    "find_rule",
    "find_value",
    "forget_kept",
    "get_definition",
    "get_set",
    "get_status",
    "latest_month",
    "list_breakdown",
    "list_cells",
    "list_complete_below",
    "list_complete_trend",
    "list_counts",
    "list_coverage",
    "list_definitions",
    "list_kept",
    "list_lives",
    "list_named",
    "list_profile",
    "list_public_parts",
    "list_public_trees",
    "list_public_trend",
    "list_public_values",
    "list_quarters",
    "list_service_months",
    "list_service_values",
    "list_sets",
    "list_surveys",
    "list_trend",
    "list_values",
    "make_change",
    "read_measuring",
    "read_pace",
    "read_reported",
    "read_scorecard",
    "read_service_effects",
    "read_set",
    "read_two_numbers",
    "rebuild",
    "rebuild_cells",
    "rebuild_scorecards",
    "record_reported",
    "record_survey",
    "refresh",
    "refresh_scorecards",
    "render_reference",
    "render_scorecard",
    "render_sets",
]
