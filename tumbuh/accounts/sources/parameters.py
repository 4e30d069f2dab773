"""How long an invitation lasts."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


def get_lifetime(day: date) -> timedelta:
    """As `definitions/parameters/invitation.yaml` has it on that day; before the first, the first."""
    values = _read(Path(settings.DEFINITIONS) / "parameters" / "invitation.yaml")["values"]
    held = [value for value in values if value["valid_from"] <= day] or values[:1]
    return timedelta(days=max(held, key=lambda value: value["valid_from"])["days"])


@cache
def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
