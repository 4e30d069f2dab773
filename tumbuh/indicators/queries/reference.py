"""The reference page of all indicators, written from their definitions."""

from tumbuh.engines.definitions.api import write_condition
from tumbuh.indicators.queries.definitions import list_definitions
from tumbuh.indicators.rules.definitions import Definition

HEAD = """# Indicators

Written by `tumbuh docs build` from `definitions/indicators`; change it there. The numerator is always counted within
the denominator. z-scores are in hundredths, as stored. A missing value passes no test.
"""


def render_reference() -> str:
    """The page `docs/reference/indicators.md`."""
    return "\n".join([HEAD, *(render_definition(definition) for definition in list_definitions())])


def render_definition(definition: Definition) -> str:
    direction = "lower is better" if definition.lower_is_better else "higher is better"
    audience = "public" if definition.is_public else "**for officials only**"
    lines = [
        f"## {definition.title.en} ({definition.title.id})\n",
        f"`{definition.code}`, {definition.unit} by {definition.period}, {direction}, {audience}; also by "
        f"{' and '.join(definition.disaggregation)}. Version {definition.version}, valid from {definition.valid_from}, "
        f"by {definition.author}, to be reviewed on {definition.review_on}.\n",
        "| | counted | condition |",
        "| --- | --- | --- |",
        f"| numerator | {definition.numerator.text.en} | {write_condition(definition.numerator.where)} |",
        f"| denominator | {definition.denominator.text.en} | {write_condition(definition.denominator.where)} |",
    ]
    for exclusion in definition.exclusions:
        lines.append(f"| left out | {exclusion.part.text.en} | {write_condition(exclusion.part.where)} |")
    lines.append("")
    for source in definition.sources:
        doubt = " **(uncertain)**" if source.is_uncertain else ""
        note = f" ({source.note})" if source.note else ""
        lines.append(f"- Source{doubt}: {source.document}; {source.article}{note}")
    lines += [f"- {note.en}" for note in definition.notes]
    return "\n".join(lines) + "\n"
