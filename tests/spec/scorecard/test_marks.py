# ruff: noqa: E501  a row of the table stays on its line
"""Y, T or TS: each row is a person in the first quarter of 2026, an indicator and what must come out."""

from datetime import date

import pytest

from tests.factories.scorecard import give, make_child, make_mother
from tumbuh.engines.scorecard.api import MOTHER, Life, explain, mark_person, read_content

CONTENT = read_content()
WORDS, NUMBERS = "TABLE_3", "QUARTER"  # the two readings
M, C, P = "MOTHER.", "CHILD_0_23.", "CHILD_2_6."
RISKY, THIN = {"is_risky": True}, {"muac_mm": 234}
STUNTED, WASTED = {"haz": -201}, {"whz": -201}
JAN, FEB, MAR = "2026-01-12", "2026-02-12", "2026-03-12"
EACH = [JAN, FEB, MAR]
DOSES = ["hb0", "bcg", "opv1", "penta1", "opv2", "pcv1", "rotavirus1", "penta2", "opv3", "pcv2", "rotavirus2", "penta3",
         "opv4", "ipv1", "rotavirus3", "mr1", "ipv2"]  # fmt: skip


def doses(number: int) -> dict:
    return give(**{code: ["2026-01-05"] for code in DOSES[:number]})


def weights(number: int) -> dict:
    return give(weighed=[f"{2024 + month // 12}-{month % 12 + 1:02}-10" for month in range(27 - number, 27)])


# indicator, reading, who, the person, result, found, needed
TABLE = [
    # --- mothers: pregnancy checks
    ("pregnancy_check", WORDS, "trimester 1, one check", make_mother(60, received=give(pregnancy_check=[FEB])), "Y", 1, 1),
    ("pregnancy_check", WORDS, "trimester 1, none", make_mother(60), "T", 0, 1),
    ("pregnancy_check", WORDS, "trimester 2, one is one too few", make_mother(100, received=give(pregnancy_check=[FEB])), "T", 1, 2),
    ("pregnancy_check", WORDS, "checks before the quarter count", make_mother(150, received=give(pregnancy_check=["2025-12-01", JAN])), "Y", 2, 2),
    ("pregnancy_check", WORDS, "a check before this pregnancy does not", make_mother(100, received=give(pregnancy_check=["2025-12-01", JAN])), "T", 1, 2),
    ("pregnancy_check", WORDS, "week 36: four are needed", make_mother(252, received=give(pregnancy_check=["2025-10-01", *EACH])), "Y", 4, 4),
    ("pregnancy_check", WORDS, "last day before week 36: three", make_mother(251, received=give(pregnancy_check=EACH)), "Y", 3, 3),
    ("pregnancy_check", WORDS, "gave birth", make_mother(born=10), "TS", 0, 0),
    ("pregnancy_check", WORDS, "two codes of one day count as one check", make_mother(60, received=give(pregnancy_check=[FEB], weighed=[FEB])), "Y", 1, 1),
    ("pregnancy_check", NUMBERS, "trimester 2 needs one in the quarter", make_mother(195, received=give(pregnancy_check=[JAN])), "Y", 1, 1),
    ("pregnancy_check", NUMBERS, "trimester 2, one before the quarter only", make_mother(195, received=give(pregnancy_check=["2025-12-30"])), "T", 0, 1),
    ("pregnancy_check", NUMBERS, "trimester 3 needs two", make_mother(196, received=give(pregnancy_check=[JAN])), "T", 1, 2),
    ("pregnancy_check", NUMBERS, "trimester 3 with two", make_mother(196, received=give(pregnancy_check=[JAN, MAR])), "Y", 2, 2),
    ("pregnancy_check", NUMBERS, "gave birth", make_mother(born=10), "TS", 0, 0),
    # --- iron tablets
    ("iron_tablets", WORDS, "before week 16 nothing is due", make_mother(111), "TS", 0, 0),
    ("iron_tablets", WORDS, "week 16: thirty", make_mother(112, received=give(iron_tablets=[(JAN, 30)])), "Y", 30, 30),
    ("iron_tablets", WORDS, "week 24: thirty are too few", make_mother(168, received=give(iron_tablets=[(JAN, 30)])), "T", 30, 60),
    ("iron_tablets", WORDS, "quantities add up", make_mother(240, received=give(iron_tablets=[("2025-11-01", 30), (JAN, 30), (MAR, 30)])), "Y", 90, 90),
    ("iron_tablets", NUMBERS, "received once in the quarter", make_mother(240, received=give(iron_tablets=[(JAN, 10)])), "Y", 1, 1),
    ("iron_tablets", NUMBERS, "only before the quarter", make_mother(240, received=give(iron_tablets=[("2025-12-31", 90)])), "T", 0, 1),
    # --- postpartum care
    ("postpartum_care", WORDS, "pregnant", make_mother(100), "TS", 0, 0),
    ("postpartum_care", WORDS, "day 2: one visit", make_mother(born=2, received=give(postpartum_care=["2026-03-30"])), "Y", 1, 1),
    ("postpartum_care", WORDS, "day 7: two", make_mother(born=7, received=give(postpartum_care=["2026-03-25"])), "T", 1, 2),
    ("postpartum_care", WORDS, "day 30: three", make_mother(born=30, received=give(postpartum_care=["2026-03-02", "2026-03-06", "2026-03-20"])), "Y", 3, 3),
    ("postpartum_care", NUMBERS, "day 2: three all the same", make_mother(born=2, received=give(postpartum_care=["2026-03-30"])), "T", 1, 3),
    # --- counselling
    ("counselling", WORDS, "a class counts as counselling", make_mother(100, received=give(pregnancy_class=[JAN], nutrition_counselling=[MAR])), "Y", 2, 2),
    ("counselling", NUMBERS, "trimester 3, one", make_mother(200, received=give(pregnancy_class=[JAN])), "T", 1, 2),
    # --- home visits
    ("home_visit", WORDS, "healthy woman", make_mother(200), "TS", 0, 0),
    ("home_visit", WORDS, "MUAC 23.5 cm is not thin", make_mother(200, facts={"muac_mm": 235}), "TS", 0, 0),
    ("home_visit", WORDS, "thin, visited each month", make_mother(200, facts=THIN, received=give(home_visit=EACH)), "Y", 3, 3),
    ("home_visit", WORDS, "risky, one month without", make_mother(200, facts=RISKY, received=give(home_visit=[JAN, MAR])), "T", 2, 3),
    ("home_visit", WORDS, "three visits of one month are one month", make_mother(200, facts=RISKY, received=give(home_visit=["2026-01-02", "2026-01-12", "2026-01-22"])), "T", 1, 3),
    ("home_visit", WORDS, "pregnant since February: two months", make_mother(40, facts=RISKY, received=give(home_visit=[FEB, MAR])), "Y", 2, 2),
    ("home_visit", WORDS, "in the register since March: one month", make_mother(200, facts=RISKY, registered_on=date(2026, 3, 3), received=give(home_visit=[MAR])), "Y", 1, 1),
    ("home_visit", WORDS, "gave birth", make_mother(born=5, facts=RISKY), "TS", 0, 0),
    ("home_visit", NUMBERS, "thin, one visit in the quarter", make_mother(200, facts=THIN, received=give(home_visit=[JAN])), "Y", 1, 1),
    ("home_visit", NUMBERS, "healthy woman", make_mother(200), "TS", 0, 0),
    # --- statements of mothers
    ("water", WORDS, "yes", make_mother(100), "Y", 1, 1),
    ("water", NUMBERS, "said no", make_mother(100, facts={"water": False}), "T", 0, 1),
    ("latrine", WORDS, "never asked", make_mother(100, facts={"latrine": None}), "T", 0, 1),
    ("insurance", WORDS, "asked after the birth too", make_mother(born=5), "Y", 1, 1),
    # --- children: immunisation
    ("immunisation", WORDS, "1 month, one dose", make_child(1, received=give(hb0=["2026-02-02"])), "Y", 1, 1),
    ("immunisation", WORDS, "3 months, six of seven", make_child(3, received=doses(6)), "T", 6, 7),
    ("immunisation", WORDS, "9 months: measles has its month still", make_child(9, received=doses(15)), "Y", 15, 15),
    ("immunisation", WORDS, "10 months without measles", make_child(10, received=doses(15)), "T", 15, 17),
    ("immunisation", WORDS, "12 months, all seventeen", make_child(12, received=doses(17)), "Y", 17, 17),
    ("immunisation", WORDS, "13 months is no infant", make_child(13), "TS", 0, 0),
    ("immunisation", NUMBERS, "5 months", make_child(5), "TS", 0, 0),
    ("immunisation", NUMBERS, "6 months, some dose", make_child(6, received=give(bcg=[JAN])), "Y", 1, 1),
    ("immunisation", NUMBERS, "10 months, basic without measles", make_child(10, received=doses(15)), "T", 1, 2),
    ("immunisation", NUMBERS, "20 months, basic and measles", make_child(20, received=give(bcg=[JAN], mr1=[FEB])), "Y", 2, 2),
    ("immunisation", NUMBERS, "20 months, nothing recorded", make_child(20), "T", 0, 2),
    # --- weighed
    ("weighed", WORDS, "each month", make_child(8, received=give(weighed=EACH)), "Y", 3, 3),
    ("weighed", WORDS, "February missed", make_child(8, received=give(weighed=[JAN, MAR, "2026-03-20"])), "T", 2, 3),
    ("weighed", WORDS, "born on 1 January: February and March are due", make_child(2, received=give(weighed=[JAN, MAR])), "T", 1, 2),
    ("weighed", WORDS, "born on 15 February: March alone", make_child(1, born_on=date(2026, 2, 15), received=give(weighed=[MAR])), "Y", 1, 1),
    ("weighed", WORDS, "born in March", make_child(0, born_on=date(2026, 3, 9)), "TS", 0, 0),
    ("weighed", WORDS, "the quarter runs, read in February", make_child(8, read_on=date(2026, 2, 28), received=give(weighed=[JAN, FEB])), "Y", 2, 2),
    ("weighed", NUMBERS, "5 months", make_child(5), "TS", 0, 0),
    ("weighed", NUMBERS, "12 months, five since birth", make_child(12, received=weights(5)), "Y", 5, 5),
    ("weighed", NUMBERS, "13 months, seven of eight", make_child(13, received=weights(7)), "T", 7, 8),
    ("weighed", NUMBERS, "18 months, fourteen of fifteen", make_child(18, received=weights(14)), "T", 14, 15),
    ("weighed", NUMBERS, "23 months, fifteen", make_child(23, received=weights(15)), "Y", 15, 15),
    # --- length
    ("length_measured", WORDS, "twice in twelve months, neither in February", make_child(14, received=give(length_measured=["2025-05-09", JAN])), "Y", 2, 2),
    ("length_measured", WORDS, "the other was thirteen months ago", make_child(20, received=give(length_measured=["2025-03-09", JAN])), "T", 1, 2),
    ("length_measured", WORDS, "5 months, once", make_child(5, received=give(length_measured=[JAN])), "Y", 1, 1),
    ("length_measured", WORDS, "6 months, once", make_child(6, received=give(length_measured=[JAN])), "T", 1, 2),
    ("length_measured", NUMBERS, "once in the quarter", make_child(20, received=give(length_measured=[JAN])), "Y", 1, 1),
    # --- counselling and parenting class
    ("counselling", WORDS, "each month", make_child(4, received=give(nutrition_counselling=EACH)), "Y", 3, 3),
    ("counselling", NUMBERS, "4 months", make_child(4), "TS", 0, 0),
    ("parenting_class", WORDS, "one month", make_child(4, received=give(parenting_class=[JAN])), "T", 1, 3),
    ("parenting_class", NUMBERS, "five in twelve months", make_child(9, received=give(parenting_class=["2025-11-01", "2025-12-01", *EACH])), "Y", 5, 5),
    ("parenting_class", NUMBERS, "one of the five is too old", make_child(20, received=give(parenting_class=["2025-03-01", "2025-12-01", *EACH])), "T", 4, 5),
    # --- home visits to children
    ("home_visit", WORDS, "healthy child", make_child(9, facts={"haz": -200, "whz": -200}), "TS", 0, 0),
    ("home_visit", WORDS, "never measured", make_child(9), "TS", 0, 0),
    ("home_visit", WORDS, "stunted, each month", make_child(9, facts=STUNTED, received=give(home_visit=EACH)), "Y", 3, 3),
    ("home_visit", WORDS, "wasted, one month", make_child(9, facts=WASTED, received=give(home_visit=[JAN])), "T", 1, 3),
    ("home_visit", WORDS, "oedema", make_child(9, facts={"oedema": True}, received=give(home_visit=EACH)), "Y", 3, 3),
    ("home_visit", NUMBERS, "stunted, two", make_child(9, facts=STUNTED, received=give(home_visit=[JAN, FEB])), "Y", 2, 2),
    ("home_visit", NUMBERS, "healthy child", make_child(9), "TS", 0, 0),
    # --- statements of children, preschool
    ("birth_certificate", WORDS, "said no", make_child(9, facts={"birth_certificate": False}), "T", 0, 1),
    ("insurance", NUMBERS, "yes", make_child(0), "Y", 1, 1),
    ("preschool", WORDS, "24 months, goes", make_child(24), "Y", 1, 1),
    ("preschool", NUMBERS, "83 months, does not", make_child(83, facts={"preschool": False}), "T", 0, 1),
]  # fmt: skip


def test_the_table_is_long():
    assert len(TABLE) >= 60


@pytest.mark.parametrize(("indicator", "reading", "who", "life", "result", "found", "needed"), TABLE,
                         ids=[f"{row[0]}, {row[1]}: {row[2]}" for row in TABLE])  # fmt: skip
def test_marks(indicator, reading, who, life, result, found, needed):
    one = next(one for one in mark_person(CONTENT, life, reading) if one.indicator.code == indicator)
    assert (one.result, one.found, one.needed) == (result, found, needed)
    said = explain(one, life)
    assert said.id.endswith(".") and said.en.endswith(".")
    assert "{" not in said.id + said.en


@pytest.mark.parametrize(("months", "group"), [(0, "CHILD_0_23"), (23, "CHILD_0_23"), (24, "CHILD_2_6"),
                                               (83, "CHILD_2_6"), (84, None)])  # fmt: skip
def test_groups_of_children(months, group):
    found = {one.group.code for one in mark_person(CONTENT, make_child(months), WORDS)}
    assert found == ({group} if group else set())


def test_birth_of_a_pregnancy_nobody_recorded():
    """Known from her child alone: in the phase of birth, and nothing counts as received in pregnancy."""
    life = make_mother(born=20, pregnancy_on=None, pregnancy_ended_on=None, received=give(postpartum_care=[MAR]))
    found = {one.indicator.code: one.result for one in mark_person(CONTENT, life, WORDS)}
    assert found["pregnancy_check"] == "TS" and found["postpartum_care"] == "T"


SENTENCES = [
    (C, "weighed", make_child(8, received=give(weighed=[JAN, MAR])),
     "2 dari 3 bulan dalam triwulan ini. Bulan tanpa: Februari. Terakhir 12 Maret 2026."),
    (C, "water", make_child(8, facts={"water": None}), "Belum pernah ditanyakan dan dicatat."),
    (C, "home_visit", make_child(8), "Tidak berlaku. Hanya untuk anak stunting, gizi kurang atau gizi buruk yang sudah berumur 1 bulan."),
    (C, "immunisation", make_child(3, received=doses(6)),
     "6 dari 7 jenis imunisasi sejak lahir, pada umur 3 bulan. Belum: Rotavirus 1. Terakhir 5 Januari 2026."),
    (M, "iron_tablets", make_mother(168, received=give(iron_tablets=[(JAN, 30)])),
     "30 dari 60 tablet selama kehamilan ini, pada kehamilan 24-31 minggu. Terakhir 12 Januari 2026."),
]  # fmt: skip


@pytest.mark.parametrize(("group", "indicator", "life", "sentence"), SENTENCES, ids=[row[1] for row in SENTENCES])
def test_sentences(group, indicator, life, sentence):
    one = next(one for one in mark_person(CONTENT, life, WORDS) if one.line == group + indicator)
    assert explain(one, life).id == sentence


def test_a_rule_before_its_day_is_no_rule():
    life = Life(
        1, 1, MOTHER, date(2017, 1, 1), date(2017, 3, 31), date(1990, 1, 1), "h", pregnancy_on=date(2016, 12, 1)
    )
    assert {one.result for one in mark_person(CONTENT, life, WORDS)} == {"TS"}
