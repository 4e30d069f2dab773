"""The door of the intake room."""

from tumbuh.intake.models import Import, Row
from tumbuh.intake.rules import Outcome, State

__all__ = ["Import", "Outcome", "Row", "State"]
