"""Pure decisions about documents."""

from tumbuh.documents.rules.details import Details, count_person_numbers, find_faults
from tumbuh.documents.rules.kinds import Kind, parse_kinds
from tumbuh.documents.rules.reach import Reach
from tumbuh.documents.rules.states import INVERSE, BatchState, RelationKind, TextState

__all__ = [
    "INVERSE",
    "BatchState",
    "Details",
    "Kind",
    "Reach",
    "RelationKind",
    "TextState",
    "count_person_numbers",
    "find_faults",
    "parse_kinds",
]
