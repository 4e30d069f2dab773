"""The door of the verification room."""

from tumbuh.verification.actions.backfill import Reviewed, backfill_packages, backfill_reviews
from tumbuh.verification.actions.bulk import verify_all
from tumbuh.verification.actions.cells import Cell, answer_cell, note_contributions, return_cells
from tumbuh.verification.actions.deadlines import set_deadline
from tumbuh.verification.actions.lapsing import lapse_conditions
from tumbuh.verification.actions.moving import Approval, clear_condition, take_step
from tumbuh.verification.actions.recalls import ask_back, decline_recall
from tumbuh.verification.actions.reminding import remind
from tumbuh.verification.actions.reviews import review_item, submit_item, withdraw_item
from tumbuh.verification.errors import VerificationError
from tumbuh.verification.models import CellReturn, Package, Recall, Review, Step
from tumbuh.verification.queries.deadlines import list_deadlines, list_late, list_rules_on
from tumbuh.verification.queries.packages import (
    GROWTH,
    Row,
    count_waiting,
    find_cell,
    find_waiting,
    get_row,
    list_open_cells,
    list_returned,
    list_rows,
    read_reasons,
)
from tumbuh.verification.queries.recalls import list_recalls, list_recalls_for
from tumbuh.verification.queries.reviews import (
    count_waiting_reviews,
    find_review,
    is_locked,
    list_states,
    list_states_of,
    list_verified,
    list_waiting_reviews,
    may_review,
)
from tumbuh.verification.queries.standings import Status, get_status, list_official, summarise
from tumbuh.verification.reference import render_reference
from tumbuh.verification.rules import (
    OWNER,
    PASSED,
    PERMISSION,
    RECALLED,
    REVIEW_RULES,
    REVIEWER,
    RULES,
    Answer,
    Move,
    ReviewMove,
    ReviewState,
    Rule,
    State,
    Tier,
    Wish,
    can_review,
    find_baseline,
    find_holder,
)

__all__ = [
    "GROWTH",
    "OWNER",
    "PASSED",
    "PERMISSION",
    "RECALLED",
    "REVIEWER",
    "REVIEW_RULES",
    "RULES",
    "Answer",
    "Approval",
    "Cell",
    "CellReturn",
    "Move",
    "Package",
    "Recall",
    "Review",
    "ReviewMove",
    "ReviewState",
    "Reviewed",
    "Row",
    "Rule",
    "State",
    "Status",
    "Step",
    "Tier",
    "VerificationError",
    "Wish",
    "answer_cell",
    "ask_back",
    "backfill_packages",
    "backfill_reviews",
    "can_review",
    "clear_condition",
    "count_waiting",
    "count_waiting_reviews",
    "decline_recall",
    "find_baseline",
    "find_cell",
    "find_holder",
    "find_review",
    "find_waiting",
    "get_row",
    "get_status",
    "is_locked",
    "lapse_conditions",
    "list_deadlines",
    "list_late",
    "list_official",
    "list_open_cells",
    "list_recalls",
    "list_recalls_for",
    "list_returned",
    "list_rows",
    "list_rules_on",
    "list_states",
    "list_states_of",
    "list_verified",
    "list_waiting_reviews",
    "may_review",
    "note_contributions",
    "read_reasons",
    "remind",
    "render_reference",
    "return_cells",
    "review_item",
    "set_deadline",
    "submit_item",
    "summarise",
    "take_step",
    "verify_all",
    "withdraw_item",
]
