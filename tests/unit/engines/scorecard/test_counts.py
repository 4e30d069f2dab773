"""What is summed for many people at once is what each of them is marked."""

from collections import Counter

import pytest

from tests.factories.scorecard import give, make_child, make_mother
from tumbuh.engines.scorecard.api import Count, add_counts, count_people, mark_person, read_content

CONTENT = read_content()
PEOPLE = [
    make_mother(60), make_mother(200, facts={"is_risky": True}), make_mother(born=9), make_child(3), make_child(8),
    make_child(14, facts={"haz": -300}, received=give(weighed=["2026-01-02", "2026-02-02", "2026-03-02"])),
    make_child(40), make_child(90),
]  # fmt: skip


@pytest.mark.parametrize("reading", [one.code for one in CONTENT.readings])
def test_sums_are_those_of_the_marks(reading):
    marks = [one for life in PEOPLE for one in mark_person(CONTENT, life, reading)]
    people, results = Counter(one.line for one in marks), Counter((one.line, one.result) for one in marks)
    expected = {
        (reading, line): Count(number, number - results[line, "TS"], results[line, "Y"])
        for line, number in people.items()
    }
    assert {key: count for key, count in count_people(CONTENT, PEOPLE).items() if key[0] == reading} == expected


def test_counts_of_parts_add_up_to_the_whole():
    """Every household of its own: then no line is more than the sum of its parts."""
    whole = count_people(CONTENT, PEOPLE)
    assert add_counts(count_people(CONTENT, PEOPLE[:3]), count_people(CONTENT, PEOPLE[3:])) == whole
