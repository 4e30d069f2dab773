"""The report's sections and days, and the codes of indicators, from the definitions."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from tumbuh.partners.rules import DueRule, Section


@cache
def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def list_sections() -> list[Section]:
    """The sections of the standard report, in order."""
    return [Section(**row) for row in _read(Path(settings.DEFINITIONS) / "partners/report.yaml")["sections"]]


def list_due_rules() -> list[DueRule]:
    """Until when it is due, by day of validity."""
    return [DueRule(**row) for row in _read(Path(settings.DEFINITIONS) / "partners/report.yaml")["due"]]


def list_indicators() -> dict[str, dict[str, str]]:
    """Code → title by language of each indicator that a finding can improve."""
    found = [_read(path) for path in sorted((Path(settings.DEFINITIONS) / "indicators").glob("*.yaml"))]
    return {one["code"]: one["title"] for one in sorted(found, key=lambda one: one["order"])}
