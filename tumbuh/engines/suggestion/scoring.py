"""How well a text fits each of some descriptions, and the passage that says so."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tumbuh.engines.suggestion.words import list_features

SENTENCE = re.compile(r"(?<=[.;:!?])\s+|\n+")
WINDOW = 2  # sentences looked at together
MOST_SENTENCES = 4_000
LONGEST_PASSAGE = 400
SHARE_OF_PASSAGE = 0.7  # the rest of the score is what the whole text covers
HEAD_SENTENCES = 3
HEAD_BONUS = 1.25  # a text says in its first sentences what it is
LEAST_SCORE = 0.18
LEAST_OF_BEST = 0.70
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A description that the text may serve: `score` from 0 to 1, the passage, and the words both share."""

    key: str
    score: float
    passage: str
    words: tuple[str, ...]


def suggest(text: str, candidates: Iterable[tuple[str, str]], *, limit: int = 5) -> list[Suggestion]:
    """The candidates (key, words) that the text fits, the best first; empty when none fits well enough."""
    described = {key: frozenset(list_features(words)) for key, words in candidates}
    weights = weigh(described)
    sentences = [part.strip() for part in SENTENCE.split(text) if part.strip()][:MOST_SENTENCES]
    windows = [" ".join(sentences[at : at + WINDOW]) for at in range(len(sentences))]
    found = [frozenset(list_features(window)) & weights.keys() for window in windows]
    whole = frozenset().union(*found)
    owners = list_owners(described)
    best = find_best_windows(found, weights, owners)
    covered = sum_weights(whole, weights, owners)
    scored = []
    for key, features in described.items():
        total = sum(weights[feature] for feature in sorted(features)) or 1.0
        share, at = best.get(key, (0.0, 0))
        points = SHARE_OF_PASSAGE * min(1.0, share / total) + (1 - SHARE_OF_PASSAGE) * covered.get(key, 0.0) / total
        if points >= LEAST_SCORE:
            shared = sorted(features & found[at], key=lambda feature: (-weights[feature], feature))
            passage = windows[at][:LONGEST_PASSAGE]
            scored.append(Suggestion(key, round(points, 4), passage, tuple(shared[:MOST_WORDS])))
    scored.sort(key=lambda one: (-one.score, one.key))
    return [one for one in scored[:limit] if one.score >= LEAST_OF_BEST * scored[0].score]


def weigh(described: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Feature → weight: rare among the descriptions is heavy, common is light."""
    common = Counter(feature for features in described.values() for feature in features)
    return {feature: math.log((len(described) + 1) / count) for feature, count in common.items()}


def list_owners(described: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Feature → the keys whose description has it."""
    owners = defaultdict(list)
    for key, features in described.items():
        for feature in features:
            owners[feature].append(key)
    return owners


def sum_weights(
    have: frozenset[str], weights: Mapping[str, float], owners: Mapping[str, list[str]]
) -> dict[str, float]:
    """Key → the weight of its features that are there."""
    sums: dict[str, float] = defaultdict(float)
    for feature in sorted(have):
        for key in owners[feature]:
            sums[key] += weights[feature]
    return sums


def find_best_windows(
    found: Sequence[frozenset[str]], weights: Mapping[str, float], owners: Mapping[str, list[str]]
) -> dict[str, tuple[float, int]]:
    """Key → the weight that its best window covers, and which that is; the first of equal ones."""
    best: dict[str, tuple[float, int]] = {}
    for number, have in enumerate(found):
        bonus = HEAD_BONUS if number < HEAD_SENTENCES else 1.0
        for key, weight in sum_weights(have, weights, owners).items():
            if weight * bonus > best.get(key, (0.0, 0))[0]:
                best[key] = (weight * bonus, number)
    return best
