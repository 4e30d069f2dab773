"""What a roll-up is: a table of counts by region and month, made from the records at desa and from below elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RollUp:
    """`keys` tell the rows of a region and month apart; `arrays` of `length` are summed upwards.

    `write_desa_query` gives the rows of the desa %(regions)s and months %(months)s from the records, with region_id,
    month, keys and arrays as columns; `list_open_months` the months that count.
    `opens_late`: a month that begins to count is counted where something was written, elsewhere by the worker.
    """

    table: str
    keys: tuple[str, ...]
    arrays: tuple[str, ...]
    length: int
    write_desa_query: Callable[[], str]
    list_open_months: Callable[[], list[date]]
    opens_late: bool = False
