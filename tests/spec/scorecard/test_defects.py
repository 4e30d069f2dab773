"""Eight faults of a scorecard in use elsewhere, each a test that this one does not have it."""

from tests.factories.scorecard import LAST, give, make_child, make_mother
from tumbuh.engines.scorecard.api import Count, count_people, make_tables, mark_person, read_content

CONTENT = read_content()
READINGS = ("TABLE_3", "QUARTER")


def mark(life, indicator, reading):
    return next(one for one in mark_person(CONTENT, life, reading) if one.indicator.code == indicator)


def count(people, line, reading="TABLE_3"):
    return count_people(CONTENT, people).get((reading, line), Count())


def test_1_a_child_marked_not_yet_immunised_against_measles_does_not_count_as_immunised():
    """There is no code for “not yet”: what was not received has no row, whatever else was recorded."""
    child = make_child(11, received=give(bcg=["2025-06-01"], vitamin_a=["2026-02-01"]))
    for reading in READINGS:
        assert mark(child, "immunisation", reading).result == "T"
    assert (
        mark(make_child(11, received=give(bcg=["2025-06-01"], mr1=["2026-01-20"])), "immunisation", "QUARTER").result
        == "Y"
    )


def test_2_home_visits_do_not_apply_to_women_who_are_neither_thin_nor_at_risk():
    healthy, risky = make_mother(200, facts={"muac_mm": 260}), make_mother(200, facts={"is_risky": True})
    for reading in READINGS:
        assert mark(healthy, "home_visit", reading).result == "TS"
        assert mark(risky, "home_visit", reading).result == "T"
        assert count([healthy, risky], "MOTHER.home_visit", reading) == Count(people=2, due=1, received=0)


def test_3_age_is_the_childs_own_whatever_the_numbers_of_rows():
    """Age comes from the person's birth date, never from another row that has the same number."""
    for months in (0, 5, 12, 23):
        child = make_child(months)
        assert child.row["age_months"] == months
        assert (child.born_on.year, child.born_on.month) == ((LAST.year * 12 + LAST.month - 1 - months) // 12,
                                                            (LAST.month - 1 - months) % 12 + 1)  # fmt: skip


def test_4_preschool_counts_those_who_go():
    """The row is not always nothing: two of three go, in each reading and in every quarter."""
    children = [make_child(30), make_child(70), make_child(40, facts={"preschool": False})]
    for reading in READINGS:
        assert count(children, "CHILD_2_6.preschool", reading) == Count(people=3, due=3, received=2)


def test_5_households_count_without_pregnant_women_and_without_children():
    child, mother = make_child(5, household="a"), make_mother(100, household="b")
    twin, both = make_child(5, household="a"), make_mother(100, household="a")
    table = [([child], 1), ([mother], 1), ([child, twin], 1), ([child, both], 1), ([child, mother], 2)]
    for people, households in [*table, ([make_child(30, household="c")], 0)]:
        assert count_people(CONTENT, people).get(("", "households"), Count()).people == households


def test_6_home_visits_do_not_apply_to_healthy_children():
    for reading in READINGS:
        assert mark(make_child(9, facts={"haz": -150, "whz": 0}), "home_visit", reading).result == "TS"
        assert mark(make_child(9, facts={"haz": -250}), "home_visit", reading).result == "T"


def test_7_every_row_of_a_table_has_a_cell_for_each_heading():
    """Counted where tables are made; the exported sheets are counted in the tests of the export."""
    tables = make_tables(CONTENT, count_people(CONTENT, [make_mother(100), make_child(5)]), "TABLE_3")
    assert [line.code for line in tables.lines] == [
        f"{group.code}.{indicator.code}" for group in CONTENT.groups for indicator in group.indicators
    ]
    assert len(tables.lines) == 8 + 10 + 1


def test_8_what_is_said_to_be_of_a_year_is_of_twelve_months():
    """Two lengths before the last twelve months do not make up for none in them."""
    old = make_child(20, received=give(length_measured=["2024-09-01", "2025-03-31"]))
    new = make_child(20, received=give(length_measured=["2025-04-01", "2026-03-31"]))
    assert mark(old, "length_measured", "TABLE_3").result == "T"
    assert mark(new, "length_measured", "TABLE_3").result == "Y"
    weighed_long_ago = make_child(20, received=give(weighed=[f"2025-{month:02}-10" for month in range(1, 13)] * 2))
    assert mark(weighed_long_ago, "weighed", "TABLE_3").found == 0
