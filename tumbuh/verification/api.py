"""The door of the verification room."""

from tumbuh.verification.actions.backfill import backfill_packages
from tumbuh.verification.actions.bulk import verify_all
from tumbuh.verification.actions.cells import Cell, answer_cell, note_contributions, return_cells
from tumbuh.verification.actions.deadlines import set_deadline
from tumbuh.verification.actions.lapsing import lapse_conditions
from tumbuh.verification.actions.moving import Approval, clear_condition, take_step
from tumbuh.verification.actions.recalls import ask_back, decline_recall
from tumbuh.verification.errors import VerificationError
from tumbuh.verification.models import CellReturn, Package, Recall, Step
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
from tumbuh.verification.queries.standings import Status, get_status, list_official, summarise
from tumbuh.verification.reference import render_reference
from tumbuh.verification.rules import (
    OWNER,
    PASSED,
    PERMISSION,
    RECALLED,
    RULES,
    Answer,
    Move,
    Rule,
    State,
    Tier,
    Wish,
    find_holder,
)

__all__ = [
    "GROWTH",
    "OWNER",
    "PASSED",
    "PERMISSION",
    "RECALLED",
    "RULES",
    "Answer",
    "Approval",
    "Cell",
    "CellReturn",
    "Move",
    "Package",
    "Recall",
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
    "clear_condition",
    "count_waiting",
    "decline_recall",
    "find_cell",
    "find_holder",
    "find_waiting",
    "get_row",
    "get_status",
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
    "note_contributions",
    "read_reasons",
    "render_reference",
    "return_cells",
    "set_deadline",
    "summarise",
    "take_step",
    "verify_all",
]
