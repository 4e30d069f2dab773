"""Keeping the counts of measurement quality: those of the desa and months that changed, counted anew in the write."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from tumbuh.engines.anthropometry.api import get_parameters
from tumbuh.engines.measuring.api import count_visits
from tumbuh.indicators.models import MeasuringCount
from tumbuh.records.api import find_bits, read_visits

COPY = "COPY indicators_measuringcount (desa_id, posyandu_id, recorder_id, month, counts) FROM STDIN"
Key = tuple[int, int, int]  # desa, posyandu, recorder; 0 where not known


@dataclass(frozen=True)
class MeasuringDifference:
    """The counts of a posyandu's month as they are kept and as counting anew gives them; None where there are none."""

    desa_id: int
    posyandu_id: int
    recorder_id: int
    month: str
    kept: list[int] | None
    rebuilt: list[int] | None


def recount(wanted: Mapping[date, Collection[int]]) -> int:
    """Replace the counts of these months and desa; how many rows there are now. The caller holds the months' locks."""
    written = 0
    for month, desas in sorted(wanted.items()):
        counted = count_month(desas, month)
        MeasuringCount.objects.filter(month=month, desa_id__in=list(desas)).delete()
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            for (desa, posyandu, recorder), counts in counted.items():
                copy.write_row((desa, posyandu or None, recorder or None, month, counts))
        written += len(counted)
    return written


def count_month(desas: Collection[int], month: date) -> dict[Key, list[int]]:
    """The counts of a month for each desa, posyandu and recorder, from the visits themselves."""
    table = read_visits(desas, month)
    if not len(table.ids):
        return {}
    keys = np.stack([table.desas, table.posyandu, table.recorders], axis=1)
    groups, place = np.unique(keys, axis=0, return_inverse=True)
    within = get_parameters("measurement-quality", month)["copied_within_days"]
    counts = count_visits(place.ravel(), len(groups), table.visits, find_bits(table, month), within_days=within)
    return {
        (desa, posyandu, recorder): row
        for (desa, posyandu, recorder), row in zip(groups.tolist(), counts.tolist(), strict=True)
    }


def list_measuring_differences(months: Collection[date], desas: Collection[int]) -> list[MeasuringDifference]:
    """Where the kept counts are not what the visits give. Months are locked."""
    different: list[MeasuringDifference] = []
    kept_months = MeasuringCount.objects.values_list("month", flat=True).distinct()
    for month in sorted({*months, *kept_months}):
        rows = MeasuringCount.objects.filter(month=month)
        kept = {
            (desa, posyandu or 0, recorder or 0): counts
            for desa, posyandu, recorder, counts in rows.values_list("desa_id", "posyandu_id", "recorder_id", "counts")
        }
        fresh = count_month(desas, month)
        different += [
            MeasuringDifference(*key, f"{month:%Y-%m}", kept.get(key), fresh.get(key))
            for key in sorted(kept.keys() | fresh.keys())
            if kept.get(key) != fresh.get(key)
        ]
    return different
