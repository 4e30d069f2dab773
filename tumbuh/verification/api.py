"""The door of the verification room."""

from tumbuh.verification.actions.backfill import backfill_packages
from tumbuh.verification.actions.cells import Cell, answer_cell, note_contributions, return_cells
from tumbuh.verification.actions.deadlines import set_deadline
from tumbuh.verification.actions.moving import Approval, clear_condition, submit_all, take_step, verify_all
from tumbuh.verification.errors import VerificationError
from tumbuh.verification.models import CellReturn, Package, Step
from tumbuh.verification.queries import (
    GROWTH,
    Row,
    Status,
    find_cell,
    find_official_month,
    find_package,
    get_status,
    get_statuses,
    list_deadlines,
    list_late,
    list_official,
    list_open_cells,
    list_rows,
    list_waiting,
    read_reasons,
)
from tumbuh.verification.reference import render_reference
from tumbuh.verification.rules import OWNER, PASSED, PERMISSION, RULES, Move, Rule, State, Tier, Wish

__all__ = [
    "GROWTH",
    "OWNER",
    "PASSED",
    "PERMISSION",
    "RULES",
    "Approval",
    "Cell",
    "CellReturn",
    "Move",
    "Package",
    "Row",
    "Rule",
    "State",
    "Status",
    "Step",
    "Tier",
    "VerificationError",
    "Wish",
    "answer_cell",
    "backfill_packages",
    "clear_condition",
    "find_cell",
    "find_official_month",
    "find_package",
    "get_status",
    "get_statuses",
    "list_deadlines",
    "list_late",
    "list_official",
    "list_open_cells",
    "list_rows",
    "list_waiting",
    "note_contributions",
    "read_reasons",
    "render_reference",
    "return_cells",
    "set_deadline",
    "submit_all",
    "take_step",
    "verify_all",
]
