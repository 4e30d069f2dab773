"""The door of the scorecard engine."""

from tumbuh.engines.convergence.api import Result
from tumbuh.engines.scorecard.counts import ANY_READING, Count, Counts, add_counts, count_people, round_percent, share
from tumbuh.engines.scorecard.marks import Mark, list_groups, mark_person
from tumbuh.engines.scorecard.people import (
    CHILD,
    MOTHER,
    STATEMENTS,
    Life,
    Received,
    end_month,
    end_quarter,
    first_of_quarter,
)
from tumbuh.engines.scorecard.reading import read_content
from tumbuh.engines.scorecard.tables import Fund, Line, Tables, Total, make_tables
from tumbuh.engines.scorecard.types import Content, Group, Indicator, Kind, Reading, Tally, Version, Window
from tumbuh.engines.scorecard.words import explain

__all__ = [
    "ANY_READING",
    "CHILD",
    "MOTHER",
    "STATEMENTS",
    "Content",
    "Count",
    "Counts",
    "Fund",
    "Group",
    "Indicator",
    "Kind",
    "Life",
    "Line",
    "Mark",
    "Reading",
    "Received",
    "Result",
    "Tables",
    "Tally",
    "Total",
    "Version",
    "Window",
    "add_counts",
    "count_people",
    "end_month",
    "end_quarter",
    "explain",
    "first_of_quarter",
    "list_groups",
    "make_tables",
    "mark_person",
    "read_content",
    "round_percent",
    "share",
]
