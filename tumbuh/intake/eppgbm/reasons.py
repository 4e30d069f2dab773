"""Why a row is refused, must be looked at, or was read with a warning: codes, sentences, severities."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

TABLES = Path(__file__).resolve().parents[3] / "definitions" / "intake" / "reasons"


class Severity(StrEnum):
    """What a reason does to its row. A row's severity is its worst reason's."""

    WARN = "warn"
    REVIEW = "review"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Reason:
    """One remark on a row. `column` is the field's label; `message` is Indonesian; values fill the sentence."""

    column: str
    code: str
    severity: Severity
    message: str
    values: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """As the row stores it: {column, code, severity, message, values}."""
        return {
            "column": self.column,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "values": self.values,
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one code says."""

    severity: Severity
    id: str
    en: str


@cache
def list_sentences() -> dict[str, Sentence]:
    """Code -> severity and sentence templates."""
    lines = [line for path in sorted(TABLES.glob("*.yaml")) for line in yaml.safe_load(path.read_text("utf-8")).items()]
    return {code: Sentence(Severity(line["severity"]), line["id"], line["en"]) for code, line in lines}


def make_reason(column: str, code: str, **values: object) -> Reason:
    """The reason with its Indonesian sentence filled in. KeyError for a code that the table does not have."""
    sentence = list_sentences()[code]
    texts = {name: str(value) for name, value in values.items()}
    return Reason(column, code, sentence.severity, sentence.id.format(column=column, **texts), texts)


def render_reason(column: str, code: str, values: dict[str, str], language: str = "id") -> str:
    """The sentence of a stored reason in "id" or "en"."""
    sentence = list_sentences()[code]
    return (sentence.en if language == "en" else sentence.id).format(column=column, **values)
