"""What surveys say of a region: the lists published with the platform and what officials entered."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone

from tumbuh.engines.definitions.api import DefinitionError, Text
from tumbuh.indicators.errors import SurveyError
from tumbuh.indicators.models import SurveyResult
from tumbuh.indicators.rules.surveys import (
    SurveyDetails,
    SurveyEntry,
    check_survey,
    choose_current,
    parse_published,
)
from tumbuh.regions.api import Region

FIELDS = ("source", "year", "month", "value", "low", "high", "sample", "design_effect", "document", "link", "note")
Published = Mapping[tuple[str, str], list[SurveyEntry]]  # (indicator, region code) → entries


def load_published(folder: Path) -> Published:
    """All published lists of a folder; raises DefinitionError naming file and key."""
    found: dict[tuple[str, str], list[SurveyEntry]] = {}
    for path in sorted(folder.glob("*.yaml")):
        indicator, _source, entries = parse_published(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)
        for code, entry in entries.items():
            try:
                check_survey(entry.details, timezone.localdate())
            except SurveyError as error:
                raise DefinitionError(f"{path.name}: results: {code}: {error}") from error
            found.setdefault((indicator, code), []).append(entry)
    return found


@cache
def load_shipped_surveys() -> Published:
    return load_published(settings.DEFINITIONS / "surveys")


def list_surveys(region: Region, indicator: str) -> list[SurveyEntry]:
    """Every entry about the region, newest survey first; old and withdrawn rows stay but do not count. One query."""
    rows = SurveyResult.objects.filter(region=region, indicator=indicator).select_related("by").order_by("-pk")
    entered = [
        SurveyEntry(
            SurveyDetails(**{name: getattr(row, name) for name in FIELDS}),
            Text(row.note, row.note),
            is_uncertain=False,
            is_withdrawn=row.is_withdrawn,
            recorded_at=row.recorded_at,
            recorded_by=row.by.display_name,
        )
        for row in rows
    ]
    return choose_current([*entered, *load_shipped_surveys().get((indicator, region.code), [])])
