"""Pure decisions of the programme: its words, the shape of a regulation folder, the reading of targets."""

from tumbuh.programme.rules.checks import list_faults
from tumbuh.programme.rules.documents import Bundle
from tumbuh.programme.rules.reading import Fault, read_as
from tumbuh.programme.rules.targets import TargetReading, YearTarget, list_year_targets
from tumbuh.programme.rules.words import ArticleKind, Frequency, InstitutionKind, NoteKind, Per, Role

__all__ = [
    "ArticleKind",
    "Bundle",
    "Fault",
    "Frequency",
    "InstitutionKind",
    "NoteKind",
    "Per",
    "Role",
    "TargetReading",
    "YearTarget",
    "list_faults",
    "list_year_targets",
    "read_as",
]
