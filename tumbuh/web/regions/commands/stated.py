"""What the loaded regulations say of the regions: their province, and how many units they name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


def iterate_regulations() -> Iterator[dict[str, Any]]:
    """The content of every readable `regulations/*/regulation.yaml`."""
    for path in sorted(Path(settings.REGULATIONS).glob("*/regulation.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(content, dict):
            yield content


def list_province_codes() -> list[str]:
    """The provinces that have a regulation."""
    codes = (content.get("province_code") for content in iterate_regulations())
    return list(dict.fromkeys(str(code) for code in codes if code))


def list_stated_counts() -> list[tuple[str, str, dict[str, int]]]:
    """(province code, regulation's title, counts as it states them) of regulations that state any."""
    found = []
    for content in iterate_regulations():
        stated = content.get("stated_counts")
        if content.get("province_code") and isinstance(stated, dict):
            numbers = {str(name): number for name, number in stated.items() if isinstance(number, int)}
            title = content.get("short_title") or content.get("title") or "peraturan"
            found.append((str(content["province_code"]), str(title), numbers))
    return found
