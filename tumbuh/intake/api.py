"""The door of the intake room.

An import goes: create_import, read (job), confirm_columns, check (job), start_commit, commit (job);
and back: start_undo, undo (job).
`defer_…` starts a job; the actions themselves run the work at once, as the command does.
"""

from tumbuh.intake.actions.checking import check_import
from tumbuh.intake.actions.committing import commit_import, start_commit
from tumbuh.intake.actions.confirming import (
    cancel_import,
    choose_header,
    choose_source,
    confirm_columns,
    go_back,
    set_fields,
)
from tumbuh.intake.actions.deferring import defer_check, defer_commit, defer_read, defer_undo
from tumbuh.intake.actions.exporting import SHEETS, Sheet, SheetError, export_sheet, list_sheets
from tumbuh.intake.actions.formats import GUESS, list_source_fields, list_source_names
from tumbuh.intake.actions.reading import read_import
from tumbuh.intake.actions.reviewing import count_undecided, decide_rows, list_choices
from tumbuh.intake.actions.undoing import start_undo, undo_import
from tumbuh.intake.actions.uploads import MAX_BYTES, create_import, read_blocks
from tumbuh.intake.actions.workbooks import write_correction
from tumbuh.intake.demo.accounts import DemoAccount, list_demo_accounts
from tumbuh.intake.demo.actions import make_demo
from tumbuh.intake.demo.errors import DemoError
from tumbuh.intake.demo.packages import find_demo_people
from tumbuh.intake.eppgbm.api import Field, list_fields, render_reason
from tumbuh.intake.errors import FileRefusedError, IntakeError, NotAllowedError, SourceError, StateError
from tumbuh.intake.models import Import, Row
from tumbuh.intake.queries.imports import can_undo, get_import, list_imports, list_imports_about
from tumbuh.intake.queries.reference import render_reasons
from tumbuh.intake.queries.rows import list_examples, list_reasons, list_results, list_waiting
from tumbuh.intake.rules import WORKING, Decision, Outcome, State
from tumbuh.intake.sources.api import EPPGBM, Source, find_source, list_sources, write_template

__all__ = [
    "EPPGBM",
    "GUESS",
    "MAX_BYTES",
    "SHEETS",
    "WORKING",
    "Decision",
    "DemoAccount",
    "DemoError",
    "Field",
    "FileRefusedError",
    "Import",
    "IntakeError",
    "NotAllowedError",
    "Outcome",
    "Row",
    "Sheet",
    "SheetError",
    "Source",
    "SourceError",
    "State",
    "StateError",
    "can_undo",
    "cancel_import",
    "check_import",
    "choose_header",
    "choose_source",
    "commit_import",
    "confirm_columns",
    "count_undecided",
    "create_import",
    "decide_rows",
    "defer_check",
    "defer_commit",
    "defer_read",
    "defer_undo",
    "export_sheet",
    "find_demo_people",
    "find_source",
    "get_import",
    "go_back",
    "list_choices",
    "list_demo_accounts",
    "list_examples",
    "list_fields",
    "list_imports",
    "list_imports_about",
    "list_reasons",
    "list_results",
    "list_sheets",
    "list_source_fields",
    "list_source_names",
    "list_sources",
    "list_waiting",
    "make_demo",
    "read_blocks",
    "read_import",
    "render_reason",
    "render_reasons",
    "set_fields",
    "start_commit",
    "start_undo",
    "undo_import",
    "write_correction",
    "write_template",
]
