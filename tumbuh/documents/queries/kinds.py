"""The kinds of documents that the definitions know."""

from functools import cache

import yaml
from django.conf import settings

from tumbuh.documents.rules import Kind, parse_kinds


@cache
def list_kinds() -> dict[str, Kind]:
    """Code → kind, in the order of definitions/documents/kinds.yaml."""
    return parse_kinds(yaml.safe_load((settings.DEFINITIONS / "documents/kinds.yaml").read_text(encoding="utf-8")))


def name_kind(code: str) -> str:
    """The kind's label in the reader's language; its code where it is not defined any more."""
    kind = list_kinds().get(code)
    return kind.name if kind else code
