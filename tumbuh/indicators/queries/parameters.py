"""The rules of protection in force."""

from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from tumbuh.engines.disclosure.api import Parameters


@cache
def load_values() -> list[dict[str, Any]]:
    content: dict[str, Any] = yaml.safe_load((settings.DEFINITIONS / "parameters/disclosure.yaml").read_text())
    values: list[dict[str, Any]] = content["values"]
    return values


def load_parameters(month: date) -> Parameters:
    """The rules of protection in force in a month; before the first, the first."""
    valid = [entry for entry in load_values() if entry["valid_from"] <= month] or load_values()[:1]
    newest = max(valid, key=lambda entry: entry["valid_from"])
    return Parameters(newest["threshold"], newest["base"], newest["rate_minimum"])
