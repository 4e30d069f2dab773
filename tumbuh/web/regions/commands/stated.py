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
    """(province code, regulation's title, level in the regulation's words → count) of regulations that state any."""
    found = []
    for content in iterate_regulations():
        stated = content.get("stated_counts")
        rows = [row for row in stated if isinstance(row, dict)] if isinstance(stated, list) else []
        numbers = {str(row.get("level")): row["count"] for row in rows if isinstance(row.get("count"), int)}
        if content.get("province_code") and numbers:
            found.append((str(content["province_code"]), write_title(content), numbers))
    return found


def write_title(content: dict[str, Any]) -> str:
    """The regulation's type, number and year, or its title."""
    parts = [str(content[name]) for name in ("type", "number", "year") if content.get(name)]
    return f"{parts[0]} {'/'.join(parts[1:])}" if len(parts) == 3 else str(content.get("title") or "Peraturan")
