"""A figure's parts by sex and by age."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from tumbuh.engines.disclosure.api import Protected
from tumbuh.indicators.api import AGE_GROUPS, Value
from tumbuh.web.indicators.figures import WORDS

SEX_WORDS: dict[str, Promise] = {"M": gettext_lazy("Laki-laki"), "F": gettext_lazy("Perempuan")}


@dataclass(frozen=True)
class Group:
    """A sex or an age group with its own share; `words` where it is hidden."""

    label: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    words: str | Promise


def label_parts(by: str) -> dict[str, str]:
    """The words for each sex or age group, in their usual order."""
    if by == "sex":
        return {sex: str(word) for sex, word in SEX_WORDS.items()}
    unit = gettext("bulan")
    return {age: f"{age.replace('-', '–')} {unit}" for age in AGE_GROUPS}


def group_by(values: Iterable[Value], by: str) -> list[Group]:
    """Exact figures by sex and age added up to one of the two (`sex`, `age_group`), in their usual order."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for value in values:
        pair = counts[getattr(value, by)]
        pair[0] += value.numerator
        pair[1] += value.denominator
    return [
        Group(label, *counts[part], Decimal(100) * counts[part][0] / counts[part][1], "")
        for part, label in label_parts(by).items()
        if part in counts
    ]


def group_protected(figures: Mapping[str, Protected], by: str) -> list[Group]:
    """The parts as the public may see them."""
    return [
        Group(label, figure.numerator, figure.denominator, figure.value, WORDS[figure.label])
        for part, label in label_parts(by).items()
        if (figure := figures.get(part)) is not None
    ]
