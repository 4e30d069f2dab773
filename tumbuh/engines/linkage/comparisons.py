"""What is compared, and the levels of agreement of each, the closest first: in SQL for millions of pairs, and in Python
for one. A test asks both on random pairs. A level that nothing else meets is `OTHER`; unknown on a side says nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tumbuh.engines.linkage.distance import count_changes

Row = Mapping[str, Any]
OTHER, UNKNOWN = "other", "unknown"


@dataclass(frozen=True)
class Level:
    """`code` is stable and is what reasons are told by; `sql` has columns with _l and _r."""

    code: str
    sql: str
    holds: Callable[[Row, Row], bool]


@dataclass(frozen=True)
class Comparison:
    """`column`: unknown where it is null on either side. `is_weighed`: agreeing on a rare value says more."""

    code: str
    column: str
    levels: tuple[Level, ...]
    is_weighed: bool = False

    def find_level(self, one: Row, other: Row) -> str:
        if one[self.column] is None or other[self.column] is None:
            return UNKNOWN
        return next((level.code for level in self.levels if level.holds(one, other)), OTHER)


def same(column: str) -> Level:
    return Level("same", f"{column}_l = {column}_r", lambda one, other: bool(one[column] == other[column]))


def within(code: str, limit: int) -> Level:
    """Few letters of the sound changed; a short name bears fewer changes."""
    return Level(
        code,
        f"least(length(sound_l), length(sound_r)) >= {limit * 4} AND abs(length(sound_l) - length(sound_r)) <= {limit} "
        f"AND damerau_levenshtein(sound_l, sound_r) <= {limit}",
        lambda one, other: (
            min(len(one["sound"]), len(other["sound"])) >= limit * 4
            and count_changes(one["sound"], other["sound"]) <= limit
        ),
    )


def same_words(words: str, sound: str) -> Level:
    return Level(
        "sound",
        f"{sound}_l = {sound}_r OR {words}_l = {words}_r",
        lambda one, other: bool(one[sound] == other[sound] or one[words] == other[words]),
    )


def part(words: str) -> Level:
    """All telling words of one stand in the other."""
    return Level(
        "part",
        f"list_has_all({words}_l, {words}_r) OR list_has_all({words}_r, {words}_l)",
        lambda one, other: set(one[words]) <= set(other[words]) or set(other[words]) <= set(one[words]),
    )


def shared(words: str) -> Level:
    return Level(
        "shared",
        f"list_has_any({words}_l, {words}_r)",
        lambda one, other: not set(one[words]).isdisjoint(other[words]),
    )


def near_mother(one: Row, other: Row) -> bool:
    sounds = one["mother_sound"], other["mother_sound"]
    return min(map(len, sounds)) >= 4 and count_changes(*sounds) <= 1 + (min(map(len, sounds)) >= 8)


def days_between(one: Row, other: Row) -> int:
    return abs(int((one["birth"] - other["birth"]).days))


NAME = Comparison(
    "name",
    "sound",
    (
        same("name"),
        same_words("words", "sound"),
        within("letter", 1),
        part("words"),
        within("letters", 2),
        shared("words"),
    ),
    is_weighed=True,
)
BIRTH = Comparison(
    "birth",
    "birth",
    (
        same("birth"),
        Level("swapped", "swapped_l = birth_r", lambda one, other: bool(one["swapped"] == other["birth"])),
        Level(
            "year",
            "day(birth_l) = day(birth_r) AND month(birth_l) = month(birth_r)",
            lambda one, other: bool(
                (one["birth"].day, one["birth"].month) == (other["birth"].day, other["birth"].month)
            ),
        ),
        Level("days", "abs(birth_l - birth_r) <= 2", lambda one, other: days_between(one, other) <= 2),
        Level(
            "digit",
            "hamming(strftime(birth_l, '%Y%m%d'), strftime(birth_r, '%Y%m%d')) = 1",
            lambda one, other: (
                sum(a != b for a, b in zip(f"{one['birth']:%Y%m%d}", f"{other['birth']:%Y%m%d}", strict=True)) == 1
            ),
        ),
        Level(
            "month",
            "date_trunc('month', birth_l) = date_trunc('month', birth_r)",
            lambda one, other: bool(
                (one["birth"].year, one["birth"].month) == (other["birth"].year, other["birth"].month)
            ),
        ),
        Level("season", "abs(birth_l - birth_r) < 270", lambda one, other: days_between(one, other) < 270),
    ),
)
MOTHER = Comparison(
    "mother",
    "mother_sound",
    (
        same("mother"),
        same_words("mother_words", "mother_sound"),
        part("mother_words"),
        Level(
            "letters",
            "least(length(mother_sound_l), length(mother_sound_r)) >= 4 AND abs(length(mother_sound_l) - "
            "length(mother_sound_r)) <= 2 AND damerau_levenshtein(mother_sound_l, "
            "mother_sound_r) <= 1 + (least(length(mother_sound_l), length(mother_sound_r)) >= 8)::int",
            near_mother,
        ),
        shared("mother_words"),
    ),
)
NIK = Comparison(
    "nik",
    "nik",
    (
        same("nik"),
        # Everybody born that day in that place has the same first twelve digits: twins differ in the serial only.
        Level(
            "serial", "left(nik_l, 12) = left(nik_r, 12)", lambda one, other: bool(one["nik"][:12] == other["nik"][:12])
        ),
        Level(
            "digits",
            "damerau_levenshtein(nik_l, nik_r) <= 2",
            lambda one, other: count_changes(one["nik"], other["nik"]) <= 2,
        ),
    ),
)
PLACE = Comparison(
    "place",
    "desa",
    (
        Level(
            "posyandu", "posyandu_l = posyandu_r", lambda one, other: one["posyandu"] == other["posyandu"] is not None
        ),
        Level("desa", "desa_l = desa_r", lambda one, other: bool(one["desa"] == other["desa"])),
        Level(
            "kecamatan",
            "desa_l // 10000 = desa_r // 10000",
            lambda one, other: one["desa"] // 10**4 == other["desa"] // 10**4,
        ),
        Level(
            "kabupaten",
            "desa_l // 1000000 = desa_r // 1000000",
            lambda one, other: one["desa"] // 10**6 == other["desa"] // 10**6,
        ),
    ),
)
GRAMS = Comparison(
    "grams",
    "grams",
    (
        same("grams"),
        Level("close", "abs(grams_l - grams_r) <= 100", lambda one, other: abs(one["grams"] - other["grams"]) <= 100),
    ),
)
COMPARISONS = (
    NAME,
    BIRTH,
    Comparison("sex", "sex", (same("sex"),)),
    MOTHER,
    NIK,
    Comparison("household", "household", (same("household"),)),
    PLACE,
    Comparison("birth_order", "birth_order", (same("birth_order"),)),
    GRAMS,
)
# Pairs that are compared at all: any of these holds. Together they find nearly every double and few others.
BLOCKING = (
    "l.nik = r.nik",
    "l.birth = r.birth AND l.desa = r.desa",
    "l.birth = r.birth AND l.mother_sound = r.mother_sound",
    "l.birth = r.birth AND l.first = r.first",
    "l.birth = r.birth AND l.last = r.last",
    "l.swapped = r.birth AND l.desa = r.desa",
    "l.swapped = r.birth AND l.first = r.first",
    "l.household = r.household AND l.sex = r.sex",
    "l.sound = r.sound AND l.desa = r.desa",
    "l.sound = r.sound AND l.mother_sound = r.mother_sound",
    "l.mother_sound = r.mother_sound AND l.first = r.first AND l.desa // 10000 = r.desa // 10000",
    "l.mother_sound = r.mother_sound AND l.last = r.last AND l.desa // 10000 = r.desa // 10000",
    "l.mother_sound = r.mother_sound AND l.sex = r.sex AND l.desa = r.desa",
)
