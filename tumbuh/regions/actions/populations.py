"""How many people live where: figures with a year and a source."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.errors import RegionError, RegionFileError
from tumbuh.regions.models import Population, Region
from tumbuh.regions.rules import Problem, find_enclosing
from tumbuh.regions.sources.populations import Headcount

YEARS = range(1945, 2101)


@dataclass
class PopulationReport:
    """How many figures were new, replaced another one, or were there already."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def load_populations(*, by: Actor, figures: Iterable[Headcount], year: int, source: str) -> PopulationReport:
    """Store the figures of a year under a source; figures of another source or year stay beside them.

    RegionFileError names the lines with a region that is not loaded, or with a figure given twice; RegionError
    when year or source is missing. Then nothing is written.
    """
    if year not in YEARS or not source.strip():
        raise RegionError(
            "Tahun dan sumber data penduduk harus diisi, misalnya --year 2024 --source “Dukcapil 2024-S2”."
        )
    listed = list(figures)
    ids = dict(Region.objects.filter(code__in={figure.code for figure in listed}).values_list("code", "id"))
    problems = list_problems(listed, ids)
    if problems:
        raise RegionFileError(problems)
    stored = {
        (one.region_id, one.group, one.sex): one for one in Population.objects.filter(year=year, source=source.strip())
    }
    report, new, changed = PopulationReport(), [], []
    for figure in listed:
        old = stored.get((ids[figure.code], figure.group, figure.sex))
        if old is None:
            new.append(make_population(figure, ids[figure.code], year, source.strip()))
        elif old.people != figure.people:
            old.people = figure.people
            changed.append(old)
        else:
            report.unchanged += 1
    Population.objects.bulk_create(new, batch_size=5000)
    Population.objects.bulk_update(changed, ["people"], batch_size=1000)
    report.added, report.changed = len(new), len(changed)
    after = vars(report) | {"year": year, "source": source.strip()}
    record_event(
        by=by, action="regions.population", object_kind="Population", object_id=year, after=after,
        region_id=find_enclosing(ids.values()),
    )  # fmt: skip
    return report


def make_population(figure: Headcount, region_id: int, year: int, source: str) -> Population:
    """A new figure, not yet saved."""
    return Population(
        region_id=region_id, year=year, group=figure.group, sex=figure.sex, people=figure.people, source=source
    )


def list_problems(figures: list[Headcount], known: dict[str, int]) -> list[Problem]:
    """Regions that are not loaded and figures given twice."""
    problems, seen = [], set()
    for figure in figures:
        key = (figure.code, figure.group, figure.sex)
        if figure.code not in known:
            message = f"Wilayah “{figure.code}” belum dimuat. Periksa kodenya, atau muat daftar wilayah dahulu."
            problems.append(Problem(figure.line, message))
        elif key in seen:
            problems.append(
                Problem(figure.line, f"Jumlah penduduk {figure.code} diberikan dua kali. Hapus salah satunya.")
            )
        elif len(figure.group) > 40:
            problems.append(Problem(figure.line, f"Nama kelompok “{figure.group[:40]}…” lebih dari 40 huruf."))
        seen.add(key)
    return list(dict.fromkeys(problems))
