"""Kinds of documents: data of `definitions/documents/kinds.yaml`, read into plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from tumbuh.regions.api import Level


@dataclass(frozen=True)
class Kind:
    """What a document is. `is_yearly`: it serves one year; `is_legal`: it has a number and a date; `is_open`: such
    documents are usually published."""

    code: str
    label: str
    label_en: str
    description: str
    levels: frozenset[Level]
    is_yearly: bool
    is_legal: bool
    is_open: bool

    @property
    def name(self) -> str:
        """The label in the reader's language."""
        return self.label_en if (get_language() or "id").startswith("en") else self.label


def parse_kinds(content: Mapping[str, Any]) -> dict[str, Kind]:
    """Code → kind, in the order of the file; KeyError or TypeError for a file that is not written so."""
    kinds = {}
    for code, entry in content["kinds"].items():
        if code != code.upper() or not code.replace("_", "").isalnum():
            raise ValueError(f"{code}: codes are English capitals")
        levels = frozenset(Level[name] for name in entry["levels"])
        kinds[code] = Kind(code, **{**entry, "levels": levels})
    return kinds
