"""The page `docs/reference/growth.md`, written from the specification tables by `tumbuh docs build`."""

from typing import Any

from tests.spec.anthropometry.tables import read_table
from tumbuh.engines.anthropometry.parameters import get_parameters

NAMES = {"corrected": "corrected length", "haz": "HAZ", "waz": "WAZ", "whz": "WHZ", "baz": "BAZ", "headz": "head z",
         "muacz": "MUAC z", "errors": "errors"}  # fmt: skip
UNITS = {"age_days": "days", "lenhei_cm": "cm", "weight_kg": "kg", "head_cm": "cm head", "muac_cm": "cm arm"}
MEASURES = {"l": "lying", "h": "standing"}
INTRO = """# Growth: rules and examples

Generated from `tests/spec/anthropometry/*.yaml` and `definitions/parameters/*.yaml`; do not edit here. Every line below
is a test that runs on the product. Source of the z-score rules: WHO Child Growth Standards (2006), as computed by
WHO's program anthro. All of WHO's public survey sample (498 children) is met at two decimals, but for the four
children of sixty months and more, for whom that older computation still gave values.

HAZ: length/height-for-age. WAZ: weight-for-age. WHZ: weight-for-length/height. BAZ: BMI-for-age. MUAC: mid-upper arm
circumference. `none`: there is no z-score. Flag: implausible, left out of prevalence.
"""


def write_value(name: str, value: Any) -> str:
    if name.endswith("_flag"):
        return f"{NAMES[name.removesuffix('_flag')]} {'flagged' if value else 'not flagged'}"
    if name == "errors":
        return f"error: {', '.join(value)}"
    shown = "none" if value is None else f"{value:.2f}"
    return f"{NAMES[name]} {shown}" + (" cm" if name == "corrected" and value is not None else "")


def write_child(child: dict[str, Any]) -> str:
    parts = [child["sex"] if child["sex"] != "unknown" else "sex unknown"]
    parts += [f"{child[name]} {unit}" for name, unit in UNITS.items() if name in child]
    if "measure" in child:
        parts.append(MEASURES.get(child["measure"], f'position "{child["measure"]}"'))
    if child.get("oedema"):
        parts.append("oedema")
    if "age_rule" in child:
        parts.append("age in completed months")
    return ", ".join(parts)


def write_zscores() -> list[str]:
    lines = ["", "## z-scores"]
    for rule in read_table("zscores"):
        number = f"{rule['rule']}. " if isinstance(rule["rule"], int) else ""
        lines += ["", f"### {number}{rule['title']}", ""]
        if "why" in rule:
            lines += [rule["why"], ""]
        lines += ["| what it shows | child | result |", "| --- | --- | --- |"]
        for row in rule["rows"]:
            result = ", ".join(write_value(name, value) for name, value in row["expect"].items())
            lines.append(f"| {row['show']} | {write_child(row['child'])} | {result} |")
    return lines


def write_bounds(entry: dict[str, Any]) -> str:
    signs = {"from": "≥", "above": ">", "to": "≤", "below": "<"}
    return " and ".join(f"{sign} {entry[key]:.2f}" for key, sign in signs.items() if key in entry)


def write_source(kind: str) -> list[str]:
    found = get_parameters(kind)
    lines = ["", f"Source: {found['document']}; {found['article']}. In force from {found['valid_from']}."]
    if found["uncertain"]:
        lines += ["", f"Not fully read at source. {found.get('note', '').strip()}"]
    return [*lines, ""]


def write_categories() -> list[str]:
    lines = ["", "## Categories", *write_source("growth-categories")]
    lines += ["| index | z | category | English |", "| --- | --- | --- | --- |"]
    for index, entry in get_parameters("growth-categories")["indicators"].items():
        for c in entry["categories"]:
            lines.append(f"| {index.upper()} | {write_bounds(c)} | {c['label']} | {c['label_en']} |")
    lines += ["", "## Prevalence", *write_source("growth-prevalence")]
    lines += ["| figure | index | z | oedema counts |", "| --- | --- | --- | --- |"]
    for code, c in get_parameters("growth-prevalence")["cutoffs"].items():
        counts = "yes" if c.get("oedema_counts") else "no"
        lines.append(f"| {code} | {c['indicator'].upper()} | {write_bounds(c)} | {counts} |")
    return lines


def write_weight_gain() -> list[str]:
    lines = ["", "## Weight-gain status", *write_source("weight-gain")]
    steps = get_parameters("weight-gain")["minimal_gain_g"]
    lines += ["| age in completed months, from | minimal gain in a month |", "| ---: | ---: |"]
    lines += [f"| {s['from_month']} | {s['gram']} g |" for s in steps]
    for child in read_table("weight_gain"):
        lines += [
            "",
            f"{child['show']} (born {child['born']}):",
            "",
            "| day | kg | WAZ | status |",
            "| --- | --- | --- | --- |",
        ]
        for day, weight, status, *z in child["visits"]:
            shown = "not weighed" if weight is None else weight
            lines.append(f"| {day} | {shown} | {z[0] if z else ''} | {status or 'none'} |")
    return lines


def write_findings() -> list[str]:
    lines = ["", "## Growth between visits", *write_source("growth-findings")]
    for child in read_table("findings"):
        lines += [f"{child['show']}:", "", "| day of life | kg | corrected cm | finding |", "| --- | --- | --- | --- |"]
        for age, weight, length, found in child["visits"]:
            cells = ["" if value is None else str(value) for value in (age, weight, length)]
            lines.append(f"| {' | '.join(cells)} | {', '.join(found) or 'none'} |")
        lines.append("")
    return lines[:-1]


def write_reference() -> str:
    """The whole page."""
    parts = [write_zscores(), write_categories(), write_weight_gain(), write_findings()]
    return INTRO + "\n".join(line for part in parts for line in part) + "\n"
