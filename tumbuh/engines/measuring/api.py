"""The door of the engine of measurement quality."""

from tumbuh.engines.measuring.counting import PARTS, PLACES, WIDTH, count_visits
from tumbuh.engines.measuring.doubts import NOTHING, Doubt, Visits, find_doubts
from tumbuh.engines.measuring.grading import Grade, Sign, expect_dissimilarity, find_letter, grade_counts

__all__ = [
    "NOTHING",
    "PARTS",
    "PLACES",
    "WIDTH",
    "Doubt",
    "Grade",
    "Sign",
    "Visits",
    "count_visits",
    "expect_dissimilarity",
    "find_doubts",
    "find_letter",
    "grade_counts",
]
