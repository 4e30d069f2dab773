"""Pure decisions about packages and about single things."""

from tumbuh.verification.rules.baselines import find_baseline
from tumbuh.verification.rules.checks import Standing, Wish, can_step, check_step
from tumbuh.verification.rules.data_sets import GROWTH, HOLDS, SERVICES, DataSet
from tumbuh.verification.rules.deadlines import DeadlineRule, compute_deadline, find_rule_on
from tumbuh.verification.rules.recalls import RECALLED, Answer, find_holder
from tumbuh.verification.rules.reviews import (
    LOCKED,
    REVIEW_RULES,
    REVIEWER,
    ReviewMove,
    ReviewState,
    can_review,
    check_review,
)
from tumbuh.verification.rules.states import (
    OPEN,
    OWNER,
    PASSED,
    PERMISSION,
    RULES,
    Move,
    Rule,
    State,
    Tier,
    find_rule,
    list_undone,
)

__all__ = [
    "GROWTH",
    "HOLDS",
    "LOCKED",
    "OPEN",
    "OWNER",
    "PASSED",
    "PERMISSION",
    "RECALLED",
    "REVIEWER",
    "REVIEW_RULES",
    "RULES",
    "SERVICES",
    "Answer",
    "DataSet",
    "DeadlineRule",
    "Move",
    "ReviewMove",
    "ReviewState",
    "Rule",
    "Standing",
    "State",
    "Tier",
    "Wish",
    "can_review",
    "can_step",
    "check_review",
    "check_step",
    "compute_deadline",
    "find_baseline",
    "find_holder",
    "find_rule",
    "find_rule_on",
    "list_undone",
]
