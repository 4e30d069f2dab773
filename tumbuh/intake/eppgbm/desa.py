"""Which desa or kelurahan a row means: names against the list of regions, in the place they are said to be."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tumbuh.engines.linkage.api import edit_distance
from tumbuh.intake.eppgbm.fields import get_labels
from tumbuh.intake.eppgbm.reasons import Reason, make_reason
from tumbuh.intake.eppgbm.texts import is_nothing

SIGNS = re.compile(r"[^a-z0-9]+")
PREFIXES = frozenset(
    (
        "desa",
        "ds",
        "kelurahan",
        "kel",
        "kecamatan",
        "kec",
        "distrik",
        "kabupaten",
        "kab",
        "provinsi",
        "prov",
        "propinsi",
    )
)
KELURAHAN = frozenset(("kelurahan", "kel"))
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
CODE = re.compile(r"\d{2}\.?\d{2}\.?\d{2}\.?\d{4}")
SUGGESTIONS = 3
FARTHEST = 4
CACHED = 50_000


class Place(NamedTuple):
    """A desa or kelurahan of our list; `kind` as regions has it (DESA, KELURAHAN, …)."""

    id: int
    name: str
    kind: str
    kecamatan: str
    kabupaten: str
    provinsi: str = ""


class Match(NamedTuple):
    """The region's id (None: none or not sure), what there is to say (None: exact), the nearest names."""

    desa_id: int | None
    reason: Reason | None = None
    suggestions: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def fold_region(text: str) -> str:
    """Name without kind, case, blanks, signs; Roman numbers behind it as digits: "Ds. Suka Maju II" → "sukamaju2"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = SIGNS.sub(" ", plain).split()
    while len(words) > 1 and words[0] in PREFIXES:
        words.pop(0)
    return "".join(ROMAN.get(word, word) if position else word for position, word in enumerate(words))


class DesaIndex:
    """All places by kabupaten, kecamatan and folded name, with a memory of earlier answers."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        self.by_kecamatan: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self.kecamatan: dict[str, set[str]] = defaultdict(set)
        self.by_id = {place.id: place for place in self.places}
        self.names: dict[str, str] = {}
        for place in self.places:
            kabupaten, kecamatan = fold_region(place.kabupaten), fold_region(place.kecamatan)
            self.by_name[fold_region(place.name)].append(place)
            self.by_kecamatan[kabupaten, kecamatan].append(place)
            self.kecamatan[kabupaten].add(kecamatan)
            self.names[kecamatan] = place.kecamatan
        self.answers: dict[tuple[str, str, str, str], Match] = {}


def build_index(places: Iterable[Place]) -> DesaIndex:
    """The index for match_desa; build it once per import."""
    return DesaIndex(places)


def match_desa(provinsi: str, kabupaten: str, kecamatan: str, desa: str, index: DesaIndex) -> Match:
    """The place that the four texts of a row mean; equal texts are answered from memory.

    Exact in its kecamatan: no reason. Misspelt but the only near name there: a warning. Several possible, or only in
    another kecamatan: review. Nothing near, or no name at all: refused, with the nearest names.
    """
    texts = (provinsi, kabupaten, kecamatan, desa)
    answer = index.answers.get(texts)
    if answer is None:
        if len(index.answers) >= CACHED:
            index.answers.clear()
        answer = index.answers[texts] = find_match(kabupaten, kecamatan, desa, index)
    return answer


def find_match(kabupaten: str, kecamatan: str, desa: str, index: DesaIndex) -> Match:
    """match_desa without the memory."""
    folded = fold_region(desa)
    if is_nothing(desa.strip()) or not folded:
        return Match(None, say("DESA_MISSING", "", ()))
    if CODE.fullmatch(desa.strip()) and (place := index.by_id.get(int(desa.strip().replace(".", "")))):
        return Match(place.id)
    kabupatens = find_kabupatens(kabupaten, index)
    kecamatans, is_misspelt = find_kecamatans(kabupatens, kecamatan, index)
    here = [place for key in kecamatans for place in index.by_kecamatan[key]]
    exact = choose_kind([place for place in here if fold_region(place.name) == folded], desa)
    if len(exact) == 1:
        is_named = bool(kecamatans) and is_misspelt
        reason = say("KECAMATAN_MISSPELT", kecamatan, (exact[0].kecamatan,)) if is_named else None
        return Match(exact[0].id, reason)
    if exact:
        return make_ambiguous(desa, exact)
    wider = [place for place in index.by_name.get(folded, ()) if fold_region(place.kabupaten) in kabupatens]
    if kecamatan.strip() and wider:
        return make_review("DESA_OTHER_KECAMATAN", desa, wider)
    pool = here or [place for key in list_keys(kabupatens, index) for place in index.by_kecamatan[key]]
    return find_near(desa, folded, pool)


def find_near(desa: str, folded: str, pool: list[Place]) -> Match:
    """The only nearest place, several as near, or none near enough."""
    ranked = sorted((edit_distance(folded, fold_region(place.name), FARTHEST), place.name, place) for place in pool)
    allowed = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2 if len(folded) < 13 else 3
    best = [place for distance, _, place in ranked if distance == ranked[0][0] and distance <= allowed]
    if len(best) == 1:
        return Match(best[0].id, say("DESA_MISSPELT", desa, (describe(best[0]),)), (describe(best[0]),))
    if best:
        return make_ambiguous(desa, best)
    near = tuple(dict.fromkeys(describe(place) for distance, _, place in ranked if distance <= FARTHEST))[:SUGGESTIONS]
    return Match(None, say("DESA_UNKNOWN", desa, near), near)


def find_kabupatens(kabupaten: str, index: DesaIndex) -> set[str]:
    """Folded kabupaten that the text can mean; all when it says nothing or nothing like it exists."""
    folded = fold_region(kabupaten)
    if is_nothing(kabupaten.strip()) or not folded:
        return set(index.kecamatan)
    for choice in (folded, f"kota{folded}", folded.removeprefix("kota")):
        if choice in index.kecamatan:
            return {choice}
    return find_closest(folded, index.kecamatan) or set(index.kecamatan)


def find_kecamatans(kabupatens: set[str], kecamatan: str, index: DesaIndex) -> tuple[list[tuple[str, str]], bool]:
    """Keys of the kecamatan that the text can mean, and whether it was misspelt; all of them when it says nothing."""
    keys = list_keys(kabupatens, index)
    folded = fold_region(kecamatan)
    if is_nothing(kecamatan.strip()) or not folded:
        return keys, False
    exact = [key for key in keys if key[1] == folded]
    if exact:
        return exact, False
    closest = find_closest(folded, {key[1] for key in keys})
    return [key for key in keys if key[1] in closest], True


def list_keys(kabupatens: set[str], index: DesaIndex) -> list[tuple[str, str]]:
    """All (kabupaten, kecamatan) of these kabupaten, in a stable order."""
    return sorted((kabupaten, kecamatan) for kabupaten in kabupatens for kecamatan in index.kecamatan[kabupaten])


def find_closest(folded: str, names: Iterable[str]) -> set[str]:
    """The single nearest name within two changes, or nothing."""
    allowed = 1 if len(folded) < 8 else 2
    ranked = sorted((edit_distance(folded, name, allowed), name) for name in names)
    if not ranked or ranked[0][0] > allowed or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return set()
    return {ranked[0][1]}


def choose_kind(places: list[Place], desa: str) -> list[Place]:
    """Of a desa and a kelurahan of one name, those of the kind that the text names; all when it names none."""
    words = SIGNS.sub(" ", desa.lower()).split()
    if len(places) < 2 or words[0] not in PREFIXES:
        return places
    return [place for place in places if (place.kind == "KELURAHAN") == (words[0] in KELURAHAN)] or places


def make_ambiguous(desa: str, places: list[Place]) -> Match:
    """Review: it can mean more than one."""
    return make_review("DESA_AMBIGUOUS", desa, places)


def make_review(code: str, desa: str, places: list[Place]) -> Match:
    """No place yet, with the ones to choose from."""
    names = tuple(dict.fromkeys(describe(place) for place in places))[:SUGGESTIONS]
    return Match(None, say(code, desa, names), names)


def describe(place: Place) -> str:
    """Name with its kecamatan."""
    return f"{place.name} (Kec. {place.kecamatan.removeprefix('Kecamatan ')})"


def say(code: str, value: str, others: tuple[str, ...]) -> Reason:
    """The reason, on the column of the desa."""
    return make_reason(get_labels()["desa"], code, value=value, other=", ".join(others) or "–")
