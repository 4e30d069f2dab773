"""A line of a list on its way into the register."""

from dataclasses import dataclass, field
from typing import Any

from tumbuh.intake.eppgbm.api import Severity, make_reason
from tumbuh.intake.models import Row
from tumbuh.intake.rules import Outcome
from tumbuh.intake.sources.api import HOME, SELF, Told, load_told
from tumbuh.records.api import decrypt_bytes, encrypt_bytes


@dataclass
class Entry:
    """A row with what it says, and what becomes of it: people and household found, remarks, marks for an undo."""

    row: Row
    told: Told
    ids: dict[str, int] = field(default_factory=dict)
    home_id: int | None = None
    reasons: list[dict[str, Any]] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    is_new: bool = False
    is_changed: bool = False
    waits: bool = False
    is_refused: bool = False

    def say(self, column: str, code: str, **values: object) -> None:
        """A remark; one that refuses or asks decides what becomes of the row."""
        reason = make_reason(column, code, **values)
        self.reasons.append(reason.to_json())
        self.is_refused |= reason.severity is Severity.REFUSE
        self.waits |= reason.severity is Severity.REVIEW

    @property
    def is_open(self) -> bool:
        return not self.is_refused and not self.waits

    @property
    def outcome(self) -> str:
        if self.is_refused:
            return Outcome.REFUSED
        if self.waits:
            return Outcome.NEEDS_REVIEW
        return Outcome.NEW if self.is_new else Outcome.CHANGED if self.is_changed else Outcome.ALREADY_THERE

    def find_subject(self, whom: str) -> dict[str, int] | None:
        """Whose a fact is, as a row of the records room takes it; a home's is the person's where no home is known."""
        if whom == HOME and self.home_id is not None:
            return {"household_id": self.home_id}
        person = self.ids.get(SELF if whom == HOME else whom)
        return {"person_id": person} if person is not None else None


def seal(told: Told) -> bytes:
    """What a line says, encrypted."""
    return encrypt_bytes(told.to_json().encode())


def open_entry(row: Row) -> Entry:
    return Entry(row, load_told(decrypt_bytes(bytes(row.told)).decode()))
