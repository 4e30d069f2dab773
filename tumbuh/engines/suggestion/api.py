"""The door of the suggestion engine: `suggest(text, [(key, words), …])` gives the keys that fit, with passages."""

from tumbuh.engines.suggestion.scoring import Suggestion, suggest

__all__ = ["Suggestion", "suggest"]
