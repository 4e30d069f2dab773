"""The page docs/reference/partners.md, written from the codes of the room and the definition of the report."""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils import translation

from tumbuh.partners.queries.definitions import list_due_rules, list_sections
from tumbuh.partners.rules import (
    AgreementForm,
    ContributionForm,
    CsrState,
    Field,
    Kind,
    NetworkCode,
    ResearchForm,
)

INTRO = """# Partners: kinds, evidence, the standard report

Generated from `tumbuh/partners/rules/` and `definitions/partners/report.yaml`; do not edit here. Records are put
forward to the level above; while they wait and once they are verified they do not change, and only then does everybody
see those that are public."""
# Kind → what is public once verified, when it counts as evidence of a year.
COUNTS: dict[Kind, tuple[str, str]] = {
    Kind.NETWORK: ("members", "each year for which a member has handed in a report; verified with one of these"),
    Kind.AGREEMENT: ("form, number, title, parties, days", "the year in which it was signed"),
    Kind.CSR: ("title, company, field, places, year, state", "its year, when it runs or is done"),
    Kind.RESEARCH: ("title, institutions, form, days", "the year in which it was finished, with its recommendation"),
    Kind.CONTRIBUTION: ("nothing", "no evidence by itself; taken over into the partner's report"),
    Kind.REPORT: ("nothing", "no evidence by itself; makes the partner's networks active"),
}
CODES: Sequence[tuple[str, type[TextChoices]]] = (
    ("Networks", NetworkCode),
    ("Agreements", AgreementForm),
    ("Fields of CSR programmes", Field),
    ("States of CSR programmes", CsrState),
    ("Research", ResearchForm),
    ("Contributions", ContributionForm),
)


def render_partners() -> str:
    """The page, in English with the Indonesian labels."""
    with translation.override("id"):
        parts = [INTRO, "## Kinds", list_kinds(), "## Codes", list_codes(), "## The standard report", *list_report()]
    return "\n\n".join(parts) + "\n"


def list_kinds() -> str:
    rows = ["| kind | label | public | counts in |", "| --- | --- | --- | --- |"]
    return "\n".join(
        [*rows, *(f"| `{kind}` | {kind.label} | {COUNTS[kind][0]} | {COUNTS[kind][1]} |" for kind in Kind)]
    )


def list_codes() -> str:
    rows = ["| of | codes |", "| --- | --- |"]
    for name, codes in CODES:
        rows.append(f"| {name} | {', '.join(f'`{one.value}` ({one.label})' for one in codes)} |")
    return "\n".join(rows)


def list_report() -> list[str]:
    """Until when it is due, who owes it, and what it says."""
    owed = "Members of networks other than the government's owe one each semester. "
    due = [
        f"Due {rule.days} days after its semester's end, from {rule.valid_from} ({rule.source})."
        for rule in list_due_rules()
    ]
    rows = ["| section | label | in English | required |", "| --- | --- | --- | --- |"]
    for one in list_sections():
        rows.append(f"| `{one.key}` | {one.label_id} | {one.label_en} | {'yes' if one.is_required else 'no'} |")
    return [owed + " ".join(due), "\n".join(rows)]
