"""A desa computed by hand: three mothers, five children, January to March 2026, read on 31 March 2026.

Written out before the program was asked. Y received, T not, - does not apply (TS). Two readings: W by the words of
table 3, N by the numbers of a quarter.

Mothers        checks  tablets  postpartum  counsel  visits  water  latrine  insured   Y of due
Ani, 181 days  2/2     30/60    -           1/2      -       yes    no       yes
   W           Y       T        -           T        -       Y      T        Y         3 of 6
   N           Y 1/1   Y 1/1    -           Y 1/1    -       Y      T        Y         5 of 6
Betty, 233 d   4/3     90/90    -           2/3      2/3     yes    yes      no        (arm 22.9 cm)
   W           Y       Y        -           T        T       Y      Y        T         4 of 7
   N           Y 2/2   T 0/1    -           Y 2/2    Y 2/1   Y      Y        T         5 of 7
Citra, day 39  -       -        3/3         -        -       never  yes      yes
   W and N     -       -        Y           -        -       T      Y        Y         3 of 4
all            W 10 of 17 = 58.82 %   N 13 of 17 = 76.47 %

Children       vaccines weighed length counsel visits water latrine certif. insured class    Y of due
Dodi, 1 month
   W           Y 1/1    Y 1/1   Y 1/1  T 0/1   -      T     Y       T       T       T 0/1    4 of 9
   N           -        -       Y 1/1  -       -      T     Y       T       T       -        2 of 5
Eka, 8 months, HAZ -2.50
   W           Y 15/15  Y 3/3   Y 3/2  Y 3/3   T 2/3  Y     T       Y       Y       T 1/3    7 of 10
   N           Y 1/1    T 3/5   Y 3/1  T 3/5   Y 2/2  Y     T       Y       Y       T 1/5    6 of 10
Fani, 14 months, HAZ -1.50
   W           -        T 1/3   T 1/2  T 0/3   -      Y     Y       T       Y       T 0/3    3 of 8
   N           Y 2/2    T 1/8   Y 1/1  T 0/8   -      Y     Y       T       Y       T 0/5    5 of 9
all            W 14 of 27 = 51.85 %   N 13 of 24 = 54.17 %
Gita, 40 months, goes to preschool; Hadi, 70 months, does not: 1 of 2

The village    W 24 of 44 = 54.55 %   N 26 of 41 = 63.41 %
Households     Ani + Eka, Betty, Citra + Dodi, Fani: 4
"""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.regions import make_province
from tests.factories.scorecard_desa import DESA, make_desa
from tumbuh.engines.scorecard.api import make_tables, mark_person, read_content, round_percent, share
from tumbuh.indicators.api import list_lives, read_scorecard, refresh_scorecards
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
PEOPLE = [  # name, reading, the marks in the order of the paper, the person's share
    ("ani", "TABLE_3", "Y T TS T TS Y T Y", "50.00"),
    ("ani", "QUARTER", "Y Y TS Y TS Y T Y", "83.33"),
    ("betty", "TABLE_3", "Y Y TS T T Y Y T", "57.14"),
    ("betty", "QUARTER", "Y T TS Y Y Y Y T", "71.43"),
    ("citra", "TABLE_3", "TS TS Y TS TS T Y Y", "75.00"),
    ("citra", "QUARTER", "TS TS Y TS TS T Y Y", "75.00"),
    ("dodi", "TABLE_3", "Y Y Y T TS T Y T T T", "44.44"),
    ("dodi", "QUARTER", "TS TS Y TS TS T Y T T TS", "40.00"),
    ("eka", "TABLE_3", "Y Y Y Y T Y T Y Y T", "70.00"),
    ("eka", "QUARTER", "Y T Y T Y Y T Y Y T", "60.00"),
    ("fani", "TABLE_3", "TS T T T TS Y Y T Y T", "37.50"),
    ("fani", "QUARTER", "Y T Y T TS Y Y T Y T", "55.56"),
    ("gita", "TABLE_3", "Y", "100.00"),
    ("hadi", "QUARTER", "T", "0.00"),
]
TOTALS = {  # reading: mothers, children of 0-23 months, the village: received, due, per cent
    "TABLE_3": [(10, 17, "58.82"), (14, 27, "51.85"), (24, 44, "54.55")],
    "QUARTER": [(13, 17, "76.47"), (13, 24, "54.17"), (26, 41, "63.41")],
}
LINES = {  # of table 3, in its order: received and due, down the columns of the paper
    "TABLE_3": [(2, 2), (1, 2), (1, 1), (0, 2), (0, 1), (2, 3), (2, 3), (2, 3),
                (2, 2), (2, 3), (2, 3), (1, 3), (0, 1), (2, 3), (2, 3), (1, 3), (2, 3), (0, 3), (1, 2)],
    "QUARTER": [(2, 2), (1, 2), (1, 1), (2, 2), (1, 1), (2, 3), (2, 3), (2, 3),
                (2, 2), (0, 2), (3, 3), (0, 2), (1, 1), (2, 3), (2, 3), (1, 3), (2, 3), (0, 2), (1, 2)],
}  # fmt: skip


@pytest.fixture(scope="module")
def people(once_for_all):
    with once_for_all():
        make_province()
        found = make_desa()
        refresh_scorecards([(DESA, FIRST)])
        return found


@pytest.mark.parametrize(("name", "reading", "marks", "percent"), PEOPLE, ids=[f"{p[0]} {p[1]}" for p in PEOPLE])
def test_each_person(people, name, reading, marks, percent):
    lives = {life.person_id: life for life in list_lives([DESA], FIRST, date(2026, 3, 31))}
    found = mark_person(read_content(), lives[people[name].pk], reading)
    assert " ".join(one.result for one in found) == marks
    assert round_percent(share(found)) == Decimal(percent)


@pytest.mark.parametrize("reading", TOTALS)
@pytest.mark.parametrize("code", ["91.01.01.2001", "91.01.01", "91.01", "91"])
def test_tables(people, reading, code):
    """Kept at the write, and the same above: this is the only desa with people."""
    kept = read_scorecard(get_region(code), FIRST)
    tables = make_tables(read_content(), kept.counts, reading)
    assert kept.read_on == date(2026, 3, 31)
    assert {tally.code: number for tally, number in tables.targets} == {
        "households": 4, "mothers": 3, "mothers_at_risk": 1, "children": 3, "children_malnourished": 1,
    }  # fmt: skip
    assert {tally.code: number for tally, number in tables.mat} == {
        "mat_children": 3, "mat_green": 1, "mat_yellow": 1, "mat_red": 1, "mat_unknown": 0,
    }  # fmt: skip
    assert [(line.count.received, line.count.due) for line in tables.lines] == LINES[reading]
    found = [
        (total.count.received, total.count.due, str(round_percent(total.count.percent))) for total in tables.totals
    ]
    assert found == TOTALS[reading]
    assert round_percent(tables.convergence) == Decimal(TOTALS[reading][-1][2])
    assert not tables.funds
