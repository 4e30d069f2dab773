"""Barriers that were noted, the kinds there are, and concluded analyses."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings

from tumbuh.programme.models import Barrier, SituationAnalysis
from tumbuh.programme.rules.situation import BarrierKinds, find_kinds, parse_kinds
from tumbuh.regions.api import Region


@cache
def read_kinds() -> list[BarrierKinds]:
    """The versions of definitions/programme/barriers.yaml, the newest first."""
    path = settings.DEFINITIONS / "programme/barriers.yaml"
    return parse_kinds(yaml.safe_load(path.read_text(encoding="utf-8")))


def get_kinds(year: int) -> BarrierKinds:
    return find_kinds(read_kinds(), year)


def list_barriers(region: Region, year: int) -> list[Barrier]:
    """Every barrier noted for the region and year, those that ended too, the oldest first; one query."""
    return list(Barrier.objects.filter(region=region, year=year).select_related("institution", "noted_by"))


def list_analyses(region: Region) -> list[SituationAnalysis]:
    """Every conclusion of the region, the newest first, those that were reopened too; one query."""
    return list(SituationAnalysis.objects.filter(region=region).select_related("concluded_by", "reopened_by"))


def write_barrier(barrier: Barrier) -> dict[str, Any]:
    """A barrier as a concluded analysis keeps it."""
    return {
        "key": f"{barrier.target_group}/{barrier.service}",
        "kind": barrier.kind,
        "text": barrier.text,
        "evidence": barrier.evidence,
        "proposal": barrier.proposal,
        "institution": barrier.institution.name if barrier.institution else "",
    }
