"""Suggestions: short documents against every output of the annex, and what must always hold."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.architecture.house import ROOT
from tumbuh.engines.suggestion.api import suggest
from tumbuh.engines.suggestion.words import stem

TEXTS = yaml.safe_load((Path(__file__).parent / "texts.yaml").read_text(encoding="utf-8"))


def read_outputs() -> list[tuple[str, str]]:
    """(id, words) of all outputs, their instruments' words beside their own."""
    found = []
    for path in sorted((ROOT / "regulations").glob("*/pillars/*.yaml")):
        for strategy in yaml.safe_load(path.read_text(encoding="utf-8"))["strategies"]:
            for instrument in strategy["instruments"]:
                found += [(output["id"], output["text"]) for output in instrument["outputs"]]
    return found


OUTPUTS = read_outputs()


def test_all_outputs_are_candidates():
    assert len(OUTPUTS) == 107


CLOSE = [case for case in TEXTS if not case.get("is_loose")]
LOOSE = [case for case in TEXTS if case.get("is_loose")]


@pytest.mark.parametrize("case", CLOSE, ids=lambda case: case["name"])
def test_short_documents(case):
    found = suggest(case["text"], OUTPUTS)
    keys = [one.key for one in found]
    assert keys[:1] == [] if not case["best"] else keys[0] in case["best"], keys
    for one in found:
        assert 0 < one.score <= 1 and one.passage and one.passage in " ".join(case["text"].split("\n"))
        assert one.words


def measure(cases) -> tuple[float, float]:
    """Shares: texts whose first suggestion is right, and suggestions that a reader would name too."""
    firsts = right = suggested = 0
    for case in cases:
        keys = [one.key for one in suggest(case["text"], OUTPUTS)]
        firsts += keys[:1] == [] if not case["best"] else keys[:1] != [] and keys[0] in case["best"]
        right += sum(key in case["expected"] for key in keys)
        suggested += len(keys)
    return firsts / len(cases), right / max(suggested, 1)


def test_precision_where_the_annex_is_quoted():
    assert len(CLOSE) == 12 and measure(CLOSE) == (1.0, 1.0)


def test_precision_where_offices_use_their_own_words():
    firsts, precision = measure(LOOSE)
    assert len(LOOSE) == 14 and firsts >= 0.9 and precision >= 0.9, (firsts, precision)


@pytest.mark.parametrize(
    ("word", "same"),
    [("penganggaran", "anggaran"), ("dianggarkan", "anggaran"), ("pemantauan", "memantau"), ("menyusun", "tersusunnya"),
     ("pelatihan", "latihan"), ("terselenggaranya", "menyelenggarakan"), ("desa", "desa")],
)  # fmt: skip
def test_one_stem(word, same):
    assert stem(word) == stem(same)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.lists(st.tuples(st.text(max_size=5), st.text(max_size=60)), max_size=6))
def test_whatever_comes_the_answer_is_the_same_twice(text, candidates):
    found = suggest(text, candidates)
    assert found == suggest(text, candidates)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_description_itself_is_suggested_first():
    for key, words in OUTPUTS:
        assert suggest(words, OUTPUTS)[0].key == key
