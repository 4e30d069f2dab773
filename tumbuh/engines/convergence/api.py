"""The door of the convergence engine."""

from tumbuh.engines.convergence.answers import EVERYBODY, Answer, answer, find_dated, find_poverty, list_groups
from tumbuh.engines.convergence.columns import COLUMNS, NULLABLE, SEASONS, STATEMENTS, Row
from tumbuh.engines.convergence.counts import POVERTY, Count, Counts, Stratum, count_people
from tumbuh.engines.convergence.packages import Package, list_answers, list_packages, list_work, rank_missing
from tumbuh.engines.convergence.parsing import parse_service
from tumbuh.engines.convergence.reading import read_content
from tumbuh.engines.convergence.types import (
    PACKAGES,
    Band,
    Code,
    Content,
    Group,
    Intervention,
    Kind,
    Measure,
    PoorUntil,
    Receipt,
    Result,
    Rule,
    Service,
    Version,
    Window,
)
from tumbuh.engines.convergence.vocabulary import parse_codes, parse_groups, parse_poor
from tumbuh.engines.convergence.windows import CALENDAR, EVENTS, find_window
from tumbuh.engines.convergence.words import explain

__all__ = [
    "CALENDAR",
    "COLUMNS",
    "EVENTS",
    "EVERYBODY",
    "NULLABLE",
    "PACKAGES",
    "POVERTY",
    "SEASONS",
    "STATEMENTS",
    "Answer",
    "Band",
    "Code",
    "Content",
    "Count",
    "Counts",
    "Group",
    "Intervention",
    "Kind",
    "Measure",
    "Package",
    "PoorUntil",
    "Receipt",
    "Result",
    "Row",
    "Rule",
    "Service",
    "Stratum",
    "Version",
    "Window",
    "answer",
    "count_people",
    "explain",
    "find_dated",
    "find_poverty",
    "find_window",
    "list_answers",
    "list_groups",
    "list_packages",
    "list_work",
    "parse_codes",
    "parse_groups",
    "parse_poor",
    "parse_service",
    "rank_missing",
    "read_content",
]
