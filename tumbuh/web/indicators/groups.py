"""A figure's parts by sex and by age."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from tumbuh.engines.disclosure.api import Protected, protect
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


def make_group(label: str, numerator: int, denominator: int, *, is_exact: bool) -> Group:
    """The group as it is, or as the public may see it."""
    figure: Protected = protect(numerator, denominator)
    if is_exact and denominator:
        return Group(label, numerator, denominator, Decimal(100) * numerator / denominator, "")
    return Group(label, figure.numerator, figure.denominator, figure.value, WORDS[figure.label])


def group_by(values: Iterable[Value], field: str, *, is_exact: bool) -> list[Group]:
    """Figures by sex and age added up to one of the two (`sex`, `age_group`), in their usual order."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for value in values:
        pair = counts[getattr(value, field)]
        pair[0] += value.numerator
        pair[1] += value.denominator
    unit = gettext("bulan")
    ages = {age: f"{age.replace('-', '–')} {unit}" for age in AGE_GROUPS}
    labels = {key: str(word) for key, word in SEX_WORDS.items()} if field == "sex" else ages
    return [make_group(word, *counts[key], is_exact=is_exact) for key, word in labels.items() if key in counts]
