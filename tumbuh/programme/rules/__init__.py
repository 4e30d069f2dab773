"""Pure decisions of the programme: its words, the shape of a regulation folder, the reading of targets, obligations and
what meets them."""

from tumbuh.programme.rules.achievement import Achieved, Proof, compute_achieved, compute_share
from tumbuh.programme.rules.checks import list_faults
from tumbuh.programme.rules.documents import Bundle
from tumbuh.programme.rules.evidence import ANY, EvidenceRule, SubjectKind, System, find_rule, read_rule
from tumbuh.programme.rules.obligations import Clause, Measure, Planned, Term, plan_obligations
from tumbuh.programme.rules.reading import Fault, read_as
from tumbuh.programme.rules.status import Status, find_status, is_met
from tumbuh.programme.rules.targets import TargetReading, YearTarget, list_year_targets
from tumbuh.programme.rules.words import ArticleKind, Frequency, InstitutionKind, NoteKind, Per, Role

__all__ = [
    "ANY",
    "Achieved",
    "ArticleKind",
    "Bundle",
    "Clause",
    "EvidenceRule",
    "Fault",
    "Frequency",
    "InstitutionKind",
    "Measure",
    "NoteKind",
    "Per",
    "Planned",
    "Proof",
    "Role",
    "Status",
    "SubjectKind",
    "System",
    "TargetReading",
    "Term",
    "YearTarget",
    "compute_achieved",
    "compute_share",
    "find_rule",
    "find_status",
    "is_met",
    "list_faults",
    "list_year_targets",
    "plan_obligations",
    "read_as",
    "read_rule",
]
