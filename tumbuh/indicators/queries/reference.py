"""The reference page of all indicators, written from their definitions."""

from tumbuh.engines.definitions.api import Condition
from tumbuh.indicators.queries.definitions import list_definitions
from tumbuh.indicators.rules.definitions import Definition

HEAD = """# Indicators

Written by `tumbuh docs build` from `definitions/indicators`; change it there. The numerator is always counted within
the denominator. z-scores are in hundredths, as stored. A missing value passes no test.
"""
WORDS = {"below": "<", "above": ">", "is": "=", "in": "in"}


def render_reference() -> str:
    """The page `docs/reference/indicators.md`."""
    return "\n".join([HEAD, *(render_definition(definition) for definition in list_definitions())])


def render_definition(definition: Definition) -> str:
    direction = "lower is better" if definition.lower_is_better else "higher is better"
    lines = [
        f"## {definition.title.en} ({definition.title.id})\n",
        f"`{definition.code}`, {definition.unit} by {definition.period}, {direction}; also by "
        f"{' and '.join(definition.disaggregation)}. Version {definition.version}, valid from {definition.valid_from}, "
        f"by {definition.author}, to be reviewed on {definition.review_on}.\n",
        "| | counted | condition |",
        "| --- | --- | --- |",
        f"| numerator | {definition.numerator.text.en} | {render_condition(definition.numerator.where)} |",
        f"| denominator | {definition.denominator.text.en} | {render_condition(definition.denominator.where)} |",
    ]
    for exclusion in definition.exclusions:
        lines.append(f"| left out | {exclusion.part.text.en} | {render_condition(exclusion.part.where)} |")
    lines.append("")
    for source in definition.sources:
        doubt = " **(uncertain)**" if source.is_uncertain else ""
        note = f" ({source.note})" if source.note else ""
        lines.append(f"- Source{doubt}: {source.document}; {source.article}{note}")
    lines += [f"- {note.en}" for note in definition.notes]
    return "\n".join(lines) + "\n"


def render_condition(condition: Condition) -> str:
    """The condition on one line."""
    for joint, word in (("all", " and "), ("any", " or ")):
        if joint in condition:
            parts = [render_condition(part) for part in condition[joint]]
            return (f"({word.join(parts)})" if len(parts) > 1 else "".join(parts)) or "everyone"
    if "not" in condition:
        return f"not {render_condition(condition['not'])}"
    test, value = next((key, value) for key, value in condition.items() if key != "column")
    if test == "known":
        return f"{condition['column']} is {'known' if value else 'missing'}"
    return f"{condition['column']} {WORDS[test]} {str(value).lower() if isinstance(value, bool) else value}"
