"""The page `docs/reference/obligations.md`, counted from the regulation by `tumbuh docs build`."""

from collections import Counter
from collections.abc import Iterator

from tests.factories.programme import BENGKULU
from tests.spec.programme.province import get_term, list_clauses
from tumbuh.activities.api import read_kinds
from tumbuh.documents.api import name_kind
from tumbuh.programme.actions.folder import read_folder
from tumbuh.programme.queries.convergence import get_checklist
from tumbuh.programme.rules import (
    Clause,
    EvidenceRule,
    Measure,
    Per,
    Planned,
    SubjectKind,
    find_rule,
    plan_obligations,
)
from tumbuh.programme.rules.achievement import find_level

INTRO = """# Obligations: what the regulation asks for, counted

Generated from `regulations/` by `tumbuh docs build`; do not edit here. How it is done is told in
[obligations](../explanation/obligations.md).

{name}, in a province of {kabupaten} kabupaten/kota, {kecamatan} kecamatan and
{desa} desa/kelurahan: {number} obligations from {outputs} outputs and {duties} duties of articles.

*Who*: the level that owes it; a *tier* is all regions of a level together. *Measured as*: **count** of pieces,
**regions** that have one, **share** of regions, a **system** that lives, an indicator as **ceiling**. *Evidence*: kinds
that count once verified; with *confirmed*, each piece after a person said that it serves this output. Starred outputs
that are the same are listed under both and counted once on the boards.
"""
MEASURES = {
    Measure.COUNT: "count", Measure.REGIONS: "regions", Measure.SHARE: "share", Measure.SYSTEM: "system",
    Measure.CEILING: "ceiling",
}  # fmt: skip
WHO = {per: str(per.label) for per in (Per.PROVINSI, Per.KABUPATEN, Per.KECAMATAN, Per.DESA)}


def write_reference() -> str:
    """The page in Markdown."""
    clauses = list_clauses()
    planned = {code: list(plan_obligations(clause, get_term())) for code, clause in clauses.items()}
    every = [one for several in planned.values() for one in several]
    counted = {per: len(numbers) for per, numbers in get_term().regions.items()}
    bundle = read_folder(BENGKULU)
    regulation = bundle.regulation
    intro = INTRO.format(
        name=f"{regulation.type} Nomor {regulation.number} Tahun {regulation.year}", number=f"{len(every):,}",
        kabupaten=counted[Per.KABUPATEN], kecamatan=counted[Per.KECAMATAN], desa=f"{counted[Per.DESA]:,}",
        outputs=len(bundle.outputs), duties=len(bundle.duties),
    )  # fmt: skip
    years = range(regulation.first_year, regulation.last_year + 1)
    return "\n".join(
        [
            intro,
            "## By level and year\n",
            *list_totals(every, years),
            "\n## By output and duty\n",
            *list_rows(clauses, planned, years),
            "",
        ]
    )


def find_who(planned: Planned) -> str:
    return "tier" if planned.tier else WHO[find_level(planned.region_id)]


def list_totals(every: list[Planned], years: range) -> Iterator[str]:
    """One line a level, one of all."""
    yield f"| who | {' | '.join(map(str, years))} | all years |"
    yield "| --- |" + " ---: |" * (len(years) + 1)
    counted = Counter((find_who(one), one.year) for one in every)
    for who in (*WHO.values(), "tier"):
        numbers = [counted[who, year] for year in years]
        yield f"| {who} | {' | '.join(f'{number:,}' for number in numbers)} | {sum(numbers):,} |"
    sums = [sum(one.year == year for one in every) for year in years]
    yield f"| all | {' | '.join(f'{number:,}' for number in sums)} | {sum(sums):,} |"


def list_rows(clauses: dict[str, Clause], planned: dict[str, list[Planned]], years: range) -> Iterator[str]:
    """One line for each part of a target and who owes it."""
    yield f"| code | part | who | measured as | evidence | {' | '.join(map(str, years))} | all |"
    yield "| --- | ---: | --- | --- | --- |" + " ---: |" * (len(years) + 1)
    for code, several in planned.items():
        for part in sorted({one.part for one in several}):
            own = [one for one in several if one.part == part]
            rule = find_rule(clauses[code].rules, part)
            numbers = [sum(one.year == year for one in own) for year in years]
            cells = [code, str(part), find_who(own[0]), MEASURES[own[0].measure], describe(rule), *map(str, numbers)]
            yield f"| {' | '.join(cells)} | {sum(numbers)} |"


def describe(rule: EvidenceRule | None) -> str:
    """What proves it, in words."""
    if rule is None:
        return ""
    names = [name(source, kind) for source, kinds in rule.kinds.items() for kind in sorted(kinds)]
    names += [f"system {rule.system}"] if rule.system else []
    names += [f"indicator {rule.indicator}"] if rule.indicator else []
    return (", ".join(names) or "any verified evidence") + (" (confirmed)" if rule.confirmed else "")


def name(source: SubjectKind, kind: str) -> str:
    if source == SubjectKind.DOCUMENT:
        return name_kind(kind)
    if source == SubjectKind.ACTIVITY:
        return read_kinds()[kind].label
    if source == SubjectKind.CHECKLIST:
        return next(action.name for action in get_checklist(9999).actions if action.code == kind)
    return kind.lower()
