"""Reviewing single things, as a table; each row is tried as written."""

from pathlib import Path

import pytest
import yaml

from tumbuh.verification.errors import VerificationError
from tumbuh.verification.rules import REVIEW_RULES, ReviewMove, ReviewState, can_review, check_review

ROWS = yaml.safe_load(Path(__file__).with_name("reviews.yaml").read_text())["rows"]
MAKER, OTHER = 7, 8


def decide(row: dict) -> str:
    state = None if row["state"] == "-" else ReviewState(row["state"])
    question = {"by": MAKER if row.get("own") else OTHER, "makers": [MAKER], "reason": row.get("words", "")}
    move = ReviewMove(row["move"])
    try:
        result = check_review(state, move, **question)
    except VerificationError as error:
        assert not can_review(state, move, **question)
        return error.code
    assert can_review(state, move, **question)
    return result


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['state']}-{row['move']}-{row.get('own', False)}")
def test_row(row):
    assert decide(row) == row["gives"]


def test_every_move_and_state_stands_in_the_table():
    said = {(row["state"], row["move"]) for row in ROWS if row["gives"] in ReviewState.values}
    meant = {(source or "-", move) for move, rule in REVIEW_RULES.items() for source in rule.sources}
    assert said == meant
