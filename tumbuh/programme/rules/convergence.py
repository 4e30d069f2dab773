"""The convergence actions as a checklist: a step is done by verified evidence, never by ticking it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tumbuh.programme.rules.achievement import Proof
from tumbuh.programme.rules.evidence import SubjectKind
from tumbuh.programme.rules.words import Per


class StepState(models.TextChoices):
    DONE = "DONE", _("Terbukti")
    WAITING = "WAITING", _("Bukti belum lengkap")
    OPEN = "OPEN", _("Belum ada bukti")


@dataclass(frozen=True)
class ChecklistStep:
    """One step of an action. `at`: whose evidence proves it; `each`: every region of that level must have its own."""

    code: str
    text_id: str
    text_en: str
    at: Per
    each: bool
    documents: tuple[str, ...]
    activities: tuple[str, ...]

    @property
    def text(self) -> str:
        return pick(self.text_id, self.text_en)


@dataclass(frozen=True)
class ConvergenceAction:
    """A main (`is_main`) or supporting action with its steps."""

    code: str
    is_main: bool
    name_id: str
    name_en: str
    steps: tuple[ChecklistStep, ...]

    @property
    def name(self) -> str:
        return pick(self.name_id, self.name_en)


@dataclass(frozen=True)
class Checklist:
    """The actions as they hold from a day on, and where they come from."""

    valid_from: date
    source: str
    actions: tuple[ConvergenceAction, ...]

    def find_step(self, code: str) -> ChecklistStep | None:
        return next((step for action in self.actions for step in action.steps if step.code == code), None)

    def find_action(self, step: str) -> ConvergenceAction | None:
        """The action that the step with this code belongs to."""
        return next((one for one in self.actions if any(each.code == step for each in one.steps)), None)


def pick(indonesian: str, english: str) -> str:
    """The words in the reader's language."""
    return english if (get_language() or "id").startswith("en") else indonesian


def parse_checklists(content: Mapping[str, Any]) -> list[Checklist]:
    """The versions of the file, the newest first; KeyError for a file that is not written so."""
    found = [
        Checklist(one["valid_from"], one["source"], tuple(parse_action(action) for action in one["actions"]))
        for one in content["versions"]
    ]
    return sorted(found, key=lambda one: one.valid_from, reverse=True)


def parse_action(entry: Mapping[str, Any]) -> ConvergenceAction:
    return ConvergenceAction(
        entry["code"], entry["main"], entry["id"], entry["en"], tuple(parse_step(step) for step in entry["steps"])
    )


def parse_step(entry: Mapping[str, Any]) -> ChecklistStep:
    return ChecklistStep(
        entry["code"], entry["id"], entry["en"], Per(entry["at"]), entry.get("each", False),
        tuple(entry.get("documents", ())), tuple(entry.get("activities", ())),
    )  # fmt: skip


def find_checklist(checklists: Sequence[Checklist], year: int) -> Checklist:
    """The version in force at the end of the year; the oldest for the years before it."""
    return next((one for one in checklists if one.valid_from <= date(year, 12, 31)), checklists[-1])


def is_of_year(proof: Proof, year: int) -> bool:
    """An activity of that very year; a document that was there already still shows the step."""
    return proof.year == year if proof.source == SubjectKind.ACTIVITY else proof.year <= year


def judge_step(step: ChecklistStep, year: int, proofs: Iterable[Proof], regions: Collection[int]) -> StepState:
    """Where the step stands. `regions`: those of its level in the kabupaten/kota; evidence of others is not asked."""
    fitting = [proof for proof in proofs if proof.level == step.at and is_of_year(proof, year)]
    reached = {proof.region_id for proof in fitting if proof.is_verified} & set(regions)
    needed = len(set(regions)) if step.each else 1
    if needed and len(reached) >= needed:
        return StepState.DONE
    return StepState.WAITING if fitting else StepState.OPEN


def judge_action(states: Collection[StepState]) -> StepState:
    """Done when all of its steps are; open while nothing is there for any."""
    if states and all(state == StepState.DONE for state in states):
        return StepState.DONE
    return StepState.OPEN if all(state == StepState.OPEN for state in states) else StepState.WAITING
