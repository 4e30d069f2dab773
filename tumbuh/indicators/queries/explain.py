"""Why a figure is what it is: formula, counts, who was left out, which imports it came from."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db import connection

from tumbuh.accounts.api import whole_country
from tumbuh.engines.definitions.api import Text
from tumbuh.indicators.errors import RegionNotFound
from tumbuh.indicators.queries.definitions import get_definition
from tumbuh.indicators.queries.kept import Kept, read_versions
from tumbuh.indicators.queries.values import list_trend
from tumbuh.indicators.rules.definitions import Definition
from tumbuh.indicators.rules.formula import TABLE, build_exclusions, compile_sql
from tumbuh.indicators.rules.values import Value
from tumbuh.regions.api import get_span

CHILDREN = """
WITH {table} AS (
    SELECT * FROM records_child_month WHERE desa_id BETWEEN %(low)s AND %(high)s AND month = %(month)s
) {counts}
"""
CONTRIBUTIONS = """
SELECT b.id, b.kind, b.name, b.recorded_at, count(*)
FROM records_child_month c
JOIN records_measurement x ON x.person_id = c.person_id AND x.measured_on = c.measured_on
JOIN records_sourcebatch b ON b.id = x.batch_id
WHERE c.desa_id BETWEEN %(low)s AND %(high)s AND c.month = %(month)s
GROUP BY b.id, b.kind, b.name, b.recorded_at
ORDER BY b.recorded_at, b.id
"""


@dataclass(frozen=True)
class Excluded:
    """Registered children who are not in the denominator, by reason."""

    code: str
    text: Text
    children: int


@dataclass(frozen=True)
class Contribution:
    """A batch (import, form) whose measurements were read for the figure, with the children it measured."""

    batch_id: UUID
    kind: str
    name: str
    recorded_at: datetime
    children: int


@dataclass(frozen=True)
class Explanation:
    """Everything the Mengapa panel shows. `registered` = denominator + sum of `excluded`."""

    definition: Definition
    value: Value
    registered: int
    excluded: tuple[Excluded, ...]
    contributions: tuple[Contribution, ...]


@cache
def get_children_query(indicator: str) -> str:
    """Counts of the registered and of each exclusion, compiled once per process."""
    counts = compile_sql(build_exclusions(get_definition(indicator))).replace("%", "%%")
    return CHILDREN.format(table=TABLE, counts=counts)


Story = tuple[int, tuple[int, ...], tuple[Contribution, ...]]
_kept: Kept[tuple[str, str, date, bool], Story] = Kept(2000)


def explain(indicator: str, region: str, month: date, *, with_contributions: bool = True) -> Explanation:
    """The story of one figure, exact: not for the public. Raises IndicatorNotFound, RegionNotFound.

    Counts are kept while the month's cells stay the same: every write of records refreshes them.
    """
    definition, month = get_definition(indicator), month.replace(day=1)
    versions = read_versions([month])
    values = list_trend(indicator, region, month, month)
    if not values:
        raise RegionNotFound(f"Wilayah {region} tidak ada atau tidak aktif. Periksa kodenya.")
    key = (indicator, region, month, with_contributions)
    stories = _kept.fetch([key], lambda key: versions[month], lambda keys: {key: count_children(*key) for key in keys})
    registered, left_out, contributions = stories[key]
    excluded = tuple(
        Excluded(exclusion.code, exclusion.part.text, children)
        for exclusion, children in zip(definition.exclusions, left_out, strict=True)
    )
    return Explanation(definition, values[0], registered, excluded, contributions)


def count_children(indicator: str, region: str, month: date, with_contributions: bool) -> Story:
    """The registered, those of each exclusion and, if asked, of each batch; read from the children."""
    low, high = get_span(region)
    parameters = {"low": low, "high": high, "month": month}
    with whole_country("counts behind a figure"), connection.cursor() as cursor:
        cursor.execute(get_children_query(indicator), parameters)
        registered, *left_out = cursor.fetchone()
        if not with_contributions:
            return registered, tuple(left_out), ()
        cursor.execute(CONTRIBUTIONS, parameters)
        return registered, tuple(left_out), tuple(Contribution(*row) for row in cursor.fetchall())
