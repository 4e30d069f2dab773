"""The page `docs/reference/services.md`, written from the definitions and the specification tables."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from tests.spec.convergence.tables import Line, list_lines
from tumbuh.engines.convergence.api import PACKAGES, Band, Code, Group, Kind, Rule, Version, read_content
from tumbuh.engines.definitions.api import Source, write_condition

INTRO = """# Target groups and services

Written by `tumbuh docs build` from `definitions/groups.yaml`, `definitions/receipts.yaml`, `definitions/services`,
`definitions/parameters/poor-decile.yaml` and the tables in `tests/spec/convergence`; change it there. Every example
below is a test that runs on plain Python, DuckDB and PostgreSQL.

**Y**: received as often as needed by now. **T**: due and not (yet) received. **TS**: not due to this person. Everything
is read on the last day of a month. A receipt counts from the first day of its window to that day; what is past never
counts. A missing value passes no test. `month_of_quarter`, `month_of_half` and `month_of_year` are the place of the
month in its calendar window, from 1. z-scores are in hundredths, `muac_mm` in millimetres, `hb_dg` in tenths of g/dl.

Examples are read in May 2026 unless they name a month.

The complete package of a person is everything due as a member of a group, but for what stands only beside it.
"""
WINDOWS = {
    "MONTH": "the calendar month",
    "QUARTER": "the calendar quarter",
    "HALF_YEAR": "January-June or July-December",
    "YEAR": "the calendar year",
    "PREGNANCY": "since the first day of the last period",
    "BIRTH": "since giving birth",
    "COUPLE": "since registering as a couple",
    "LIFE": "ever",
}
MEASURES = {
    Kind.TIMES: "times of {parts}",
    Kind.KINDS: "different ones of {parts}",
    Kind.QUANTITY: "quantity of {parts}",
    Kind.STATEMENT: "the statement {parts} in force",
    Kind.KNOWN: "results known of {parts}",
}


def write_reference() -> str:
    """The whole page."""
    content = read_content()
    lines = defaultdict(list)
    for line in list_lines():
        lines[line.group, line.service].append(line)
    parts = [[INTRO]]
    for group in content.groups:
        always = next(line.always for line in list_lines() if line.group == group.code)
        parts.append([*write_group(group), f"In the examples, unless they say otherwise: {write_person(always)}.", ""])
        for rule in content.rules:
            if rule.group == group:
                parts.append(write_rule(rule, lines[rule.key]))
    parts.append(write_codes(list(content.codes.values())))
    parts.append(["## Poor households", "", "Split by welfare decile: poor, not poor, unknown.", ""])
    for limit in content.poor:
        parts.append([f"- From {limit.valid_from}: deciles 1 to {limit.decile}. {write_source(limit.source)}"])
    return "\n".join(text for part in parts for text in part) + "\n"


def write_group(group: Group) -> list[str]:
    found = [
        f"## {group.title.en} ({group.title.id})",
        "",
        f"`{group.code}`, {group.intervention.lower()} interventions.",
    ]
    found += [f"From {version.valid_from}: {write_condition(version.where)}." for version in group.versions]
    found += ["", *(f"- Source {write_source(source)}" for source in group.sources)]
    return [*found, *(f"- {note.en}" for note in group.notes), ""]


def write_rule(rule: Rule, lines: list[Line]) -> list[str]:
    service = rule.service
    place = f"package: {PACKAGES[service.package].en}" if service.in_package else "beside the complete package"
    found = [f"### {service.title.en} ({service.title.id})", ""]
    found += [f"`{service.code}`, {place}, {service.intervention.lower()}. Given by: {service.provider.en}.", ""]
    ends = [later.valid_from for _, later in pairwise(rule.versions)] + [None]
    for version, end in zip(rule.versions, ends, strict=True):
        found += write_version(version, end)
    found += [f"- Source {write_source(source)}" for source in service.sources]
    found += [f"- {note.en}" for note in service.notes]
    found += ["", "| example | of the person | received | month | answer |", "| --- | --- | --- | --- | --- |"]
    return [*found, *(write_line(line) for line in lines), ""]


def write_version(version: Version, end: object) -> list[str]:
    until = f" until the day before {end}" if end else ""
    counted = MEASURES[version.measure.kind].format(parts=", ".join(f"`{part}`" for part in version.measure.parts))
    window = "" if version.measure.kind in (Kind.STATEMENT, Kind.KNOWN) else f", {WINDOWS[version.window]}"
    found = [f"From {version.valid_from}{until}: {counted}{window}.", "", "| of whom | needed |", "| --- | ---: |"]
    found += [f"| {write_band(band)} | {band.needed} |" for band in version.bands]
    if not version.bands:
        found.append("| nobody any more | |")
    elif version.otherwise:
        found.append(f"| all others: {version.otherwise.en} | TS |")
    return [*found, ""]


def write_band(band: Band) -> str:
    return write_condition(band.where) + (f" ({band.text.en})" if band.text else "")


def write_source(source: Source) -> str:
    doubt = "**(uncertain)**: " if source.is_uncertain else ": "
    note = f" ({source.note})" if source.note else ""
    dated = f", {source.dated}" if source.dated else ""
    return f"{doubt}{source.document}{dated}; {source.article}{note}".removeprefix(": ")


def write_line(line: Line) -> str:
    person = write_person(line.written.get("person", {}))
    received = ", ".join(str(words) for words in line.written.get("received", ()))
    due = f", by {line.written['due']}" if "due" in line.written else ""
    month = f"{line.row['month']:%Y-%m}" if "month" in line.written else ""
    return f"| {line.show} | {person} | {received} | {month} | {line.written['expect']}{due} |"


def write_person(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} {write_value(value)}" for name, value in values.items())


def write_value(value: object) -> str:
    return "unknown" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def write_codes(codes: list[Code]) -> list[str]:
    """What can be recorded, and what is plausible."""
    found = [
        "## What can be recorded",
        "",
        "Plausible amounts and ages (in completed months) are ours; others ask for a look.",
    ]
    found += ["", "| code | what | unit | plausible | age | of | |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for code in codes:
        amount = "-".join(map(str, dict.fromkeys(code.quantity)))
        age = "any" if code.age_months[1] >= 1440 else "-".join(map(str, code.age_months))
        remarks = {
            "a statement": code.kind == "STATEMENT",
            "once in a life": code.is_once,
            "from measurements": code.is_automatic,
        }
        said = ", ".join(remark for remark, holds in remarks.items() if holds)
        found.append(
            f"| `{code.code}` | {code.title.en} ({code.title.id}) | {code.unit.en} | {amount} | {age} "
            f"| {code.holder.lower()} | {said} |"
        )
    return [*found, ""]
