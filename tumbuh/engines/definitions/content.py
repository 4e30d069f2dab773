"""Pieces that every definition has, and the checks on a file's content (as YAML gives it)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tumbuh.engines.definitions.errors import DefinitionError


@dataclass(frozen=True)
class Text:
    """The same words in Indonesian (`id`) and English (`en`)."""

    id: str
    en: str


@dataclass(frozen=True)
class Source:
    """A document the definition rests on. `is_uncertain` marks what was not read in the document itself."""

    document: str
    article: str
    is_uncertain: bool
    note: str
    dated: date | None = None


def read_yaml(path: Path) -> object:
    """The file's content; DefinitionError if it is no YAML."""
    try:
        content: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DefinitionError(f"{path.name}: not readable as YAML: {error}") from error
    return content


def check_keys(
    content: object, keys: Mapping[str, type], place: str, optional: Mapping[str, type] | None = None
) -> dict[str, Any]:
    """The content as a dict with exactly these keys and types; those of `optional` may be left out."""
    optional = optional or {}
    every = {**keys, **optional}
    if not isinstance(content, dict):
        raise DefinitionError(f"{place}: expected keys {', '.join(every)}")
    missing, unknown = sorted(set(keys) - set(content)), sorted(map(str, set(content) - set(every)))
    if missing:
        raise DefinitionError(f"{place}: {missing[0]} is missing")
    if unknown:
        raise DefinitionError(f"{place}: {unknown[0]} is not a known key; there are {', '.join(every)}")
    for key, value in content.items():
        if type(value) is not every[key]:
            raise DefinitionError(f"{place}: {key}: expected {every[key].__name__}, found {value!r}")
    return content


def check_choice(value: object, choices: Collection[str], place: str) -> None:
    if value not in choices:
        raise DefinitionError(f"{place}: {value!r} is not one of {', '.join(choices)}")


def parse_text(content: object, place: str) -> Text:
    data = check_keys(content, {"id": str, "en": str}, place)
    return Text(id=data["id"], en=data["en"])


def parse_source(content: object, place: str) -> Source:
    keys = {"document": str, "article": str, "uncertain": bool, "note": str}
    data = check_keys(content, keys, place, {"dated": date})
    return Source(data["document"], data["article"], data["uncertain"], data["note"], data.get("dated"))
