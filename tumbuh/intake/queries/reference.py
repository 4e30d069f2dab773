"""The reference page of everything that can be said of a row."""

from tumbuh.intake.eppgbm.api import Severity
from tumbuh.intake.eppgbm.reasons import list_sentences

EFFECTS = {
    Severity.REFUSE: "the row is refused",
    Severity.REVIEW: "the row waits for a person",
    Severity.WARN: "the row is accepted with a remark",
}


def render_reasons() -> str:
    """docs/reference/import-reasons.md from the sentences in definitions/intake/reasons."""
    lines = [
        "# What an import says of a row",
        "",
        "Generated from `definitions/intake/reasons` by `tumbuh docs build`. Words in braces differ from row to row.",
    ]
    sentences = sorted(list_sentences().items())
    for severity, effect in EFFECTS.items():
        lines += ["", f"## {severity.value}: {effect}", "", "| code | Indonesian | English |", "| --- | --- | --- |"]
        lines += [f"| `{code}` | {said.id} | {said.en} |" for code, said in sentences if said.severity is severity]
    return "\n".join(lines) + "\n"
