"""Pure decisions about packages."""

from tumbuh.verification.rules.checks import Standing, Wish, can_step, check_step
from tumbuh.verification.rules.deadlines import DeadlineRule, compute_deadline, find_rule_on
from tumbuh.verification.rules.recalls import RECALLED, Answer, find_holder
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
    "OPEN",
    "OWNER",
    "PASSED",
    "PERMISSION",
    "RECALLED",
    "RULES",
    "Answer",
    "DeadlineRule",
    "Move",
    "Rule",
    "Standing",
    "State",
    "Tier",
    "Wish",
    "can_step",
    "check_step",
    "compute_deadline",
    "find_holder",
    "find_rule",
    "find_rule_on",
    "list_undone",
]
