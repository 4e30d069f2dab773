"""Which outputs and duties a document or activity may serve, by its own words; a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from tumbuh.engines.suggestion.api import suggest
from tumbuh.web.programme.things import Thing

MOST = 5
LONGEST = 200_000  # characters; what comes later in a text rarely says what it is


@dataclass(frozen=True)
class Suggestion:
    """An output or duty that the thing may serve, and the passage that says so."""

    code: str
    text: str
    passage: str


def suggest_clauses(thing: Thing, texts: Mapping[str, str]) -> list[Suggestion]:
    """The likeliest outputs and duties first; none where the thing's words fit none well enough."""
    words = f"{thing.kind_name}. {thing.text}"[:LONGEST]
    return [Suggestion(one.key, texts[one.key], one.passage) for one in suggest(words, texts.items(), limit=MOST)]
