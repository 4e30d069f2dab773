"""The page docs/reference/activities.md, written from the kinds, the state tables and the instruments."""

from django.utils import translation

from tumbuh.activities.queries.definitions import list_channels, read_instruments, read_kinds
from tumbuh.activities.rules import FOLLOW_UP_MOVES, RULES, FollowUpState, Kind, State

INTRO = """# Activities: kinds, states, instruments

Generated from `definitions/activities/` and `tumbuh/activities/rules/states.py`; do not edit here. A kind says at which
levels it can be planned and what its record must have before it counts as held. A held activity is put forward to the
level above; while it waits and once it is verified, its record does not change."""


def render_activities() -> str:
    """The page, in English with the Indonesian labels."""
    with translation.override("id"):
        parts = [INTRO, "## Kinds", list_kinds(), "## Minutes", list_sections(), "## States", list_states()]
        parts += ["## Follow-ups", list_follow_up_states(), "## Instruments", *list_questions()]
        parts += [
            "Channels of a campaign: " + ", ".join(f"`{code}` ({name})" for code, name in list_channels().items())
        ]
    return "\n\n".join(parts) + ".\n"


def list_kinds() -> str:
    rows = ["| code | label | what for | levels | needed when held |", "| --- | --- | --- | --- | --- |"]
    for kind in read_kinds().values():
        levels = ", ".join(level.name for level in sorted(kind.levels))
        rows.append(f"| `{kind.code}` | {kind.label_id} | {kind.about_en} | {levels} | {tell_needs(kind)} |")
    return "\n".join(rows)


def tell_needs(kind: Kind) -> str:
    """What the record must have, in words."""
    needs = kind.needs
    words = [
        f"{needs.participants} people present" if needs.participants else "",
        "minutes" if needs.minutes else "",
        f"{needs.decisions} decision" if needs.decisions else "",
        f"{needs.follow_ups} follow-up" if needs.follow_ups else "",
        f"{needs.photos} photo" if needs.photos else "",
        "reach by channel" if needs.reach else "",
    ]
    return ", ".join(filter(None, words)) or "nothing"


def list_sections() -> str:
    """Each template of the minutes once, with the kinds that use it."""
    used: dict[tuple[str, ...], list[str]] = {}
    for kind in read_kinds().values():
        key = tuple(f"{each.label_id}{' (required)' if each.is_required else ''}" for each in kind.sections)
        used.setdefault(key, []).append(f"`{kind.code}`")
    rows = ["| sections | kinds |", "| --- | --- |"]
    return "\n".join(rows + [f"| {'; '.join(sections)} | {', '.join(kinds)} |" for sections, kinds in used.items()])


def list_states() -> str:
    rows = ["| move | from | to | says why |", "| --- | --- | --- | --- |"]
    for rule in RULES:
        sources = ", ".join(f"`{state}`" for state in State if state in rule.sources)
        why = "yes" if rule.needs_reason else "no"
        rows.append(f"| {rule.move.label} | {sources} | `{rule.target}` | {why} |")
    return "\n".join(rows)


def list_follow_up_states() -> str:
    rows = ["| state | label | can become |", "| --- | --- | --- |"]
    for state in FollowUpState:
        targets = ", ".join(f"`{target}`" for target in sorted(FOLLOW_UP_MOVES[state]))
        rows.append(f"| `{state}` | {state.label} | {targets} |")
    return "\n".join(rows) + "\n\nOverdue: open although its day has passed. Every move says how or why."


def list_questions() -> list[str]:
    parts = []
    for one in read_instruments().values():
        head = f"`{one.key}`: {one.label_id}, valid from {one.valid_from}."
        rows = ["| question | text | indicator |", "| --- | --- | --- |"]
        named = {one.exposure: "exposure", one.understanding: "understanding"}
        rows += [f"| {each.key} | {each.label_id} | {named.get(each.key, '')} |" for each in one.questions]
        parts += [head, "\n".join(rows)]
    return [*parts, "Shares carry Wilson intervals, their difference Newcombe's (method 10), both 95 %."]
