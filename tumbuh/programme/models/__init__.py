"""The regulation as data, as loaded from `regulations/`."""

from tumbuh.programme.models.annex import Instrument, Output, Pillar, Strategy, Target
from tumbuh.programme.models.institutions import Institution, InstitutionName, Involvement
from tumbuh.programme.models.interpretations import Interpretation, InterpretationSubject
from tumbuh.programme.models.obligations import Duty, EvidenceLink, Obligation, ReadingChoice
from tumbuh.programme.models.plans import ActionPlan, ChecklistEntry, PlanAction, Team, TeamMember
from tumbuh.programme.models.regulations import Article, PrevalenceTarget, Regulation
from tumbuh.programme.models.situation import Barrier, SituationAnalysis

__all__ = [
    "ActionPlan",
    "Article",
    "Barrier",
    "ChecklistEntry",
    "Duty",
    "EvidenceLink",
    "Institution",
    "InstitutionName",
    "Instrument",
    "Interpretation",
    "InterpretationSubject",
    "Involvement",
    "Obligation",
    "Output",
    "Pillar",
    "PlanAction",
    "PrevalenceTarget",
    "ReadingChoice",
    "Regulation",
    "SituationAnalysis",
    "Strategy",
    "Target",
    "Team",
    "TeamMember",
]
