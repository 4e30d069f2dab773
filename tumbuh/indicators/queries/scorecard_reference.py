"""The reference pages of the scorecard's rules and of the official sets, written from their definitions."""

from tumbuh.engines.definitions.api import Source, write_condition
from tumbuh.engines.scorecard.api import Content, Group, Indicator, Version, read_content
from tumbuh.indicators.queries.sets import list_sets
from tumbuh.indicators.rules.sets import IndicatorSet, SetItem

HEAD = """# The village scorecard: rules

Written by `tumbuh docs build` from `definitions/scorecard`; change it there. The first band that meets a person
decides; needed 0 means not applicable (TS). Nothing counts after the day a quarter is read on. z-scores are in
hundredths, MUAC in millimetres, pregnancies in days since the last period.
"""
SETS = """# Official sets of indicators

Written by `tumbuh docs build` from `definitions/sets`; change it there. Numerator and denominator are those received
and due of the target group and service named, in the month. Targets marked (uncertain) were not read in a source.
"""


def render_scorecard() -> str:
    """The page `docs/reference/scorecard.md`."""
    content = read_content()
    readings = [f"- **{one.title.en}** (`{one.code}`): {one.text.en}" for one in content.readings]
    parts = [HEAD, "## Readings\n", *readings, ""]
    parts += [render_group(group) for group in content.groups]
    return "\n".join([*parts, render_tables(content), *render_sources(content.sources)]) + "\n"


def render_group(group: Group) -> str:
    total = "summed in table 4" if group.in_total else "in table 3 only"
    lines = [
        f"## {group.title.en} ({group.title.id})\n",
        f"`{group.code}`, {total}: {write_condition(group.where)}.\n",
    ]
    lines += [*render_sources(group.sources), *(f"- {note.en}" for note in group.notes), ""]
    return "\n".join([*lines, *(render_indicator(indicator) for indicator in group.indicators)])


def render_indicator(indicator: Indicator) -> str:
    lines = [f"### {indicator.number}. {indicator.title.en}\n", f"`{indicator.code}`: {indicator.title.id}.\n"]
    lines += ["| reading, from | window | counted | who | needed |", "| --- | --- | --- | --- | --- |"]
    for version in indicator.versions:
        lines += render_version(version)
    lines.append("")
    notes = [
        *(note.en for note in indicator.notes),
        *(f"{part.title.en}: {part.reason.en}" for part in indicator.parts),
    ]
    return "\n".join([*lines, *(f"- {note}" for note in notes), *([""] if notes else [])])


def render_version(version: Version) -> list[str]:
    first = f"{', '.join(version.readings)}, {version.valid_from} | {version.window}"
    what = ", ".join(" or ".join(f"`{code}`" for code in part) for part in version.measure.parts)
    return [
        f"| {first} | {version.measure.kind}: {what} | {write_condition(band.where)} | {band.needed} |"
        for band in version.bands
    ]


def render_tables(content: Content) -> str:
    lines = ["## Tables 1 and 2\n", "| table | line | counts | condition |", "| --- | --- | --- | --- |"]
    for tally in content.tallies:
        what = "households" if tally.of_households else "people"
        lines.append(f"| {tally.table} | `{tally.code}` {tally.title.en} | {what} | {write_condition(tally.where)} |")
    notes = [f"- {tally.title.en}: {note.en}" for tally in content.tallies for note in tally.notes]
    notes += [f"- Table {one.number}: {note.en}" for one in content.headings.values() for note in one.notes]
    return "\n".join([*lines, "", *notes])


def render_sources(sources: tuple[Source, ...]) -> list[str]:
    return [
        f"- Source{' **(uncertain)**' if one.is_uncertain else ''}: {one.document}; {one.article}"
        + (f" ({one.note})" if one.note else "")
        for one in sources
    ]


def render_sets() -> str:
    """The page `docs/reference/indicator-sets.md`."""
    return "\n".join([SETS, *(render_set(one) for one in list_sets())])


def render_set(one: IndicatorSet) -> str:
    lines = [f"## {one.title.en} ({one.title.id})\n", f"`{one.code}`\n", "| no | name | from | target |"]
    lines += ["| --- | --- | --- | --- |", *(render_item(item) for item in one.items), ""]
    return "\n".join([*lines, *render_sources(one.sources), *(f"- {note.en}" for note in one.notes)]) + "\n"


def render_item(item: SetItem) -> str:
    origin = ", ".join(f"`{group}/{service}`" for group, service in item.services) or item.indicator
    if item.missing is not None:
        origin = f"no data yet: {item.missing.en}"
    targets = ", ".join(
        f"{one.value} {one.unit} ({one.year}){' (uncertain)' if one.source.is_uncertain else ''}"
        for one in item.targets
    )
    return f"| {item.number} | {item.name.id} ({item.name.en}) | {origin} | {targets or '–'} |"
