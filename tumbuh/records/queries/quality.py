"""How well a desa's month was measured, and its visits with what is odd about each: what a verifier looks at."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import numpy as np

from tumbuh.accounts.api import Scope, whole_country
from tumbuh.engines.anthropometry.api import GrowthFinding, compute_zscores, growth_findings, quality_statistics
from tumbuh.records.models import ChildMonth, Measurement, Person
from tumbuh.records.rules.nearness import Entry, find_near

LOOK_BACK_DAYS = 366
MODES = {"": 0, "L": 1, "H": 2}
SEXES = {"M": 1, "F": 2}


@dataclass(frozen=True)
class Quality:
    """Of one desa's month. Scores are 0 to 100, None where there is nothing to tell.

    `weight_preference` and `length_preference`: 0 when last digits are evenly spread, 100 when all are alike.
    """

    registered: int
    measured: int
    flagged: int
    missing_weight: int
    missing_length: int
    findings: int
    weight_preference: float | None
    length_preference: float | None
    haz_sd: float | None
    whz_sd: float | None


@dataclass(frozen=True)
class Visit:
    """A measurement of the month with the child's visit before it (or None) and what is odd about it."""

    measurement: Measurement
    before: Measurement | None
    findings: GrowthFinding

    @property
    def is_flagged(self) -> bool:
        return is_flagged(self.measurement)

    @property
    def is_odd(self) -> bool:
        return self.is_flagged or bool(self.findings)


def is_flagged(visit: Measurement) -> bool:
    """Whether WHO's rules call any of its z-scores implausible."""
    return visit.haz_flag or visit.waz_flag or visit.whz_flag or visit.baz_flag


def list_month_visits(scope: Scope, desa_id: int, month: date) -> list[Visit]:
    """The month's measurements in a desa in scope, by child; one query. Each is compared with the year before."""
    seen = list_series(scope, desa_id, month)
    found = find_oddities(seen)
    return [
        Visit(visit, seen[at - 1] if at and seen[at - 1].person_id == visit.person_id else None, GrowthFinding(bits))
        for at, (visit, bits) in enumerate(zip(seen, found, strict=True))
        if visit.month == month and visit.desa_id == desa_id
    ]


def list_series(scope: Scope, desa_id: int, month: date) -> list[Measurement]:
    """Every measurement up to the month, a year back, of the children measured there in the month."""
    if not scope.contains(desa_id):
        return []
    people = Measurement.objects.filter(desa_id=desa_id, month=month).values("person_id")
    since = date.fromordinal(month.toordinal() - LOOK_BACK_DAYS)
    held = Measurement.objects.filter(scope.q("desa_id"), person_id__in=people, month__lte=month, month__gte=since)
    return list(held.select_related("person").order_by("person_id", "measured_on"))


def find_oddities(visits: list[Measurement]) -> list[int]:
    """Bits of `GrowthFinding` for each of the visits, sorted by child and day."""
    if not visits:
        return []
    found = growth_findings(
        [visit.person_id for visit in visits],
        [np.datetime64(visit.measured_on) for visit in visits],
        [visit.age_days for visit in visits],
        to_floats(visit.weight_kg for visit in visits),
        to_floats(visit.lenhei_corrected_cm for visit in visits),
    )
    return [int(bits) for bits in found]


def to_floats(values: Any) -> list[float]:
    """Numbers, NaN for None."""
    return [float("nan") if value is None else float(value) for value in values]


def read_quality(scope: Scope, desa_id: int, month: date, visits: list[Visit]) -> Quality:
    """The quality of the month whose visits `list_month_visits` gave; one query."""
    months = ChildMonth.objects.filter(scope.q("desa_id"), desa_id=desa_id, month=month)
    with whole_country("counts behind a figure"):  # the months of the register are the whole country's
        weighed = Counter(months.values_list("is_weighed", flat=True))
    taken = [visit.measurement for visit in visits]
    return Quality(
        registered=weighed.total(),
        measured=weighed[True],
        flagged=sum(visit.is_flagged for visit in visits),
        missing_weight=sum(visit.weight_kg is None for visit in taken),
        missing_length=sum(visit.lenhei_cm is None for visit in taken),
        findings=sum(bool(visit.findings) for visit in visits),
        **describe_measuring(taken),
    )


def describe_measuring(taken: list[Measurement]) -> dict[str, float | None]:
    """Digit preference and spread of the visits; None where there are too few to tell."""
    if not taken:
        return dict.fromkeys(("weight_preference", "length_preference", "haz_sd", "whz_sd"))
    ages = [visit.age_days for visit in taken]
    weights, lengths = (to_floats(getattr(visit, name) for visit in taken) for name in ("weight_kg", "lenhei_cm"))
    scores = compute_zscores(
        [SEXES[visit.person.sex] for visit in taken], ages, weights, lengths, [MODES[visit.mode] for visit in taken],
        [visit.oedema for visit in taken], indicators=("haz", "waz", "whz"),
    )  # fmt: skip
    found = quality_statistics(np.zeros(len(taken), int), ages, weights, lengths, scores)
    values = {
        "weight_preference": found.digit_preference["weight_kg"][0],
        "length_preference": found.digit_preference["lenhei_cm"][0],
        "haz_sd": found.z_sd["haz"][0],
        "whz_sd": found.z_sd["whz"][0],
    }
    return {name: None if isnan(value) else round(float(value), 2) for name, value in values.items()}


def count_duplicates(scope: Scope, desa_id: int) -> int:
    """Children of the desa who look like another one written twice: same birth date and sex, near names, no two NIK."""
    people = Person.objects.filter(scope.q("desa_id"), desa_id=desa_id, left_on__isnull=True)
    rows = people.values_list("pk", "birth_date", "sex", "name_key", "nik_index")
    return len(find_near(Entry(key, (birth, sex), name, nik, False, 1) for key, birth, sex, name, nik in rows))
