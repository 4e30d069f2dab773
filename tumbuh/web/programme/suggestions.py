"""Which outputs a document may serve, by its own words; a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from tumbuh.web.programme.things import Thing

MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """An output or duty that the thing may serve, and the passage that says so."""

    code: str
    text: str
    passage: str


def suggest_clauses(thing: Thing, texts: Mapping[str, str]) -> list[Suggestion]:
    """The likeliest outputs and duties first; none without words."""
    return []
