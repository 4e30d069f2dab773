"""Survey instruments with versioned questions, and what their counts say of exposure and understanding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tumbuh.activities.errors import SurveyError
from tumbuh.activities.rules.kinds import pick_words
from tumbuh.engines.proportions.api import Interval, newcombe_difference, wilson_interval

MOST_PEOPLE = 10_000_000


@dataclass(frozen=True)
class Question:
    """One question; its count is how many respondents answered it with yes, or rightly."""

    key: str
    label_id: str
    label_en: str

    @property
    def label(self) -> str:
        return pick_words(self.label_id, self.label_en)


@dataclass(frozen=True)
class Instrument:
    """A version of a questionnaire; the questions named by `exposure` and `understanding` are the indicators."""

    code: str
    version: int
    valid_from: date
    label_id: str
    label_en: str
    exposure: str
    understanding: str
    questions: tuple[Question, ...]

    @property
    def label(self) -> str:
        return pick_words(self.label_id, self.label_en)

    @property
    def key(self) -> str:
        return f"{self.code}-{self.version}"


@dataclass(frozen=True)
class Outcome:
    """An indicator before and after, with 95 % intervals; None where there was no survey."""

    name: str
    before: Interval | None
    after: Interval | None
    change: Interval | None


def parse_instruments(raw: dict[str, Any]) -> dict[str, Instrument]:
    """The instruments of the definition by key, in its order."""
    found = {}
    for row in raw["instruments"]:
        questions = tuple(Question(each["key"], each["id"], each["en"]) for each in row["questions"])
        one = Instrument(
            row["code"], row["version"], row["valid_from"], row["id"], row["en"], row["exposure"], row["understanding"],
            questions,
        )  # fmt: skip
        if not {one.exposure, one.understanding} <= {question.key for question in questions}:
            raise ValueError(f"{one.key}: its indicators are no questions of it.")
        found[one.key] = one
    return found


def check_counts(instrument: Instrument, respondents: int, counts: Mapping[str, int]) -> None:
    """Raises SurveyError unless every question has a count between 0 and the number of respondents."""
    if not 0 < respondents <= MOST_PEOPLE:
        raise SurveyError(_("Jumlah responden tidak masuk akal. Tulis berapa orang yang ditanya, paling sedikit 1."))
    if set(counts) != {question.key for question in instrument.questions}:
        raise SurveyError(_("Ada pertanyaan tanpa jawaban. Isi jumlah untuk setiap pertanyaan, 0 bila tidak ada."))
    for number, question in enumerate(instrument.questions, 1):
        if not 0 <= counts[question.key] <= respondents:
            words = _("Jumlah pada pertanyaan %(number)d lebih dari jumlah responden atau kurang dari 0. Periksa lagi.")
            raise SurveyError(words % {"number": number})


def compare(
    name: str, key: str, pre: tuple[int, Mapping[str, int]] | None, post: tuple[int, Mapping[str, int]] | None
) -> Outcome:
    """One question's share in two waves, each (respondents, counts) or None, and the change between them."""
    waves = [(wave[1][key], wave[0]) if wave else None for wave in (pre, post)]
    before, after = (wilson_interval(*wave) if wave else None for wave in waves)
    change = newcombe_difference(*waves[1], *waves[0]) if waves[0] and waves[1] else None
    return Outcome(name, before, after, change)
