"""The page docs/reference/verification.md, written from the state table and the definitions."""

from django.utils import translation

from tumbuh.verification.queries.deadlines import list_due_from, read_definitions, read_reminder_rule
from tumbuh.verification.queries.packages import read_reasons
from tumbuh.verification.rules import GROWTH, HOLDS, OPEN, OWNER, PASSED, PERMISSION, RULES, SERVICES, Rule, State, Tier

INTRO = """# Verification: states, moves, deadlines

Generated from `tumbuh/verification/rules/states.py` and `definitions/verification/`; do not edit here. A package is
the data of one kind of one desa in one month; the data sets climb side by side and know nothing of each other. Nobody
verifies what they entered or sent. A kabupaten/kota begins with a kecamatan when all its desa are verified there, the
province with a kabupaten/kota likewise, or by a recorded exception. An approval on a condition lapses by itself the
day after the condition was due: the package is back with the tier that set it. A figure is *resmi* when every desa
below was accepted without an open condition, otherwise *sementara*.
"""


PAGES = {GROWTH: "`/verifikasi/…`", SERVICES: "`/verifikasi/layanan/…`"}
LOCKS = """Once a package was sent, the database itself refuses what would change it (error TM001). Of services: no
service or check of the month is added, changed or taken out, but for cells that were sent back; a record
sent back as a whole can go. Pregnancies, couples and statements hold over months: none is changed so
that it says something else of a closed month's last day. A pregnancy or couple that is entered late
counts from the first month after the closed ones; a statement takes a day in an open month."""


def render_reference() -> str:
    """The page, in English with the Indonesian labels."""
    with translation.override("id"):
        parts = [
            INTRO,
            "## Data sets",
            *list_sets(),
            "## States",
            *list_states(),
            "## Moves",
            *list_moves(),
            "## Diagram",
            *list_diagram(),
        ]
        parts += ["## Deadlines", *list_days(), "## Reasons for sending a cell back", *list_reasons()]
        return "\n\n".join(parts) + "\n"


def list_sets() -> list[str]:
    rows = [
        "| data set | label | what it holds | pages | due from the data of | certain |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for data_set, month, is_certain in list_due_from():
        rows.append(
            f"| `{data_set}` | {data_set.label} | {HOLDS[data_set]} | {PAGES[data_set]} | {month:%Y-%m} "
            f"| {'yes' if is_certain else '**no**'} |"
        )
    return ["\n".join(rows), LOCKS]


def list_states() -> list[str]:
    rows = ["| state | label | who acts next | tiers passed | data can change |", "| --- | --- | --- | ---: | --- |"]
    for state in State:
        owner = OWNER[state]
        is_open = {State.DRAFT: "yes", State.RETURNED_DESA: "what was returned"}[state] if state in OPEN else "no"
        rows.append(f"| {state} | {state.label} | {owner.name if owner else ''} | {PASSED[state]} | {is_open} |")
    return ["\n".join(rows)]


def list_moves() -> list[str]:
    rows = ["| move | tier | permission | from | to | needs a reason |", "| --- | --- | --- | --- | --- | --- |"]
    for rule in RULES:
        sources = ", ".join(state for state in State if state in rule.sources)
        reason = "yes" if rule.needs_reason else ""
        rows.append(
            f"| {rule.move} ({rule.move.label}) | {name_owner(rule)} | {sources} "
            f"| {', '.join(rule.targets)} | {reason} |"
        )
    return ["\n".join(rows)]


def name_owner(rule: Rule) -> str:
    """Tier and permission; of the system's steps, whose condition it is."""
    return f"system, for {rule.tier.name} |" if rule.is_by_system else f"{rule.tier.name} | {PERMISSION[rule.tier]}"


def list_diagram() -> list[str]:
    lines = [
        f"    {source} --> {target}: {rule.move} {'system' if rule.is_by_system else rule.tier.name}"
        for rule in RULES
        for source in State
        if source in rule.sources
        for target in rule.targets
    ]
    return ["\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> DRAFT", *lines, "```"])]


def list_days() -> list[str]:
    found = read_definitions()
    rows = ["| tier | day of the following month | from | source | certain |", "| --- | ---: | --- | --- | --- |"]
    for rule in found["rules"]:
        certain = "yes" if rule["is_certain"] else "**no**"
        rows.append(
            f"| {Tier[rule['tier']].name} | {rule['day']} | {rule['valid_from']} | {rule['source']} | {certain} |"
        )
    return [
        "\n".join(rows),
        "A day that falls on a Saturday, a Sunday or a day off moves to the next working day.",
        tell_reminders(),
    ]


def tell_reminders() -> str:
    rule = read_reminder_rule()
    before = " and ".join(f"{number} days" if number > 1 else "one day" for number in rule.before)
    certain = "" if rule.is_certain else "; **not certain**"
    return (
        f"Whoever is not done is reminded {before} before the deadline, on the day and once after it; the tier above "
        f"hears of it {rule.escalate_after} days after it (source: {rule.source}{certain})."
    )


def list_reasons() -> list[str]:
    rows = ["| code | Indonesian | English |", "| --- | --- | --- |"]
    rows += [f"| `{code}` | {words['id']} | {words['en']} |" for code, words in read_reasons().items()]
    return ["\n".join(rows)]
